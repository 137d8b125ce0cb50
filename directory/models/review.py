"""The editors' queue: whatever waits for a decision, who has taken it, and what was decided."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.claim import Claim
from directory.models.fields import KeyField, PlainTextField, bounded, one_of
from directory.models.membership import Membership
from directory.models.submission import Submission


class ReviewKind(models.TextChoices):
    """What is to be decided."""

    CLAIM = "claim", _("claim")
    SUBMISSION = "submission", _("submission")
    DISPUTE = "dispute", _("dispute")


class ReviewState(models.TextChoices):
    """How far an item has come; ``directory.registration.review`` says what follows on what."""

    WAITING = "waiting", _("waiting")
    TAKEN = "taken", _("taken by an editor")
    ASKED_BACK = "asked back", _("waiting for an answer")
    APPROVED = "approved", _("approved")
    CHANGED = "approved with changes", _("approved with changes")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN_REVIEW_STATES = (ReviewState.WAITING, ReviewState.TAKEN, ReviewState.ASKED_BACK)


class ReviewItem(models.Model):
    """One thing that an editor decides.

    ``reason``, ``question`` and ``answer`` are read by the person who asked; ``note`` is for
    editors alone and is never shown or mailed to anyone else.
    """

    kind = KeyField(max_length=20, choices=ReviewKind.choices)
    claim = models.OneToOneField(
        Claim, models.CASCADE, null=True, blank=True, related_name="review"
    )
    submission = models.OneToOneField(
        Submission, models.CASCADE, null=True, blank=True, related_name="review"
    )
    # NULL for other kinds, and once a disputed membership was removed.
    membership = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="reviews"
    )
    state = KeyField(max_length=30, choices=ReviewState.choices, default=ReviewState.WAITING)
    made_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_until = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = PlainTextField(_("reason"), max_length=500, blank=True)
    question = PlainTextField(_("question"), max_length=1000, blank=True)
    answer = PlainTextField(_("answer"), max_length=1000, blank=True)
    note = PlainTextField(_("internal note"), max_length=1000, blank=True)

    class Meta:
        constraints = [
            *bounded("review", reason=500, question=1000, answer=1000, note=1000),
            *one_of("review", kind=ReviewKind, state=ReviewState),
            models.CheckConstraint(
                condition=models.Q(kind="claim", claim__isnull=False, submission=None)
                | models.Q(kind="submission", submission__isnull=False, claim=None)
                | models.Q(kind="dispute", claim=None, submission=None),
                name="review_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(state="taken", taken_until__isnull=False)
                | (~models.Q(state="taken") & models.Q(taken_until=None)),
                name="review_taken_for_a_time",
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=models.Q(kind="dispute", state__in=OPEN_REVIEW_STATES),
                name="review_one_open_dispute",
            ),
        ]
        indexes = [models.Index(fields=["state", "made_at", "id"], name="review_oldest_first")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.kind}, {self.state}"
