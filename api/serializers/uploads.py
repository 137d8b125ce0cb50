"""Lists that programs hand in, and what would become of each row."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from api.addresses import api_address
from api.serializers.fields import KnownAddress
from api.serializers.writing import EvidenceSerializer, WrittenBoolean, WrittenText, reason_field
from directory.models import Upload, UploadRow
from directory.models.upload import UploadState, Verdict

CELL = {"type": "string", "nullable": True, "description": "Text, a number, true, false or null."}


@extend_schema_field(
    {"type": "array", "items": {"type": "object", "additionalProperties": CELL}, "minItems": 1}
)
class WrittenRows(serializers.Field):
    """Rows as objects: names of columns and plain values."""

    default_error_messages = {
        "not_rows": _("Send a list of objects, one for each row."),
        "not_plain": _("Row %(row)d: “%(name)s” is neither text nor number, true, false or null."),
    }

    def to_internal_value(self, data: Any) -> list[dict[str, Any]]:
        """Return the rows; raises ValidationError for anything nested."""
        if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
            self.fail("not_rows")
        for number, row in enumerate(data, start=1):
            for name, value in row.items():
                if isinstance(value, list | dict):
                    message = self.error_messages["not_plain"]
                    raise serializers.ValidationError(message % {"row": number, "name": name[:50]})
        return data


class NewUploadSerializer(EvidenceSerializer):
    """A list of memberships to be looked through."""

    rows = WrittenRows(
        help_text=_(
            "One object for each membership: `network` (or `city`, with `country`, for a network's "
            "list) by name or id; `role`, `founder`, `joined`, `left`, `ended`, `source`, "
            "`source_year` as far as known."
        )
    )
    complete = WrittenBoolean(
        required=False,
        help_text=_("The list is complete: what it does not name is shown as missing from it."),
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        """Return the fields, the rows first."""
        fields = super().get_fields()
        return {name: fields.pop(name) for name in ("rows", "complete")} | fields


class RowChoiceSerializer(serializers.Serializer):
    """What is chosen for one row; nothing takes an earlier choice back."""

    city = WrittenText(help_text=_("Slug of the city that is meant, in a network's list."))
    network = WrittenText(help_text=_("Slug of the network that is meant, in a city's list."))
    name = WrittenText(help_text=_("Another name to look for."))
    skip = WrittenBoolean(required=False, help_text=_("Leave the row out."))
    end = WrittenBoolean(
        required=False,
        help_text=_("For a membership that is missing from the list: `false` leaves it alone."),
    )


class UploadConfirmationSerializer(serializers.Serializer):
    """That what the list says is to be published."""

    without_unusable = WrittenBoolean(
        required=False, help_text=_("Leave out the rows that cannot be used.")
    )
    ends_missing = WrittenBoolean(
        required=False,
        help_text=_("End what a complete list does not name. Needs a `reason`."),
    )
    left = WrittenText(help_text=_("Their last day; empty where not known."))
    reason = reason_field()


class CandidateSerializer(serializers.Serializer):
    """A city or a network that a row may mean."""

    id = serializers.CharField(help_text=_("Slug."))
    score = serializers.FloatField(help_text=_("How well the name fits, at most 1."))


class UploadRowSerializer(serializers.Serializer):
    """One row of a list, and what would become of it."""

    number = serializers.IntegerField(help_text=_("The first row is 2, as below a header."))
    verdict = serializers.ChoiceField(Verdict.choices)
    record = serializers.SerializerMethodField(
        help_text=_("Slug of the city or network that was found; `null` where none was.")
    )
    score = serializers.FloatField(help_text=_("How well the name fits, at most 1."))
    candidates = serializers.SerializerMethodField(help_text=_("What there is to choose from."))
    membership = serializers.SerializerMethodField(
        help_text=_("Id of the membership that is there; `null` where none is.")
    )
    difference = serializers.DictField(help_text=_("What would change, by column."))
    errors = serializers.DictField(help_text=_("What is wrong, by column."))

    def get_record(self, row: UploadRow) -> str | None:
        """Return the public id of what was found."""
        return row.record or None

    @extend_schema_field(CandidateSerializer(many=True))
    def get_candidates(self, row: UploadRow) -> list[dict[str, Any]]:
        """Return what there is to choose from, the best first."""
        return [{"id": each[0], "score": each[1]} for each in row.candidates]

    def get_membership(self, row: UploadRow) -> str | None:
        """Return the public id of the membership."""
        return None if row.membership is None else f"m{row.membership:05d}"


class ListedUploadSerializer(serializers.Serializer):
    """A list that was handed in, private to who did, without its rows."""

    id = serializers.UUIDField(source="key")
    url = serializers.SerializerMethodField(help_text=_("Its address in the API."))
    state = serializers.ChoiceField(UploadState.choices)
    complete = serializers.BooleanField(source="is_complete")
    source = KnownAddress()
    source_year = serializers.IntegerField(allow_null=True)
    made = serializers.DateTimeField(source="made_at")
    notes = serializers.ListField(
        child=serializers.CharField(), help_text=_("What was taken for what, and what was ignored.")
    )
    revision = serializers.IntegerField(
        source="confirmed_revision",
        allow_null=True,
        help_text=_("The change that it became; `null` before, and where nothing changed."),
    )

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, upload: Upload) -> str:
        """Return the absolute address."""
        return f"{api_address('uploads')}{upload.key}/"


class UploadSerializer(ListedUploadSerializer):
    """A list that was handed in, with what would become of its rows or became of them."""

    counts = serializers.SerializerMethodField(help_text=_("Rows by verdict."))

    def get_counts(self, upload: Upload) -> dict[str, int]:
        """Return how many rows have each verdict."""
        return self.context["counts"]


@extend_schema_serializer(many=False)
class UploadsPageSerializer(serializers.Serializer):
    """A page of the lists that a person handed in for an office."""

    count = serializers.IntegerField(help_text=_("Lists on all pages together."))
    next = serializers.URLField(allow_null=True, help_text=_("Address of the next page."))
    previous = serializers.URLField(allow_null=True, help_text=_("Address of the page before."))
    results = ListedUploadSerializer(many=True)


class UploadPageSerializer(UploadSerializer):
    """A list that was handed in, with a page of its rows."""

    count = serializers.IntegerField(help_text=_("Rows on all pages together."))
    next = serializers.URLField(allow_null=True, help_text=_("Address of the next page."))
    previous = serializers.URLField(allow_null=True, help_text=_("Address of the page before."))
    results = UploadRowSerializer(many=True)
