"""``manage.py rebuild_search_index``: index every network and city anew."""

from typing import Any

from django.core.management.base import BaseCommand

from directory.search.index import rebuild


class Command(BaseCommand):
    """Build the search index anew, in one transaction."""

    help = (
        "Indexes every network and city anew. Needed only where check_integrity says so, or "
        "after an upgrade that indexes differently; every change of a record indexes it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild the index; readers see the old one until it is complete."""
        rebuild()
        if options["verbosity"]:
            self.stdout.write("The search index was built anew.")
