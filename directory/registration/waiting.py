"""How much waits and for how long, for whoever runs the site: numbers alone, nobody's name."""

import datetime
from typing import NamedTuple

from django.db.models import Count, Min, Q
from django.utils import timezone

from directory.accounts.outbox import WAITS, OutgoingMail
from directory.models import Release, ReviewItem
from directory.models.review import OPEN_REVIEW_STATES, ReviewKind, ReviewState


class Queue(NamedTuple):
    """How many of a kind wait, and for how many seconds the oldest has."""

    number: int
    oldest: float


class Mails(NamedTuple):
    """Mails that wait, those among them that failed at least once, and those given up."""

    waiting: Queue
    failing: int
    given_up: int


def editors_queues() -> dict[str, Queue]:
    """Return what waits for an editor, by kind; one query."""
    rows = (
        ReviewItem.objects.filter(state__in=OPEN_REVIEW_STATES)
        .exclude(state=ReviewState.ASKED_BACK)
        .exclude(kind=ReviewKind.DISPUTE, membership=None)
        .values_list("kind")
        .annotate(Count("pk"), Min("made_at"))
    )
    found = {kind: Queue(number, _seconds_since(oldest)) for kind, number, oldest in rows}
    return {str(kind.value): found.get(kind.value, Queue(0, 0.0)) for kind in ReviewKind}


def mails() -> Mails:
    """Return what lies in the outbox; one query."""
    is_given_up = Q(attempts__gt=len(WAITS))
    found = OutgoingMail.objects.filter(sent_at=None).aggregate(
        waiting=Count("pk", filter=~is_given_up),
        failing=Count("pk", filter=Q(attempts__gt=0) & ~is_given_up & ~Q(error="")),
        given_up=Count("pk", filter=is_given_up),
        oldest=Min("created_at", filter=~is_given_up),
    )
    waiting = Queue(found["waiting"], _seconds_since(found["oldest"]))
    return Mails(waiting, found["failing"], found["given_up"])


def age_of_newest_release() -> float | None:
    """Return in seconds how long ago the newest release was made, by its day; None without one."""
    day = Release.objects.order_by("-pk").values_list("made_on", flat=True).first()
    return None if day is None else max(0.0, (timezone.now().date() - day).total_seconds())


def _seconds_since(moment: datetime.datetime | None) -> float:
    return max(0.0, (timezone.now() - moment).total_seconds()) if moment else 0.0
