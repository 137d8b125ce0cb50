"""People: who is an editor, who acts for whom, and ending it."""

import pytest
from django.core import mail

from directory.models import Claim, VerifiedDomain
from directory.models.claim import ClaimState
from tests.directory.accounts.people import make_user
from tests.directory.registration.people import granted_claim, make_person, make_staff
from tests.directory.web.editors.browsers import editor_with_browser, make_editor, post
from tests.factories import make_city, make_network

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


class TestEditors:
    def test_they_are_listed(self, client, editor):
        other = make_editor()
        html = client.get("/editors/people/").content.decode()
        assert editor.email in html
        assert other.email in html

    def test_one_is_appointed_by_a_confirmed_address(self, client):
        user = make_user("new@bergen.example")
        assert "is an editor now" in post(
            client, "/editors/people/appoint/", address="NEW@bergen.example"
        )
        user.refresh_from_db()
        assert user.is_editor

    def test_an_address_that_was_not_confirmed_is_refused_and_stays_typed(self, client):
        person = make_person("new@bergen.example")
        html = post(client, "/editors/people/appoint/", address="new@bergen.example")
        assert "No open account has the confirmed address" in html
        assert 'value="new@bergen.example"' in html
        person.refresh_from_db()
        assert not person.is_editor

    def test_one_is_dismissed_with_a_reason_that_is_mailed(self, client):
        other = make_editor()
        page = f"/editors/people/{other.pk}/dismiss/"
        assert "This field is required" in post(client, page, reason="")
        assert "is no editor any more" in post(client, page, reason="Thank you for all.")
        other.refresh_from_db()
        assert not other.is_editor
        assert "Thank you for all." in mail.outbox[-1].body

    def test_the_last_one_stays(self, client, editor):
        html = post(client, f"/editors/people/{editor.pk}/dismiss/", reason="Enough.")
        assert "Appoint another editor first" in html
        editor.refresh_from_db()
        assert editor.is_editor

    def test_one_may_step_down_oneself(self, client, editor):
        make_editor()
        answer = client.post(f"/editors/people/{editor.pk}/dismiss/", {"reason": "Enough."})
        assert answer.headers["Location"] == "/account/"
        assert client.get("/editors/").status_code == 403

    def test_who_is_no_editor_cannot_be_dismissed(self, client):
        person = make_person()
        assert client.get(f"/editors/people/{person.pk}/dismiss/").status_code == 404


class TestFinding:
    def test_a_person_is_found_by_address_with_their_claims(self, client):
        person = make_staff(make_city("bergen-no"), email="kari@example.org", name="Kari Nordmann")
        html = client.get("/editors/people/?address=KARI@example.org").content.decode()
        assert "Kari Nordmann" in html
        assert "Bergen" in html
        assert f"/editors/claims/{Claim.objects.get(person=person).pk}/" in html

    def test_an_address_that_nobody_has_is_said_to_be_that(self, client):
        html = client.get("/editors/people/?address=nobody@example.org").content.decode()
        assert "No account has this address" in html


class TestClaims:
    def names(self, client, query=""):
        claims = client.get(f"/editors/claims/{query}").context["claims"]
        return {claim.office.name for claim in claims}

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", {"Bergen", "C40"}),
            ("?state=revoked", {"Oslo"}),
            ("?text=berg", {"Bergen"}),
            ("?text=adviser", {"Bergen", "C40", "Oslo"}),
            ("?text=kari@example.org&state=granted", {"Bergen"}),
            ("?state=nonsense", {"Bergen", "C40", "Oslo"}),
        ],
    )
    def test_they_are_filtered_and_granted_ones_come_first(self, client, query, expected):
        make_staff(make_city("bergen-no"), email="kari@example.org")
        Claim.objects.update(work_address="kari@town.example")
        make_staff(make_network("c40"))
        Claim.objects.filter(network__isnull=False).update(work_address="ola@c40.example")
        make_staff(make_city("oslo-no"), state=ClaimState.REVOKED)
        Claim.objects.filter(city__slug="oslo-no").update(work_address="eva@town.example")
        assert self.names(client, query) == expected

    def test_one_is_revoked_with_a_reason_that_is_mailed(self, client):
        claim = granted_claim(make_person(), make_city("bergen-no"), verify_domain=True)
        page = f"/editors/claims/{claim.pk}/"
        assert "This field is required" in post(client, page, reason="")
        post(client, page, reason="You moved on.")
        claim.refresh_from_db()
        assert claim.state == ClaimState.REVOKED
        assert "You moved on." in mail.outbox[-1].body
        assert VerifiedDomain.objects.exists()

    def test_the_domain_is_forgotten_where_that_is_asked(self, client):
        claim = granted_claim(make_person(), make_city("bergen-no"), verify_domain=True)
        page = f"/editors/claims/{claim.pk}/"
        assert "is no verified domain of it any more" in client.get(page).content.decode()
        post(client, page, reason="You moved on.", forget_domain="on")
        assert not VerifiedDomain.objects.exists()

    def test_a_claim_that_is_not_granted_is_shown_without_a_button(self, client):
        make_staff(make_city("bergen-no"), state=ClaimState.EXPIRED)
        page = f"/editors/claims/{Claim.objects.get().pk}/"
        assert "Revoke it" not in client.get(page).content.decode()
        assert "cannot become" in post(client, page, reason="Late.")
        assert Claim.objects.get().state == ClaimState.EXPIRED

    def test_the_list_takes_a_constant_number_of_queries(
        self, client, django_assert_max_num_queries, django_assert_num_queries
    ):
        make_staff(make_city("bergen-no"))
        with django_assert_max_num_queries(8) as few:
            client.get("/editors/claims/")
        for _ in range(10):
            make_staff(make_network())
        with django_assert_num_queries(len(few)):
            client.get("/editors/claims/")
