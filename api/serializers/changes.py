"""Change sets in JSON, as mirrors read them: what each record said before and says after."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from api.addresses import api_address
from api.serializers.fields import KnownText
from directory.history import Part, package_row
from directory.models import Entry
from directory.models.choices import Origin
from directory.models.columns import Row
from directory.models.tables import TABLES


@extend_schema_field(
    {"type": "object", "additionalProperties": True, "nullable": True},
)
class PackageRow(serializers.Field):
    """A row of the data package, by column."""

    def __init__(self, moment: str, **options: Any) -> None:
        self.moment = moment
        super().__init__(source="*", read_only=True, **options)

    def to_representation(self, value: Entry) -> Row | None:
        """Return the row as JSON; None where there was none."""
        return package_row(value.table, getattr(value, self.moment))


class EntrySerializer(serializers.Serializer):
    """What a change set did to one record."""

    table = serializers.ChoiceField(
        list(TABLES), help_text=_("Table of the data package that holds the record.")
    )
    record = serializers.CharField(
        help_text=_("Id of the record within the table: the parts of its key, joined by “/”.")
    )
    action = serializers.ChoiceField(Entry.Action.choices)
    before = PackageRow("before", help_text=_("The row as it was; null where it was added."))
    after = PackageRow("after", help_text=_("The row as it is now; null where it was removed."))


class ChangeSetSerializer(serializers.Serializer):
    """All changes of one transaction, or as many as stand on the page."""

    revision = serializers.IntegerField(source="change_set.revision")
    url = serializers.SerializerMethodField(help_text=_("Address of this change set in the API."))
    made_at = serializers.DateTimeField(source="change_set.made_at")
    origin = serializers.ChoiceField(
        Origin.choices, source="change_set.origin", help_text=_("Where the change came from.")
    )
    office = KnownText(
        source="change_set.office", help_text=_("The city or network that the change speaks for.")
    )
    reason = serializers.CharField(source="change_set.reason")
    reverts = serializers.SerializerMethodField(
        help_text=_("Revision of the change set that this one took back.")
    )
    count = serializers.IntegerField(help_text=_("How many entries it has in all."))
    complete = serializers.BooleanField(
        source="is_complete",
        help_text=_("Whether the last of them is here. Else the next page begins with the rest."),
    )
    entries = EntrySerializer(many=True, help_text=_("In the order of table and record."))

    def get_url(self, part: Part) -> str:
        """Return the address of the change set."""
        return api_address("change-set", str(part.change_set.revision))

    @extend_schema_field({"type": "integer", "nullable": True})
    def get_reverts(self, part: Part) -> int | None:
        """Return the revision that was taken back, or None."""
        return part.change_set.reverts and part.change_set.reverts.revision


@extend_schema_field(OpenApiTypes.URI)
class NextAddress(serializers.CharField):
    """The address at which to go on reading."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Address of what follows; null at the end."))
        super().__init__(allow_null=True, **options)


class OneChangeSetSerializer(ChangeSetSerializer):
    """One change set, and where it goes on."""

    next = NextAddress()


@extend_schema_serializer(many=False)
class ChangesSerializer(serializers.Serializer):
    """Change sets after a revision, in order."""

    revision = serializers.IntegerField(help_text=_("The newest revision that there is."))
    next = NextAddress()
    results = ChangeSetSerializer(many=True)
