"""Mail that waits to be sent: written with what causes it, delivered later, each once.

A row is taken by one conditional UPDATE, so two processes never deliver the same one. Whoever takes
it has a lease: where the process dies over it, another one tries again when the lease is over.
"""

import datetime
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.accounts.clocks import CLOCKS_APART

LEASE = datetime.timedelta(minutes=10)
# After the first failure, the second and so on; then the mail is given up.
WAITS = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))
# Mails hold links that let in: what was sent is kept only as long as someone may ask about it.
KEPT = datetime.timedelta(days=30)


def _is_due(moment: datetime.datetime) -> models.Q:
    """Whatever need not wait any longer, or could only wait by a clock that was wrong."""
    untried = models.Q(attempts=0)
    too_far = models.Q(due_at__gt=moment + WAITS[-1] + CLOCKS_APART)
    return models.Q(due_at__lte=moment) | untried | too_far


class OutgoingMail(models.Model):
    """One mail to one person, as plain text in the language of that person."""

    # Part of the Message-ID: a mail that is delivered again after a crash is known as the same.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.EmailField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=12, default="en")
    unsubscribe = models.URLField(_("address to unsubscribe"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    due_at = models.DateTimeField(_("not to be tried before"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True)
    error = models.CharField(_("last error"), max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=models.Q(sent_at=None), name="mail_waiting"
            ),
            models.Index(
                fields=["sent_at"], condition=models.Q(sent_at__isnull=False), name="mail_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"mail {self.public_id}"

    @classmethod
    def waiting(cls, moment: datetime.datetime) -> models.QuerySet["OutgoingMail"]:
        """Return what may be tried at a moment, oldest first."""
        return cls.objects.filter(_is_due(moment), sent_at=None, attempts__lte=len(WAITS)).order_by(
            "due_at", "id"
        )

    def claim(self, moment: datetime.datetime) -> bool:
        """Take the mail for one attempt; false when another process has been quicker."""
        taken = OutgoingMail.objects.filter(
            _is_due(moment), pk=self.pk, sent_at=None, attempts=self.attempts
        ).update(attempts=self.attempts + 1, due_at=moment + LEASE)
        if taken:
            self.attempts += 1
        return bool(taken)

    def succeed(self, moment: datetime.datetime) -> None:
        """Note that the mail was delivered."""
        OutgoingMail.objects.filter(pk=self.pk).update(sent_at=moment, error="")

    def fail(self, moment: datetime.datetime, error: str) -> None:
        """Note why an attempt failed and when to try again; after the last one, never."""
        wait = WAITS[min(self.attempts, len(WAITS)) - 1]
        OutgoingMail.objects.filter(pk=self.pk).update(due_at=moment + wait, error=error[:500])
