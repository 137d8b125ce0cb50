"""Requests that programs may send again: carried out once, answered the same each time.

After draft-ietf-httpapi-idempotency-key-header. A key is held before the effect and gets the
answer after it. Should the process die in between, the key is free again after ``LONGEST_REQUEST``;
carrying the request out anew does no harm, because each rule notices what was said before, or
effect and answer are one transaction.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import AccessToken, IdempotencyKey
from directory.registration.problems import NotPossible

KEPT_FOR = datetime.timedelta(hours=24)
LONGEST_REQUEST = datetime.timedelta(minutes=10)


@dataclass(frozen=True)
class Answer:
    """What a request was answered with."""

    status: int
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True)
class Held:
    """A key that is held while its request is carried out."""

    pk: int
    since: datetime.datetime

    def finish(self, answer: Answer) -> None:
        """Keep the answer for whoever sends the request again."""
        self._own().update(status=answer.status, headers=dict(answer.headers), body=answer.body)

    def release(self) -> None:
        """Give the key free: the request was refused, so that it may be corrected."""
        self._own().delete()

    def _own(self) -> QuerySet[IdempotencyKey]:
        return IdempotencyKey.objects.filter(pk=self.pk, begun_at=self.since, status=None)


def begin(*, token: AccessToken, key: str, fingerprint: str) -> Held | Answer:
    """Hold the key for a request, or return how the same request was answered before.

    Raises ``NotPossible``: ``key_reused`` where the key was sent with another request,
    ``in_progress`` while the first one is still being carried out.
    """
    now = timezone.now()
    known = IdempotencyKey.objects.filter(token=token, key=key)
    known.filter(begun_at__lte=now - KEPT_FOR).delete()
    try:
        with transaction.atomic():
            made = IdempotencyKey.objects.create(
                token=token, key=key, fingerprint=fingerprint, begun_at=now
            )
        return Held(made.pk, now)
    except IntegrityError:
        found = known.first()
    if found is not None and found.fingerprint != fingerprint:
        raise NotPossible(
            _("This Idempotency-Key was sent with another request. Make a new key for this one."),
            code="key_reused",
        )
    if found is not None and found.status is not None:
        return Answer(found.status, found.headers, found.body)
    if found is not None and known.filter(
        pk=found.pk, status=None, begun_at__lt=now - LONGEST_REQUEST
    ).update(begun_at=now):
        return Held(found.pk, now)
    raise NotPossible(
        _("The same request is being carried out. Send it again in a moment."), code="in_progress"
    )


def forget_idempotency_keys(*, now: datetime.datetime | None = None) -> int:
    """Delete keys that are older than a day; return how many. For ``manage.py tick``."""
    now = now or timezone.now()
    return IdempotencyKey.objects.filter(begun_at__lte=now - KEPT_FOR).delete()[0]
