"""How a person comes to act for an office, page by page, and what others' claims stay: unseen."""

import datetime

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from directory.models import Claim
from directory.models.claim import ClaimState
from directory.registration import claims, queue
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

SAID = {"role": "Adviser", "department": "Climate", "work_address": "kari@bergen.kommune.no"}
NEW = "/account/claims/new/cities/bergen-no/"


@pytest.fixture(autouse=True)
def _no_attempts_counted():
    cache.clear()


@pytest.fixture
def bergen():
    return make_city("bergen-no", name="Bergen", admin1_name="Vestland")


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def html(response):
    return response.content.decode()


class TestFinding:
    def test_by_any_name_with_country_and_the_way_on(self, bergen):
        make_network("bergen-club", name="Bergen Club")
        shown = html(browser_of(make_person()).get("/account/claims/new/?q=bergen"))
        assert "Vestland, Norway" in shown
        assert NEW in shown
        assert "/account/claims/new/networks/bergen-club/" in shown
        assert "/account/proposals/cities/new/?q=bergen" in shown

    def test_says_which_one_has_claimed_already(self, bergen):
        person = make_person()
        claim = request(person, bergen)
        shown = html(browser_of(person).get("/account/claims/new/?q=bergen"))
        assert f'href="/account/claims/{claim.pk}/"' in shown
        assert NEW not in shown

    def test_does_not_say_that_somebody_else_claimed_it(self, bergen):
        stranger = browser_of(make_person())
        before = html(stranger.get("/account/claims/new/?q=bergen"))
        granted_claim(make_person(), bergen)
        assert html(stranger.get("/account/claims/new/?q=bergen")) == before

    @pytest.mark.parametrize("typed", ["", "%00", "qqqq", "%3Cb%3E", "a" * 5000])
    def test_whatever_is_typed_is_answered(self, bergen, typed):
        response = browser_of(make_person()).get(f"/account/claims/new/?q={typed}")
        assert response.status_code == 200
        assert "<b>" not in html(response)


class TestAsking:
    def test_mails_a_link_and_shows_the_claim(self, bergen):
        person = make_person()
        response = browser_of(person).post(NEW, SAID)
        claim = Claim.objects.get(person=person)
        assert response.headers["Location"] == f"/account/claims/{claim.pk}/"
        assert mail.outbox[-1].to == ["kari@bergen.kommune.no"]
        shown = html(browser_of(person).get(f"/account/claims/{claim.pk}/"))
        assert "Open the link that was mailed to kari@bergen.kommune.no" in shown

    def test_a_wrong_address_is_said_and_nothing_typed_is_lost(self, bergen):
        shown = html(browser_of(make_person()).post(NEW, SAID | {"work_address": "kari@"}))
        assert "Enter a valid e-mail address." in shown
        assert 'value="Climate"' in shown
        assert not Claim.objects.exists()

    def test_twice_leads_to_the_claim_there_is(self, bergen):
        browser = browser_of(make_person())
        first = browser.post(NEW, SAID).headers["Location"]
        assert browser.post(NEW, SAID).headers["Location"] == first
        assert browser.get(NEW).headers["Location"] == first
        assert len(mail.outbox) == 1

    def test_only_what_the_form_asks_for_is_taken(self, bergen):
        browser_of(make_person()).post(NEW, SAID | {"state": "granted", "granted_at": "2026-01-01"})
        claim = Claim.objects.get()
        assert (claim.state, claim.granted_at) == (ClaimState.REQUESTED, None)

    def test_a_city_that_is_not_there_is_not_found(self):
        assert browser_of(make_person()).get(NEW).status_code == 404

    def test_too_often_says_when_again(self, bergen, monkeypatch):
        monkeypatch.setitem(
            __import__("directory.accounts.limits").accounts.limits.LIMITS, "claim", "1/hour"
        )
        browser = browser_of(make_person())
        browser.post(NEW, SAID)
        response = browser.post(NEW, SAID)
        assert response.status_code == 429
        assert int(response.headers["Retry-After"]) > 0

    def test_a_visitor_signs_in_first_and_finds_what_was_typed(self, bergen):
        client = Client()
        response = client.post(NEW, SAID)
        assert response.headers["Location"].startswith("/account/login/?next=")
        assert not Claim.objects.exists()
        session = client.session
        assert session["draft"]["path"] == NEW


