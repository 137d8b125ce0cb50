"""How a person comes to act for a city or a network, and ceases to."""

import datetime

import pytest
from django.core import mail, signing
from django.utils import timezone

from directory.models import Claim, ReviewItem, VerifiedDomain
from directory.models.claim import ClaimState
from directory.registration import claim_links, claim_states, claims, expiry, handing_on
from directory.registration.permissions import Action, may
from directory.registration.problems import Invalid, NotAllowed, NotPossible
from directory.registration.transitions import check
from tests.directory.registration.people import (
    granted_claim,
    make_editor,
    make_person,
    newest_token,
    request,
    taken,
    verified_claim,
)
from tests.factories import make_city, make_network

pytestmark = pytest.mark.django_db


def test_a_claim_mails_a_link_to_the_work_address():
    request(make_person(), make_city("bergen-no"))
    assert mail.outbox[0].to == ["kari@bergen.kommune.no"]
    assert mail.outbox[0].subject == "Confirm your work address for City of Bergen"
    assert "/account/claims/open/" in mail.outbox[0].body


def test_the_first_claim_waits_for_an_editor_though_its_link_was_opened():
    claim = verified_claim(make_person(), make_city())
    assert claim.state == ClaimState.VERIFIED
    assert ReviewItem.objects.get().claim == claim


def test_a_granted_claim_lets_its_person_speak():
    person, city = make_person(), make_city()
    assert not may(person, Action.SPEAK_FOR, city).allowed
    granted_claim(person, city)
    assert may(person, Action.SPEAK_FOR, city).allowed
    assert mail.outbox[-1].to == [person.email]


def test_a_later_claim_from_a_verified_domain_is_granted_by_the_link():
    city = make_city()
    granted_claim(make_person(), city, verify_domain=True)
    assert verified_claim(make_person(), city, "ola@bergen.kommune.no").state == "granted"


@pytest.mark.parametrize(
    "address",
    ["ola@evil-bergen.kommune.no", "ola@sub.bergen.kommune.no", "ola@bergen.kommune.no.evil.com"],
)
def test_only_the_exact_domain_vouches(address):
    city = make_city()
    granted_claim(make_person(), city, verify_domain=True)
    assert verified_claim(make_person(), city, address).state == ClaimState.VERIFIED


def test_a_domain_vouches_for_its_own_city_alone():
    granted_claim(make_person(), make_city(), verify_domain=True)
    assert verified_claim(make_person(), make_city()).state == ClaimState.VERIFIED


def test_a_domain_of_two_cities_vouches_for_neither():
    bergen, oslo = make_city(), make_city()
    granted_claim(make_person(), bergen, verify_domain=True)
    granted_claim(make_person(), oslo)
    assert verified_claim(make_person(), bergen).state == ClaimState.VERIFIED
    assert verified_claim(make_person(), oslo).state == ClaimState.VERIFIED


def test_a_network_in_a_city_hall_leaves_the_domain_to_the_city():
    city, network = make_city(), make_network()
    granted_claim(make_person(), city, verify_domain=True)
    granted_claim(make_person(), network)
    assert verified_claim(make_person(), city).state == ClaimState.GRANTED
    assert verified_claim(make_person(), network).state == ClaimState.VERIFIED


@pytest.mark.parametrize(
    "domain",
    ["gmail.com", "kommune.no", "co.uk", "github.io", "bergen.onmicrosoft.com", "xn--55qx5d.cn"],
)
def test_a_domain_that_many_share_is_never_verified(domain):
    claim, editor = verified_claim(make_person(), make_city(), f"kari@{domain}"), make_editor()
    taken(editor, claim.review)
    with pytest.raises(NotPossible):
        claims.grant(actor=editor, claim=claim, verify_domain=True)
    assert not VerifiedDomain.objects.exists()
    assert Claim.objects.get().state == ClaimState.VERIFIED
    assert ReviewItem.objects.get().state == "taken"


