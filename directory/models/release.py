"""Releases: frozen, dated copies of all public data, and the files that each consists of."""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models.change import LogRow
from directory.models.choices import ReleasePart
from directory.models.fields import KeyField, PlainTextField, bounded, filled, one_of


class Release(LogRow):
    """All public data as they were at a revision, kept as files; append-only.

    A row exists only once all files are where they are served from. ``revision`` is that of the
    data, so the change set that publishes the release has a later one. ``rows`` counts records by
    table, ``changes`` those added, changed and removed since ``before``.
    """

    id = models.BigAutoField(primary_key=True)
    version = KeyField(_("version"), max_length=40, unique=True)
    revision = models.PositiveBigIntegerField(_("revision"), unique=True)
    made_on = models.DateField(_("made on"))
    build = KeyField(_("build"), max_length=64)
    rows = models.JSONField(_("rows"), default=dict)
    changes = models.JSONField(_("changes"), default=dict)
    before = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="after"
    )

    class Meta:
        constraints = [
            *bounded("release", version=40, build=64),
            *filled("release", "version", "build"),
        ]

    def __str__(self) -> str:
        return self.version

    def get_absolute_url(self) -> str:
        return reverse("release", args=[self.version])


class ReleaseFile(LogRow):
    """One file of a release, as it was when the release was made.

    ``rows`` is NULL for a file that is no table. Both sums are over the bytes that are served.
    """

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = KeyField(_("file"), max_length=100)
    part = KeyField(max_length=20, choices=ReleasePart.choices)
    description = PlainTextField(_("description"), max_length=300)
    media_type = KeyField(_("media type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = KeyField("SHA-256", max_length=64)
    rows = models.PositiveBigIntegerField(_("rows"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "name"], name="release_file_once"),
            models.UniqueConstraint(fields=["release", "position"], name="release_file_position"),
            models.CheckConstraint(
                condition=Exact(Length("sha256"), 64), name="release_file_sha256_length"
            ),
            *bounded("release_file", name=100, description=300, media_type=100),
            *filled("release_file", "name", "media_type"),
            *one_of("release_file", part=ReleasePart),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("release-file", args=[self.release.version, self.name])

    @property
    def stored_as(self) -> str:
        """Its name in the storage of releases."""
        return f"{self.release.version}/{self.name}"
