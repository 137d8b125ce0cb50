"""What is done once a day, of which ``manage.py tick`` takes care.

Each chore leaves nothing to do twice: whom it mailed and what it deleted stands in the database
in the same transaction. So a run may be killed, and two may meet. The table of chores only
spares a later run of the same UTC day the looking.
"""

import datetime
from collections.abc import Callable, Iterator
from typing import NamedTuple

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from directory.accounts.mail import KEPT, forget_sent
from directory.insights.likeness import renew_likeness
from directory.models import Chore
from directory.registration.expiry import expire_unused, warn_before_expiry
from directory.registration.idempotency import forget_idempotency_keys
from directory.registration.reminders import remind_offices
from directory.registration.retention import forget_evidence, forget_uploads


def end_sessions(*, now: datetime.datetime) -> int:
    """Delete sessions that are over, and the list of browsers that people see of them."""
    over = Session.objects.filter(expire_date__lt=now).delete()[0]
    present = Session.objects.values("session_key")
    return over + UserSession.objects.exclude(session_key__in=present).delete()[0]


def forget_mail(*, now: datetime.datetime) -> int:
    """Delete mails that were sent, or given up, a month ago."""
    return forget_sent(now - KEPT)


class Task(NamedTuple):
    """One chore: the name under which it is noted, and what does it and returns how many."""

    name: str
    work: Callable[..., int]


TASKS = (
    Task("remind offices", remind_offices),
    Task("warn of claims that end", warn_before_expiry),
    Task("end unused claims", expire_unused),
    Task("forget evidence", forget_evidence),
    Task("forget uploads", forget_uploads),
    Task("end sessions", end_sessions),
    Task("forget requests of programs", forget_idempotency_keys),
    Task("forget mail", forget_mail),
    Task("renew which cities are alike", renew_likeness),
)


class Outcome(NamedTuple):
    """What became of a chore: how many it was about, or why it has to be tried again."""

    name: str
    number: int
    problem: str = ""


def tick(*, now: datetime.datetime | None = None) -> Iterator[Outcome]:
    """Do what has not been done yet on this UTC day; one chore that fails holds up no other."""
    now = now or timezone.now()
    done = set(Chore.objects.filter(done_on=now.date()).values_list("name", flat=True))
    for name, work in TASKS:
        if name in done:
            continue
        try:
            number = work(now=now)
            Chore.objects.update_or_create(name=name, defaults={"done_on": now.date()})
        except Exception as error:  # noqa: BLE001 (whatever breaks one, the others are due)
            yield Outcome(name, 0, f"{type(error).__name__}: {error}")
        else:
            yield Outcome(name, number)
