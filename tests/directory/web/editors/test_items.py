"""One item of the queue: one editor takes it, sees the evidence, and decides once."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from directory.models import City, Claim, Membership, ReviewItem, VerifiedDomain
from directory.models.claim import ClaimState
from directory.models.review import ReviewKind, ReviewState
from directory.registration import disputes, editing, review
from directory.registration.problems import Invalid
from tests.directory.registration.people import granted_claim, make_person, verified_claim
from tests.directory.web.editors.browsers import (
    REASON,
    SOURCE,
    claim_item,
    correction,
    editor_with_browser,
    make_editor,
    post,
    proposed_city,
    taken,
)
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor_and_client():
    return editor_with_browser()


@pytest.fixture
def editor(editor_and_client):
    return editor_and_client[0]


@pytest.fixture
def client(editor_and_client):
    return editor_and_client[1]


def page_of(item):
    return f"/editors/items/{item.pk}/"


def see(client, item):
    answer = client.get(page_of(item))
    assert answer.status_code == 200
    return answer.content.decode()


class TestTaking:
    def test_an_item_is_taken_for_half_an_hour_and_put_back(self, client, editor):
        make_city("bergen-no")
        item = correction()
        assert "It is yours until" in post(client, f"{page_of(item)}take/")
        item.refresh_from_db()
        assert (item.state, item.taken_by) == (ReviewState.TAKEN, editor)
        assert "waits in the queue again" in post(client, f"{page_of(item)}put-back/")
        item.refresh_from_db()
        assert item.state == ReviewState.WAITING

    def test_of_two_editors_one_has_it_and_the_other_is_told_who_and_until_when(self, client):
        make_city("bergen-no")
        item = correction()
        other = make_editor(name="Berit Editor")
        taken(other, item)
        html = post(client, f"{page_of(item)}take/")
        assert "Another editor has taken this" in html
        assert "Berit Editor" in html
        assert other.email in html
        item.refresh_from_db()
        assert f"until {item.taken_until:%H:%M} UTC" in html
        assert item.taken_by == other
        assert "approve/" not in see(client, item)

    def test_what_another_editor_let_lie_can_be_taken(self, client, editor):
        make_city("bergen-no")
        item = taken(make_editor(), correction())
        ReviewItem.objects.update(taken_until=timezone.now() - datetime.timedelta(minutes=1))
        assert "Take it" in see(client, item)
        assert "It is yours until" in post(client, f"{page_of(item)}take/")
        item.refresh_from_db()
        assert item.taken_by == editor

    def test_reading_the_address_of_a_step_changes_nothing(self, client):
        make_city("bergen-no")
        item = correction()
        for step in ("take", "put-back", "approve", "refuse"):
            assert client.get(f"{page_of(item)}{step}/").headers["Location"] == page_of(item)
        item.refresh_from_db()
        assert item.state == ReviewState.WAITING

    def test_an_item_or_a_step_that_does_not_exist_is_no_page(self, client):
        make_city("bergen-no")
        item = correction()
        assert client.get("/editors/items/999999/").status_code == 404
        assert client.get(f"/editors/items/{2**80}/").status_code == 404
        assert client.post(f"{page_of(item)}settle/").status_code == 404


class TestSubmissions:
    def test_the_page_shows_what_is_there_what_is_proposed_and_the_source(self, client):
        make_city("bergen-no", website="https://old.example/")
        item = correction(make_person("ola@example.org"))
        html = see(client, item)
        assert "https://old.example/" in html
        assert "https://bergen.example/" in html
        assert f'href="{SOURCE}"' in html
        assert "ola@example.org" in html
        assert "changed since it was suggested" not in html

    def test_a_stale_one_is_marked_with_what_it_said_then(self, client, editor):
        make_city("bergen-no", website="https://old.example/")
        item = correction()
        editing.edit_record(
            actor=editor,
            table="cities",
            record="bergen-no",
            values={"website": "https://newer.example/"},
            reason=REASON,
        )
        html = see(client, item)
        assert "changed since it was suggested" in html
        assert "https://old.example/" in html
        assert "https://newer.example/" in html

    def test_the_persons_record_counts_what_was_decided_before(self, client, editor):
        person = make_person()
        make_city("bergen-no")
        make_city("oslo-no")
        post(client, f"{page_of(taken(editor, correction(person)))}approve/", **shown("x"))
        refused = taken(editor, correction(person, record="oslo-no"))
        post(client, f"{page_of(refused)}refuse/", reason=REASON)
        html = see(client, correction(person, record="oslo-no", population="7"))
        assert "1 approved, 1 refused" in html

    def test_approving_publishes_what_was_proposed(self, client, editor):
        make_city("bergen-no")
        item = taken(editor, correction())
        html = post(client, f"{page_of(item)}approve/", **shown("https://bergen.example/"))
        assert "It is published" in html
        assert City.objects.get().website == "https://bergen.example/"
        item.refresh_from_db()
        assert (item.state, item.decided_by) == (ReviewState.APPROVED, editor)

    def test_approving_with_changes_publishes_those_and_needs_a_reason(self, client, editor):
        make_city("bergen-no")
        item = taken(editor, correction())
        sent = shown("https://bergen.example/") | {"website": "https://www.bergen.example/"}
        html = post(client, f"{page_of(item)}approve/", **sent)
        assert "Say why" in html
        assert "https://www.bergen.example/" in html, "what was typed stays"
        assert not City.objects.get().website
        post(client, f"{page_of(item)}approve/", **sent, reason=REASON)
        assert City.objects.get().website == "https://www.bergen.example/"
        item.refresh_from_db()
        assert item.state == ReviewState.CHANGED

    def test_what_the_rules_refuse_stands_beside_the_field(self, client, editor):
        make_city("bergen-no")
        item = taken(editor, correction())
        sent = shown("https://bergen.example/") | {"website": "javascript:alert(1)"}
        html = post(client, f"{page_of(item)}approve/", **sent, reason=REASON)
        assert "is not an address" in html
        assert not City.objects.get().website

    def test_refusing_mails_the_reason_and_keeps_the_note_internal(self, client, editor):
        make_city("bergen-no")
        item = taken(editor, correction(make_person("ola@example.org")))
        post(client, f"{page_of(item)}refuse/", reason="It is older.", note="He writes daily.")
        assert "It is older." in mail.outbox[-1].body
        assert "He writes daily." not in mail.outbox[-1].body
        html = see(client, item)
        assert "He writes daily." in html
        assert "Editors alone see it" in html

    def test_refusing_without_a_reason_is_refused(self, client, editor):
        make_city("bergen-no")
        item = taken(editor, correction())
        assert "This field is required" in post(client, f"{page_of(item)}refuse/", reason=" ")
        item.refresh_from_db()
        assert item.state == ReviewState.TAKEN

    @pytest.mark.parametrize("has_account", [True, False])
    def test_a_missing_reason_is_asked_for_in_words_that_are_true(self, editor, has_account):
        make_city("bergen-no")
        item = taken(editor, correction(make_person() if has_account else None))
        with pytest.raises(Invalid) as refused:
            review.refuse(actor=editor, item=item, reason=" ")
        said = "Say why; the person will read it." if has_account else "Say why."
        assert refused.value.errors == {"reason": [said]}

    def test_asking_back_mails_the_question(self, client, editor):
        make_city("bergen-no")
        item = taken(editor, correction(make_person()))
        post(client, f"{page_of(item)}ask/", question="Which page?")
        assert "Which page?" in mail.outbox[-1].body
        assert "waits for the answer" in see(client, item)

    def test_a_visitor_cannot_be_asked(self, client, editor):
        make_city("bergen-no")
        item = taken(editor, correction())
        assert "Ask back" not in see(client, item)
        assert client.post(f"{page_of(item)}ask/", {"question": "Who?"}).status_code == 404

    def test_a_note_is_kept_without_deciding(self, client, editor):
        make_city("bergen-no")
        item = taken(editor, correction(make_person()))
        assert "The note is kept" in post(client, f"{page_of(item)}note/", note="Phoned them.")
        assert f">{'Phoned them.'}</textarea>" in see(client, item).replace("\n", "")
        item.refresh_from_db()
        assert (item.state, item.taken_by, item.note) == ("taken", editor, "Phoned them.")
        post(client, f"{page_of(item)}note/", note="")
        item.refresh_from_db()
        assert item.note == ""

    def test_a_note_is_kept_on_what_one_has_taken_alone(self, client):
        make_city("bergen-no")
        item = correction(make_person())
        assert "Take this first" in post(client, f"{page_of(item)}note/", note="Phoned them.")
        taken(make_editor(), item)
        assert "Another editor" in post(client, f"{page_of(item)}note/", note="Phoned them.")
        item.refresh_from_db()
        assert item.note == ""

    def test_what_was_not_taken_cannot_be_decided(self, client):
        make_city("bergen-no")
        item = correction()
        html = post(client, f"{page_of(item)}approve/", **shown("https://bergen.example/"))
        assert "Nothing was decided" in html
        assert not City.objects.get().website
        taken(make_editor(), item)
        html = post(client, f"{page_of(item)}refuse/", reason=REASON)
        assert "Another editor has taken this" in html
        item.refresh_from_db()
        assert item.state == ReviewState.TAKEN

    def test_nobody_decides_on_what_they_suggested_themselves(self, client, editor):
        make_city("bergen-no")
        item = correction(editor)
        html = see(client, item)
        assert "Nobody decides on a request of their own" in html
        assert "Take it" not in html
        for step in ("take", "approve", "refuse"):
            assert client.post(f"{page_of(item)}{step}/", {"reason": "x"}).status_code == 403
        item.refresh_from_db()
        assert item.state == ReviewState.WAITING

    def test_a_proposal_that_looks_like_a_record_is_published_once_that_was_denied(
        self, client, editor
    ):
        make_city("vos-no", name="Vos", latitude=60.6, longitude=6.4)
        item = taken(editor, proposed_city(name="Vos"))
        html = see(client, item)
        assert "Is it one of these?" in html
        assert "vos-no" in html
        sent = {"name": "Vos", "initial-name": "Vos", "id": "voss-no", "initial-id": ""}
        sent |= {"reason": REASON} | unchanged(item)
        assert "If it is not, say so" in post(client, f"{page_of(item)}approve/", **sent)
        assert City.objects.count() == 1
        post(client, f"{page_of(item)}approve/", **sent, is_distinct="on")
        assert City.objects.filter(slug="voss-no").exists()


def shown(website):
    """The form of a proposed website as the page shows it."""
    website = "https://bergen.example/" if website == "x" else website
    return {"website": website, "initial-website": website}


def unchanged(item):
    said = {name: str(value) for name, value in item.submission.proposed.items() if name != "name"}
    return said | {f"initial-{name}": value for name, value in said.items()}


class TestClaims:
    def test_the_page_shows_address_website_domain_and_other_claims(self, client):
        city = make_city("bergen-no", website="https://bergen.kommune.no/")
        granted_claim(make_person(), city, "berit@bergen.kommune.no")
        item = verified_claim(make_person(), city).review
        html = see(client, item)
        assert "kari@bergen.kommune.no" in html
        assert "https://bergen.kommune.no/" in html
        assert "not verified" in html
        assert "berit@bergen.kommune.no" in html

    def test_granting_may_make_the_domain_a_verified_one(self, client, editor):
        item = taken(editor, claim_item())
        assert "Make bergen.kommune.no a verified domain" in see(client, item)
        post(client, f"{page_of(item)}approve/", verify_domain="on")
        assert Claim.objects.get().state == ClaimState.GRANTED
        assert VerifiedDomain.objects.get().domain == "bergen.kommune.no"

    def test_a_public_provider_is_named_as_such_and_cannot_be_verified(self, client, editor):
        item = taken(editor, claim_item(address="kari@gmail.com"))
        html = see(client, item)
        assert "Anybody can have an address at gmail.com" in html
        assert "a verified domain" not in html
        post(client, f"{page_of(item)}approve/", verify_domain="on")
        assert Claim.objects.get().state == ClaimState.GRANTED
        assert not VerifiedDomain.objects.exists()

    def test_refusing_mails_the_reason(self, client, editor):
        item = taken(editor, claim_item())
        post(client, f"{page_of(item)}refuse/", reason="Nobody knows you there.")
        assert Claim.objects.get().state == ClaimState.REFUSED
        assert "Nobody knows you there." in mail.outbox[-1].body

    def test_nobody_grants_a_claim_of_their_own(self, client, editor):
        item = claim_item(person=editor)
        assert "Nobody decides on a request of their own" in see(client, item)
        assert client.post(f"{page_of(item)}take/").status_code == 403
        assert client.post(f"{page_of(item)}approve/").status_code == 403
        assert Claim.objects.get().state == ClaimState.VERIFIED


class TestDisputes:
    @pytest.fixture
    def item(self):
        membership = make_membership(
            make_network("c40"), make_city("bergen-no"), standing="disputed"
        )
        disputes.open_for(membership)
        return ReviewItem.objects.get(kind=ReviewKind.DISPUTE)

    def test_the_page_shows_both_words(self, client, item):
        html = see(client, item)
        assert "City of Bergen, 2026-11-01" in html
        assert "C40, 2026-11-01" in html
        assert "says: a member" in html
        assert "says: not a member" in html

    def test_settling_publishes_the_editors_word(self, client, editor, item):
        taken(editor, item)
        html = post(
            client,
            f"{page_of(item)}settle/",
            says="member",
            joined="2019",
            reason=REASON,
            source=SOURCE,
            source_year="2024",
        )
        assert "is settled" in html
        membership = Membership.objects.get()
        assert membership.joined == "2019"
        said = membership.statements.get(voice="editor")
        assert (said.source, said.source_year) == (SOURCE, 2024)
        item.refresh_from_db()
        assert item.state == ReviewState.APPROVED

    def test_both_words_may_be_left_as_they_are(self, client, editor, item):
        taken(editor, item)
        html = post(client, f"{page_of(item)}leave/", reason="Their courts decide.")
        assert "Both words stay" in html
        html = see(client, item)
        assert "Left as it is" in html
        assert "Their courts decide." in html
        assert Membership.objects.get().standing == "disputed"

    def test_dates_that_cannot_be_are_refused_beside_the_field(self, client, editor, item):
        taken(editor, item)
        html = post(client, f"{page_of(item)}settle/", says="member", joined="soon", reason=REASON)
        assert 'id="settle-joined_error"' in html
        assert not Membership.objects.get().joined
