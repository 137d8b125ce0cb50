"""Suggestions of the tests, each with one call."""

import uuid
from typing import Any

from directory.models import ReviewItem
from directory.registration import queue, review, submissions
from tests.directory.registration.people import make_editor, make_person

SOURCE = "https://example.org/minutes"
BERGEN = {"name": "Bergen", "country": "NO", "latitude": 60.39, "longitude": 5.32}
NETWORK = {
    "name": "Cities of the Sea",
    "kind": "association",
    "scope": "global",
    "members_are": "cities",
    "regions": ["World"],
    "focus_areas": ["climate"],
    "summary": "Cities by the sea.",
}


def suggest(actor=None, record="bergen-no", source=SOURCE, **values) -> ReviewItem:
    """Suggest a correction of a city."""
    made = submissions.correct(
        actor=actor,
        table="cities",
        record=record,
        values=values or {"website": "https://bergen.example/"},
        source=source,
        form_key=uuid.uuid4(),
    )
    return made.review


def propose_city(actor=None, **values) -> ReviewItem:
    """Propose a city."""
    return submissions.propose_city(
        actor=actor or make_person(), source=SOURCE, form_key=uuid.uuid4(), **values
    ).review


def propose_network(**values) -> ReviewItem:
    """Propose a network."""
    return submissions.propose_network(
        actor=make_person(), source=SOURCE, form_key=uuid.uuid4(), **values
    ).review


def approve(item: ReviewItem, **decision) -> Any:
    """Let an editor take and approve it."""
    editor = make_editor()
    return review.approve(actor=editor, item=queue.take(actor=editor, item=item), **decision)
