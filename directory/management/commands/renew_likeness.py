"""``manage.py renew_likeness``: work out anew which cities are alike."""

from typing import Any

from django.core.management.base import BaseCommand

from directory.insights.likeness import rebuild


class Command(BaseCommand):
    """Work out the likest cities of every city anew, in one transaction."""

    help = (
        "Works out anew which cities are alike. Needed only where check_integrity says so; every "
        "change of memberships does it for the cities that it touches, and tick where a day does."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Store what follows from memberships; readers see the old until it is complete."""
        different = rebuild()
        if options["verbosity"]:
            self.stdout.write(f"Of {different:,} cities, others are stored than before.")
