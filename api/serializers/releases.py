"""Releases in JSON: what each is, and its files."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.fields import ApiAddress, PageAddress, TrimmedSerializer
from directory.models import Release
from directory.models.choices import ReleasePart
from directory.releases.edition import edition_of

COUNT = {"type": "integer", "minimum": 0}
CHANGES = {"type": "object", "properties": dict.fromkeys(("added", "changed", "removed"), COUNT)}


class ReleaseFileSerializer(serializers.Serializer):
    """One file of a release."""

    name = serializers.CharField()
    url = PageAddress(help_text=_("Where it lies, for good; takes Range."))
    part = serializers.ChoiceField(ReleasePart.choices, help_text=_("What it is for."))
    description = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text=_("Bytes."))
    sha256 = serializers.CharField(help_text=_("SHA-256 of the file, in hexadecimal."))
    rows = serializers.IntegerField(
        allow_null=True, help_text=_("Number of records; null where it is no table.")
    )


class ReleaseSerializer(TrimmedSerializer):
    """A frozen, dated copy of all public data."""

    version = serializers.CharField(help_text=_("Permanent id: day and revision."))
    url = ApiAddress("release", "version")
    html_url = PageAddress()
    revision = serializers.IntegerField(help_text=_("Revision of the data that it holds."))
    made_on = serializers.DateField(help_text=_("Day of the data (UTC)."))
    build = serializers.CharField(help_text=_("Version of the code that made it."))
    before = serializers.SerializerMethodField(help_text=_("Version of the release before it."))
    citation = serializers.SerializerMethodField(help_text=_("How to cite it."))
    rows = serializers.SerializerMethodField(help_text=_("Number of records by table."))
    changes = serializers.SerializerMethodField(
        help_text=_("Records added, changed and removed since the release before, by table.")
    )
    files = ReleaseFileSerializer(many=True)

    def get_before(self, release: Release) -> str | None:
        """Return the version of the release before, or None for the first."""
        return release.before.version if release.before else None

    def get_citation(self, release: Release) -> str:
        """Return one line for a list of references."""
        return edition_of(release).citation

    @extend_schema_field({"type": "object", "additionalProperties": COUNT})
    def get_rows(self, release: Release) -> dict[str, int]:
        """Return the counts by table."""
        return release.rows

    @extend_schema_field({"type": "object", "additionalProperties": CHANGES})
    def get_changes(self, release: Release) -> dict[str, dict[str, int]]:
        """Return the counts by table."""
        return release.changes
