"""What a record said at an earlier revision, in JSON."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from directory.history import PastRecord


class PastRecordSerializer(serializers.Serializer):
    """What a record said at a revision: a row of the data package, and when it was written."""

    table = serializers.CharField(help_text=_("The table of the data package that it is a row of."))
    id = serializers.CharField(
        source="record", help_text=_("The id that the record had then; later ones lead to it too.")
    )
    revision = serializers.IntegerField(help_text=_("The revision that was asked for."))
    written_in = serializers.IntegerField(
        source="written.revision", help_text=_("The revision from which on it said this.")
    )
    written_at = serializers.DateTimeField(
        source="written.made_at", help_text=_("When that was (UTC).")
    )
    changed_in = serializers.IntegerField(
        source="changed.revision",
        default=None,
        allow_null=True,
        help_text=_("The revision that changed, renamed or removed it; `null` where none has."),
    )
    record = serializers.SerializerMethodField(
        help_text=_(
            "The row, by the columns of the data package: empty text, an empty list or `null` is "
            "not known. `fields` trims it to some columns."
        )
    )

    def __init__(self, *args: Any, only: frozenset[str] | None = None, **options: Any) -> None:
        self.only = only
        super().__init__(*args, **options)

    def get_record(self, past: PastRecord) -> dict[str, Any]:
        """Return the row, trimmed to the wanted columns."""
        if self.only is None:
            return past.row
        return {name: value for name, value in past.row.items() if name in self.only}
