"""Releases of the data: which there are, and where their files lie."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view

from api.paging import NumberedPages
from api.resources import Resource
from api.serializers.releases import ReleaseSerializer
from directory.models import Release, ReleaseFile


@extend_schema_view(
    list=extend_schema(
        summary=_("List releases"),
        description=_(
            "Frozen, dated, checksummed copies of all public data, the newest first. They are "
            "kept and never made again: the same address gives the same bytes a year from now."
        ),
    ),
    retrieve=extend_schema(
        summary=_("One release"),
        description=_("A release by its version, with all its files and their SHA-256."),
    ),
)
class Releases(Resource):
    """Releases with their files."""

    address_name = "release"
    serializer_class = ReleaseSerializer
    pagination_class = NumberedPages
    lookup_field = "version"

    def get_queryset(self) -> QuerySet[Release]:
        """Return releases with what the answer shows beside their own columns."""
        releases = Release.objects.order_by("-revision")
        if self.wants("before", "citation"):
            releases = releases.select_related("before")
        if self.wants("files"):
            files = ReleaseFile.objects.select_related("release").order_by("position")
            releases = releases.prefetch_related(Prefetch("files", files))
        return releases

    def lookup(self, identifier: str) -> dict[str, Any]:
        """Return the condition on the release of that version."""
        # PostgreSQL knows no text with that character and would not even compare with it.
        return {"version__in": [] if "\0" in identifier else [identifier]}