class TestTheMailedLink:
    def test_shows_a_button_and_changes_nothing_by_itself(self, bergen):
        person = make_person()
        claim = request(person, bergen)
        shown = browser_of(person).get(f"/account/claims/open/{newest_token()}/")
        assert "Yes, it is mine" in html(shown)
        claim.refresh_from_db()
        assert claim.state == ClaimState.REQUESTED

    def test_leads_to_an_editor_the_first_time(self, bergen):
        person = make_person()
        claim = request(person, bergen)
        browser = browser_of(person)
        response = browser.post(f"/account/claims/open/{newest_token()}/", follow=True)
        assert "An editor decides next" in html(response)
        claim.refresh_from_db()
        assert claim.state == ClaimState.VERIFIED

    def test_grants_at_once_where_the_domain_vouches(self, bergen):
        granted_claim(make_person(), bergen, verify_domain=True)
        person = make_person()
        request(person, bergen, "ola@bergen.kommune.no")
        response = browser_of(person).post(f"/account/claims/open/{newest_token()}/", follow=True)
        assert "You now act for Bergen." in html(response)

    def test_is_good_once_and_for_a_week(self, bergen, monkeypatch):
        person = make_person()
        request(person, bergen)
        path = f"/account/claims/open/{newest_token()}/"
        browser = browser_of(person)
        # The link is over, whoever is signed in for longer than one may be.
        monkeypatch.setattr("directory.accounts.lifetimes.LONGEST", 30 * 86400)
        monkeypatch.setattr("directory.accounts.lifetimes.LONGEST_UNUSED", 30 * 86400)
        monkeypatch.setattr("time.time", lambda: timezone.now().timestamp() + 8 * 86400)
        assert browser.get(path).status_code == 410
        monkeypatch.undo()
        assert browser.post(path).status_code == 302
        again = browser.get(path)
        assert again.status_code == 410
        assert "used already" in html(again)
        assert browser.post(path).status_code == 410

    def test_does_nothing_for_another_account(self, bergen):
        claim = request(make_person(), bergen)
        stranger = browser_of(make_person())
        for answer in (stranger.get, stranger.post):
            response = answer(f"/account/claims/open/{newest_token()}/")
            assert response.status_code == 403
            assert "belongs to another account" in html(response)
        claim.refresh_from_db()
        assert claim.state == ClaimState.REQUESTED

    @pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "%F0%9F%98%80", "x" * 3000])
    def test_a_forged_one_is_good_no_more(self, token):
        browser = browser_of(make_person())
        for path in ("open", "accept"):
            assert browser.get(f"/account/claims/{path}/{token}/").status_code == 410


class TestWhatFollows:
    def test_a_link_is_sent_again_but_not_at_once(self, bergen):
        person = make_person()
        claim = request(person, bergen)
        browser = browser_of(person)
        path = f"/account/claims/{claim.pk}/send-again/"
        assert "Wait five minutes" in html(browser.post(path))
        Claim.objects.update(link_sent_at=timezone.now() - datetime.timedelta(minutes=6))
        assert "on its way to kari@bergen.kommune.no" in html(browser.post(path, follow=True))
        assert len(mail.outbox) == 2

    def test_an_editors_question_is_shown_and_answered(self, bergen):
        person, editor = make_person(), make_editor()
        claim = verified_claim(person, bergen)
        item = taken(editor, claim.review)
        queue.ask_back(actor=editor, item=item, question="Which department?", note="Hm.")
        browser = browser_of(person)
        assert "has a question" in html(browser.get("/account/claims/"))
        shown = html(browser.get(f"/account/claims/{claim.pk}/"))
        assert "Which department?" in shown
        assert "Hm." not in shown
        path = f"/account/claims/{claim.pk}/answer/"
        assert "This field is required" in html(browser.post(path, {"answer": " "}))
        browser.post(path, {"answer": "Climate"})
        item.refresh_from_db()
        assert (item.state, item.answer) == ("waiting", "Climate")

    def test_a_refusal_is_shown_with_its_reason(self, bergen):
        person, editor = make_person(), make_editor()
        claim = verified_claim(person, bergen)
        taken(editor, claim.review)
        claims.refuse(actor=editor, claim=claim, reason="No such person.", note="Secret")
        shown = html(browser_of(person).get(f"/account/claims/{claim.pk}/"))
        assert "No such person." in shown
        assert "Secret" not in shown
        assert NEW in shown

    def test_one_steps_down(self, bergen):
        person = make_person()
        claim = granted_claim(person, bergen)
        browser = browser_of(person)
        assert "Step down" in html(browser.get(f"/account/claims/{claim.pk}/"))
        browser.post(f"/account/claims/{claim.pk}/withdraw/")
        claim.refresh_from_db()
        assert claim.state == ClaimState.WITHDRAWN

    def test_reading_a_step_takes_it_not(self, bergen):
        person = make_person()
        claim = granted_claim(person, bergen)
        assert browser_of(person).get(f"/account/claims/{claim.pk}/withdraw/").status_code == 200
        claim.refresh_from_db()
        assert claim.state == ClaimState.GRANTED

    def test_a_step_that_fits_no_more_is_refused_in_words(self, bergen):
        person = make_person()
        claim = granted_claim(person, bergen)
        claims.withdraw(actor=person, claim=claim)
        response = browser_of(person).post(
            f"/account/claims/{claim.pk}/hand-on/", {"address": "a@b.no"}
        )
        assert "Only a granted claim can be handed on." in html(response)


