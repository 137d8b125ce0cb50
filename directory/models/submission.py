"""Submissions: changes that someone proposes, with a source, and that wait for an editor."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.fields import KeyField, PlainTextField, bounded, one_of


class SubmissionKind(models.TextChoices):
    """What a submission proposes."""

    CORRECTION = "correction", _("correction")
    NEW_CITY = "new city", _("new city")
    NEW_NETWORK = "new network", _("new network")
    NEW_MEMBERSHIP = "new membership", _("new membership")
    NOTE = "note", _("note to the editors")


class Submission(models.Model):
    """A proposed change of public data. Never public itself.

    ``proposed`` holds values by column of the data package's ``table``; ``before`` what the
    record said in these columns when it was proposed (empty for a new record).
    """

    kind = KeyField(_("kind"), max_length=20, choices=SubmissionKind.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="submissions"
    )
    table = KeyField(max_length=20)
    record = KeyField(max_length=120, blank=True)
    proposed = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    source = models.URLField(_("source"), max_length=500)
    comment = PlainTextField(_("note to the editor"), max_length=1000, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    # What the form sent along: the same form sent twice is one submission.
    form_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            *bounded("submission", source=500, comment=1000),
            *one_of("submission", kind=SubmissionKind),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.kind} {self.record}".rstrip()
