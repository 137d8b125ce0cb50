"""Uploads: tables of memberships that a city or a network hands in, and what became of each row.

Never public. The preview is stored, so a closed browser loses nothing.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.choices import Origin
from directory.models.city import City
from directory.models.claim import of_one_office
from directory.models.fields import KeyField, PlainTextField, bounded, one_of, plausible_year
from directory.models.network import Network


class UploadState(models.TextChoices):
    """How far an upload has come."""

    PREVIEWED = "previewed", _("waiting for you")
    CONFIRMED = "confirmed", _("published")
    DISCARDED = "discarded", _("discarded")


class Verdict(models.TextChoices):
    """What would become of a row."""

    ERROR = "error", _("with errors")
    AMBIGUOUS = "ambiguous", _("to choose")
    UNKNOWN = "unknown", _("not found")
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("already there")
    GONE = "gone", _("missing from the file")
    REPEATED = "repeated", _("repeated")
    SKIPPED = "skipped", _("left out by you")


class Upload(models.Model):
    """One table that a person handed in for an office.

    ``columns`` says at which place of a row each recognised column stands, ``notes`` what was
    taken for what. ``revision`` is that of the public data with which the rows were compared.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="uploads"
    )
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="uploads")
    network = models.ForeignKey(
        Network, models.PROTECT, null=True, blank=True, related_name="uploads"
    )
    origin = KeyField(max_length=20, choices=Origin.choices)
    file_name = PlainTextField(_("file"), max_length=200, blank=True)
    is_workbook = models.BooleanField(default=False)
    delimiter = KeyField(max_length=1, default=",")
    header = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    is_complete = models.BooleanField(_("complete list"), default=False)
    source = models.URLField(_("source"), max_length=500, blank=True)
    source_year = models.PositiveSmallIntegerField(_("year of the source"), null=True, blank=True)
    state = KeyField(max_length=20, choices=UploadState.choices, default=UploadState.PREVIEWED)
    revision = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    # The change set that it became; NULL where nothing had to be changed.
    confirmed_revision = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            of_one_office("upload"),
            *bounded("upload", file_name=200, source=500),
            *one_of("upload", state=UploadState, origin=Origin),
            *plausible_year("upload", "source_year"),
            models.CheckConstraint(
                condition=models.Q(state="previewed", decided_at=None)
                | (~models.Q(state="previewed") & models.Q(decided_at__isnull=False)),
                name="upload_decided_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="upload_by_person")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"

    @property
    def office(self) -> City | Network:
        """The city or network that it speaks for."""
        office = self.city or self.network
        if office is None:
            raise ValueError(f"upload {self.pk} is for no office")
        return office


class UploadRow(models.Model):
    """One row of an upload, or one open membership that a complete list does not hold.

    ``number`` is that of the file, whose header is row 1. ``record`` is the public id of the
    network (in a city's upload) or city (in a network's) that the row speaks of; ``chosen`` is
    what the person chose over what was found, ``candidates`` what there is to choose from, as
    pairs of public id and score.
    """

    SKIP = "-"
    END, LEAVE = "end", "leave"

    id = models.BigAutoField(primary_key=True)
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    verdict = KeyField(max_length=20, choices=Verdict.choices)
    record = KeyField(max_length=80, blank=True)
    score = models.FloatField(default=0)
    candidates = models.JSONField(default=list)
    chosen = KeyField(max_length=80, blank=True)
    typed = PlainTextField(max_length=200, blank=True)
    # Not a foreign key: a membership may be taken back while a preview names it.
    membership = models.BigIntegerField(null=True, blank=True)
    values = models.JSONField(default=dict)
    difference = models.JSONField(default=dict)
    errors = models.JSONField(default=dict)

    class Meta:
        constraints = [
            *bounded("upload_row", record=80, chosen=80, typed=200),
            *one_of("upload_row", verdict=Verdict),
            models.UniqueConstraint(fields=["upload", "number"], name="upload_row_once"),
        ]
        indexes = [
            models.Index(fields=["upload", "verdict", "number"], name="upload_row_by_verdict")
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}/{self.number}: {self.verdict}"