def test_a_link_is_good_once():
    person = make_person()
    request(person, make_city())
    token = newest_token()
    claims.open_link(actor=person, token=token)
    with pytest.raises(NotPossible, match="good no more"):
        claims.open_link(actor=person, token=token)


def test_a_link_is_good_for_the_person_who_asked_alone():
    request(make_person(), make_city())
    with pytest.raises(NotAllowed):
        claims.open_link(actor=make_person(), token=newest_token())
    assert Claim.objects.get().state == ClaimState.REQUESTED


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "of another salt"])
def test_a_forged_link_is_refused(token):
    if token == "of another salt":
        token = signing.dumps({"claim": 1, "key": "", "purpose": "open"}, salt="other")
    with pytest.raises(NotPossible, match="good no more"):
        claims.open_link(actor=make_person(), token=token)


def test_a_link_is_good_for_a_week(monkeypatch):
    person = make_person()
    request(person, make_city())
    monkeypatch.setattr(claim_links, "GOOD_FOR", datetime.timedelta(seconds=-1))
    with pytest.raises(NotPossible):
        claims.open_link(actor=person, token=newest_token())


def test_a_new_link_ends_the_earlier_one():
    person = make_person()
    claim = request(person, make_city())
    earlier = newest_token()
    with pytest.raises(NotPossible, match="five minutes"):
        claims.send_link_again(actor=person, claim=claim)
    Claim.objects.update(link_sent_at=timezone.now() - datetime.timedelta(minutes=6))
    claims.send_link_again(actor=person, claim=claim)
    with pytest.raises(NotPossible):
        claims.open_link(actor=person, token=earlier)
    assert claims.open_link(actor=person, token=newest_token()).state == ClaimState.VERIFIED


def test_nobody_can_have_links_mailed_to_others_without_end():
    person, city = make_person(), make_city()
    for _ in range(20):
        claims.withdraw(actor=person, claim=request(person, city, "mayor@oslo.kommune.no"))
    mailed = len(mail.outbox)
    with pytest.raises(NotPossible, match="tomorrow"):
        request(person, city, "mayor@oslo.kommune.no")
    assert (len(mail.outbox), Claim.objects.count()) == (mailed, 20)
    request(make_person(), city, "mayor@oslo.kommune.no")


def test_a_second_claim_for_the_same_city_names_the_first():
    person, city = make_person(), make_city()
    claim = request(person, city)
    with pytest.raises(NotPossible) as refusal:
        request(person, city)
    assert refusal.value.existing == claim
    assert len(mail.outbox) == 1


def test_several_people_act_for_one_city():
    city, people = make_city(), [make_person(), make_person()]
    for number, person in enumerate(people):
        granted_claim(person, city, f"p{number}@bergen.kommune.no")
    assert all(may(person, Action.SPEAK_FOR, city).allowed for person in people)


def test_nobody_fills_mailboxes_with_links():
    person = make_person()
    for _ in range(claims.MOST_UNOPENED):
        request(person, make_city())
    with pytest.raises(NotPossible) as refusal:
        request(person, make_city())
    assert refusal.value.code == "too_many"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", ""),
        ("role", "x" * 101),
        ("role", "a\u202eb"),
        ("department", "a\x00b"),
        ("evidence", "x" * 1001),
        ("work_address", "nobody"),
        ("work_address", "a@b@c"),
        ("work_address", "a@" + "x" * 300 + ".no"),
    ],
)
def test_a_field_that_holds_what_it_cannot_is_named(field, value):
    values = {"role": "Adviser", "work_address": "kari@bergen.kommune.no"} | {field: value}
    with pytest.raises(Invalid) as refusal:
        claims.request_claim(actor=make_person(), office=make_city(), **values)
    assert list(refusal.value.errors) == [field]
    assert not mail.outbox


