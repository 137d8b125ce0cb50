"""What was only needed to decide is forgotten a year after the decision."""

import datetime
import uuid

import pytest
from django.utils import timezone

from directory.models import Claim, ReviewItem, Submission
from directory.registration import claims, queue, retention, review, submissions
from tests.directory.registration.people import (
    granted_claim,
    make_editor,
    make_person,
    newest_token,
)
from tests.factories import make_city

pytestmark = pytest.mark.django_db

YEAR_LATER = timezone.now() + datetime.timedelta(days=366)


@pytest.fixture
def decided():
    """A claim that was granted and a suggestion that was refused, each with notes."""
    person, editor, city = make_person(), make_editor(), make_city("bergen-no")
    claims.request_claim(
        actor=person,
        office=city,
        role="Adviser",
        work_address="kari@bergen.kommune.no",
        evidence="Call 555",
    )
    claim = claims.open_link(actor=person, token=newest_token())
    queue.take(actor=editor, item=claim.review)
    claims.grant(actor=editor, claim=claim, note="Called")
    suggestion = submissions.correct(
        actor=person,
        table="cities",
        record="bergen-no",
        values={"population": 1},
        source="https://example.org/",
        comment="From my cousin",
        form_key=uuid.uuid4(),
    )
    queue.take(actor=editor, item=suggestion.review)
    review.refuse(actor=editor, item=suggestion.review, reason="Not there", note="Odd")


def test_evidence_and_notes_are_forgotten_and_decisions_are_not(decided):
    assert retention.forget_evidence(now=YEAR_LATER) == 4
    assert retention.forget_evidence(now=YEAR_LATER) == 0
    claim = Claim.objects.get()
    assert (claim.state, claim.evidence, claim.note) == ("granted", "", "")
    assert Submission.objects.get().comment == ""
    items = ReviewItem.objects.order_by("pk")
    assert [(item.state, item.note) for item in items] == [("approved", ""), ("refused", "")]
    assert items[1].reason == "Not there"


def test_nothing_is_forgotten_before(decided):
    assert retention.forget_evidence() == 0
    assert Claim.objects.get().evidence == "Call 555"


def test_what_is_not_decided_is_not_forgotten(decided):
    ReviewItem.objects.update(decided_at=None, state="waiting")
    assert retention.forget_evidence(now=YEAR_LATER) == 0


def test_evidence_of_claims_that_no_editor_saw_is_forgotten_too():
    city = make_city("bergen-no")
    granted_claim(make_person(), city, "kari@bergen.kommune.no", verify_domain=True)
    for address, is_opened in (("ola", True), ("per", False)):
        person = make_person()
        claim = claims.request_claim(
            actor=person,
            office=city,
            role="Adviser",
            work_address=f"{address}@bergen.kommune.no",
            evidence="Call 555",
        )
        if is_opened:
            claims.open_link(actor=person, token=newest_token())
    assert retention.forget_evidence() == 0
    assert retention.forget_evidence(now=YEAR_LATER) == 1
    claims.withdraw(actor=person, claim=claim)
    assert retention.forget_evidence(now=YEAR_LATER) == 1
    assert not Claim.objects.exclude(evidence="").exists()