class TestHandingOn:
    def test_the_successor_accepts_and_the_holder_ceases(self, bergen):
        holder, successor = make_person(), make_person()
        claim = granted_claim(holder, bergen)
        path = f"/account/claims/{claim.pk}/hand-on/"
        told = browser_of(holder).post(path, {"address": "ola@bergen.kommune.no"}, follow=True)
        assert "on its way to your successor" in html(told)
        link = f"/account/claims/accept/{newest_token()}/"
        browser = browser_of(successor)
        assert "Take over Bergen" in html(browser.get(link))
        assert "You now act for Bergen." in html(browser.post(link, {"role": "Head"}, follow=True))
        claim.refresh_from_db()
        assert claim.state == ClaimState.HANDED_ON
        assert browser.get(link).status_code == 410

    def test_another_domain_is_refused_beside_the_field(self, bergen):
        holder = make_person()
        claim = granted_claim(holder, bergen)
        path = f"/account/claims/{claim.pk}/hand-on/"
        response = browser_of(holder).post(path, {"address": "ola@example.org"})
        assert "must make a claim of their own" in html(response)
        assert 'value="ola@example.org"' in html(response)

    def test_the_holder_who_opens_the_link_is_told_whom_it_is_for(self, bergen):
        holder = make_person()
        claim = granted_claim(holder, bergen)
        path = f"/account/claims/{claim.pk}/hand-on/"
        browser_of(holder).post(path, {"address": "ola@bergen.kommune.no"})
        shown = browser_of(holder).get(f"/account/claims/accept/{newest_token()}/")
        assert "for your successor" in html(shown)


class TestOthers:
    @pytest.mark.parametrize("end", ["", "withdraw/", "send-again/", "hand-on/", "answer/"])
    def test_claims_of_others_are_not_there_not_even_for_editors(self, bergen, end):
        claim = granted_claim(make_person(), bergen)
        for person in (make_person(), make_editor()):
            browser = browser_of(person)
            assert browser.get(f"/account/claims/{claim.pk}/{end}").status_code == 404
            assert browser.post(f"/account/claims/{claim.pk}/{end}").status_code == 404
        claim.refresh_from_db()
        assert claim.state == ClaimState.GRANTED

    def test_the_list_shows_only_ones_own(self, bergen):
        granted_claim(make_person(), bergen)
        assert "Bergen" not in html(browser_of(make_person()).get("/account/claims/"))

    def test_pages_are_private(self, bergen):
        response = browser_of(make_person()).get("/account/claims/")
        assert response.headers["Cache-Control"] == "private, no-store"


def test_the_list_takes_as_many_queries_for_thirty_claims_as_for_one(django_assert_num_queries):
    person = make_person()
    browser = browser_of(person)
    request(person, make_city("bergen-no", name="Bergen"))
    browser.get("/account/claims/")
    with django_assert_num_queries(4):
        browser.get("/account/claims/")
    for _ in range(30):
        Claim.objects.create(
            person=person,
            city=make_city(),
            role="Adviser",
            work_address="a@bergen.no",
            state=ClaimState.REFUSED,
            reason="No",
        )
    with django_assert_num_queries(4):
        shown = html(browser.get("/account/claims/"))
    assert "?page=2" in shown