def test_a_domain_is_kept_in_one_written_form():
    claim = request(make_person(), make_city(), "Kari@Bergen.Kommune.NO")
    assert claim.work_address == "Kari@bergen.kommune.no"
    assert request(make_person(), make_city(), "a@bücher.example").domain == "xn--bcher-kva.example"


def test_a_refusal_needs_a_reason_and_mails_it():
    person, editor = make_person(), make_editor()
    claim = verified_claim(person, make_city())
    taken(editor, claim.review)
    with pytest.raises(Invalid):
        claims.refuse(actor=editor, claim=claim, reason=" ")
    claims.refuse(actor=editor, claim=claim, reason="No such office", note="Looks forged")
    assert "No such office" in mail.outbox[-1].body
    assert "forged" not in mail.outbox[-1].body
    assert Claim.objects.get().state == ClaimState.REFUSED


def test_an_editor_decides_what_they_have_taken_alone():
    claim, editor = verified_claim(make_person(), make_city()), make_editor()
    with pytest.raises(NotPossible):
        claims.grant(actor=editor, claim=claim)
    taken(make_editor(), claim.review)
    with pytest.raises(NotPossible, match="Another editor"):
        claims.grant(actor=editor, claim=claim)


def test_an_editor_does_not_grant_a_claim_of_their_own():
    editor = make_editor()
    claim = verified_claim(editor, make_city())
    with pytest.raises(NotAllowed):
        taken(editor, claim.review)
    with pytest.raises(NotAllowed):
        claims.grant(actor=editor, claim=claim)


def test_a_revoked_claim_ends_at_once_and_the_domain_with_it_if_wished():
    person, city = make_person(), make_city()
    claim = granted_claim(person, city, verify_domain=True)
    claims.revoke(actor=make_editor(), claim=claim, reason="Left", forget_domain=True)
    assert not may(person, Action.SPEAK_FOR, city).allowed
    assert not VerifiedDomain.objects.exists()


def test_a_withdrawn_claim_leaves_the_queue():
    person = make_person()
    claim = verified_claim(person, make_city())
    claims.withdraw(actor=person, claim=claim)
    assert ReviewItem.objects.get().state == "withdrawn"
    assert Claim.objects.get().state == ClaimState.WITHDRAWN


def test_a_claim_is_handed_on_when_the_successor_accepts():
    holder, successor, city = make_person(), make_person(), make_city()
    claim = granted_claim(holder, city)
    handing_on.hand_on(actor=holder, claim=claim, address="ola@bergen.kommune.no")
    token = newest_token()
    assert may(holder, Action.SPEAK_FOR, city).allowed
    handing_on.accept(actor=successor, token=token, role="Adviser")
    assert may(successor, Action.SPEAK_FOR, city).allowed
    assert not may(holder, Action.SPEAK_FOR, city).allowed
    with pytest.raises(NotPossible):
        handing_on.accept(actor=make_person(), token=token, role="Adviser")


@pytest.mark.parametrize("ask", [request, verified_claim])
def test_an_offer_that_is_accepted_replaces_what_the_successor_asked_for(ask):
    holder, successor, city = make_person(), make_person(), make_city()
    claim = granted_claim(holder, city)
    handing_on.hand_on(actor=holder, claim=claim, address="ola@bergen.kommune.no")
    token = newest_token()
    asked = ask(successor, city, "ola@bergen.kommune.no")
    handing_on.accept(actor=successor, token=token, role="Adviser")
    assert may(successor, Action.SPEAK_FOR, city).allowed
    asked.refresh_from_db()
    assert asked.state == ClaimState.WITHDRAWN
    assert not ReviewItem.objects.exclude(state__in=("approved", "withdrawn")).exists()


@pytest.mark.parametrize(
    ("own", "successor"),
    [("a@bergen.kommune.no", "b@oslo.kommune.no"), ("a@gmail.com", "b@gmail.com")],
)
def test_a_claim_is_handed_on_within_a_domain_of_its_own_alone(own, successor):
    holder = make_person()
    claim = granted_claim(holder, make_city(), own)
    with pytest.raises(NotPossible, match="of their own"):
        handing_on.hand_on(actor=holder, claim=claim, address=successor)


