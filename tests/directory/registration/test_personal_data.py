"""What registration keeps about a person is theirs to read and goes with their account."""

import uuid

import pytest
from django.core import serializers

from directory.accounts import personal_data
from directory.accounts.outbox import OutgoingMail
from directory.models import Claim, ReviewItem, Statement, Submission
from directory.registration import memberships, queue, review, submissions
from directory.registration.permissions import Action, may
from tests.directory.registration.people import (
    granted_claim,
    make_editor,
    make_person,
    request,
    verified_claim,
)
from tests.factories import make_city, make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari():
    """Acts for Bergen, wants to act for Oslo, and has suggested something."""
    person, bergen = make_person("kari.nordmann@example.org"), make_city("bergen-no")
    granted_claim(person, bergen, "kari.nordmann@bergen.kommune.no", verify_domain=True)
    verified_claim(person, make_city("oslo-no"), "kari.nordmann@oslo.kommune.no")
    memberships.add_membership(actor=person, office=bergen, city=bergen, network=make_network())
    submissions.correct(
        actor=person,
        table="cities",
        record="oslo-no",
        values={"population": 5},
        source="https://example.org/",
        comment="Yours, Kari Nordmann",
        form_key=uuid.uuid4(),
    )
    return person


def test_claims_and_suggestions_are_in_the_download(kari):
    said = personal_data.all_about(kari)
    assert [claim["for"] for claim in said["claims"]] == ["City of Bergen", "City of Oslo"]
    assert said["suggestions"][0]["comment"] == "Yours, Kari Nordmann"
    assert "link_key" not in str(said)


def test_an_erased_account_leaves_the_word_of_the_office_and_nothing_of_the_person(kari):
    personal_data.erase(kari)
    rows = [*Claim.objects.all(), *Submission.objects.all(), *ReviewItem.objects.all()]
    text = serializers.serialize("json", rows).lower()
    assert "kari" not in text
    assert "nordmann" not in text
    assert {claim.state for claim in Claim.objects.all()} == {"withdrawn"}
    assert Statement.objects.get().voice == "city"
    kari.refresh_from_db()
    assert not may(kari, Action.SPEAK_FOR, Statement.objects.get().membership.city).allowed


def test_what_an_erased_person_suggested_still_waits_and_their_claim_does_not(kari):
    personal_data.erase(kari)
    (item,) = queue.open_items(make_editor())
    assert item.kind == "submission"


def test_a_question_to_an_erased_person_keeps_nothing_from_being_decided(kari):
    editor, item = make_editor(), Submission.objects.get().review
    queue.take(actor=editor, item=item)
    queue.ask_back(actor=editor, item=item, question="Which page?")
    personal_data.erase(kari)
    review.refuse(actor=editor, item=queue.take(actor=editor, item=item), reason="Not there")


def test_what_was_refused_to_an_erased_person_keeps_no_words_written_to_them(kari):
    editor, item = make_editor(), Submission.objects.get().review
    queue.take(actor=editor, item=item)
    review.refuse(actor=editor, item=item, reason="Dear Kari, that is another Oslo")
    personal_data.erase(kari)
    item.refresh_from_db()
    assert (item.state, item.reason) == ("refused", "")


def test_mails_to_a_work_address_go_only_once_it_was_shown_to_be_the_person_s(kari):
    request(kari, make_city("narvik-no"), "somebody.else@narvik.kommune.no")
    for to in ("kari.nordmann@oslo.kommune.no", "somebody.else@narvik.kommune.no"):
        OutgoingMail.objects.create(to=to, subject="Reset your password", body="A link")
    personal_data.erase(kari)
    assert OutgoingMail.objects.get().to == "somebody.else@narvik.kommune.no"