def test_offers_are_mailed_five_minutes_apart_and_to_addresses_alone():
    holder = make_person()
    claim = granted_claim(holder, make_city())
    for address in ("two words@bergen.kommune.no", "@bergen.kommune.no", f"{'a' * 250}@bergen.no"):
        with pytest.raises(Invalid):
            handing_on.hand_on(actor=holder, claim=claim, address=address)
    handing_on.hand_on(actor=holder, claim=claim, address="ola@bergen.kommune.no")
    sent = len(mail.outbox)
    with pytest.raises(NotPossible, match="five minutes"):
        handing_on.hand_on(actor=holder, claim=claim, address="per@bergen.kommune.no")
    assert len(mail.outbox) == sent
    Claim.objects.update(link_sent_at=timezone.now() - claims.PAUSE_BETWEEN_LINKS)
    handing_on.hand_on(actor=holder, claim=claim, address="per@bergen.kommune.no")
    assert mail.outbox[-1].to == ["per@bergen.kommune.no"]


def test_what_was_offered_ends_with_the_claim():
    holder = make_person()
    claim = granted_claim(holder, make_city())
    handing_on.hand_on(actor=holder, claim=claim, address="ola@bergen.kommune.no")
    token = newest_token()
    claims.revoke(actor=make_editor(), claim=claim, reason="Left")
    with pytest.raises(NotPossible):
        handing_on.accept(actor=make_person(), token=token, role="Adviser")


def test_an_unused_claim_ends_a_month_after_its_mail_and_mails_once():
    now = timezone.now()
    person, city = make_person(), make_city()
    granted_claim(person, city)
    later = now + expiry.UNUSED_FOR
    mail.outbox.clear()
    assert expiry.expire_unused(now=later) == 0
    assert [expiry.warn_before_expiry(now=later) for _ in range(2)] == [1, 0]
    assert expiry.expire_unused(now=later + datetime.timedelta(days=29)) == 0
    month_later = later + datetime.timedelta(days=31)
    assert [expiry.expire_unused(now=month_later) for _ in range(2)] == [1, 0]
    assert len(mail.outbox) == 2
    assert not may(person, Action.SPEAK_FOR, city).allowed


def test_a_claim_whose_link_was_not_opened_ends_without_a_mail():
    request(make_person(), make_city())
    mail.outbox.clear()
    assert expiry.expire_unused(now=timezone.now() + datetime.timedelta(days=8)) == 1
    assert not mail.outbox


ALLOWED_STEPS = {
    ("requested", "verified"),
    ("requested", "granted"),
    ("requested", "withdrawn"),
    ("requested", "expired"),
    ("verified", "granted"),
    ("verified", "refused"),
    ("verified", "withdrawn"),
    ("granted", "withdrawn"),
    ("granted", "revoked"),
    ("granted", "expired"),
    ("granted", "handed on"),
}


@pytest.mark.parametrize("source", ClaimState.values)
@pytest.mark.parametrize("target", ClaimState.values)
def test_every_step_that_is_not_in_the_table_is_refused(source, target):
    person, editor = make_person(), make_editor()
    claim = Claim(person=person, city=make_city(), state=source)
    # The wishes of the person and of an editor, each with a reason.
    outcomes = set()
    for actor in (person, editor):
        try:
            check(claim_states.TRANSITIONS, claim, target, actor=actor, reason="A reason")
            outcomes.add("allowed")
        except NotAllowed:
            outcomes.add("not allowed")
        except NotPossible:
            outcomes.add("not possible")
    if (source, target) in ALLOWED_STEPS:
        assert "allowed" in outcomes
    else:
        assert outcomes == {"not possible"}
