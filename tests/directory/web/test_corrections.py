"""Anyone suggests what is wrong or missing, with a source; nothing is published by that."""

import uuid

import pytest
from django.core.cache import cache
from django.test import Client

from directory.accounts import limits
from directory.models import Membership, Submission
from tests.directory.registration.people import make_person
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

SOURCE = "https://example.org/members"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def bergen():
    return make_city("bergen-no", name="Bergen", website="https://old.bergen.example")


def html(response):
    return response.content.decode()


def as_shown(client, path):
    """What a browser would send back from the form as it was shown, nothing changed."""
    form = client.get(path).context["form"]
    said = {}
    for bound in form:
        value = bound.value()
        said[bound.html_name] = "" if value is None else bound.field.prepare_value(value)
        if bound.field.show_hidden_initial:
            said[bound.html_initial_name] = said[bound.html_name]
    return {name: value for name, value in said.items() if value is not False}


class TestCorrecting:
    def test_shows_what_it_says_now(self, client, bergen):
        shown = client.get("/corrections/cities/bergen-no/")
        assert "https://old.bergen.example" in html(shown)
        assert "nobody can ask you back or answer you" in html(shown)
        assert shown.headers["Cache-Control"] == "private, no-store"
        assert "noindex" in shown.headers["X-Robots-Tag"]

    def test_a_visitor_sends_only_what_differs_and_changes_nothing(self, client, bergen):
        path = "/corrections/cities/bergen-no/"
        said = as_shown(client, path) | {"website": "https://bergen.example", "source": SOURCE}
        response = client.post(path, said)
        assert response.headers["Location"] == "/corrections/thanks/?about=cities/bergen-no"
        suggested = Submission.objects.get()
        assert suggested.proposed == {"website": "https://bergen.example"}
        assert suggested.before == {"website": "https://old.bergen.example"}
        assert suggested.person is None
        bergen.refresh_from_db()
        assert bergen.website == "https://old.bergen.example"
        thanks = html(client.get(response.headers["Location"]))
        assert "You get no answer" in thanks
        assert 'href="/cities/bergen-no/"' in thanks

    def test_a_person_finds_it_among_their_own(self, client, bergen):
        person = make_person()
        client.force_login(person)
        path = "/corrections/cities/bergen-no/"
        said = as_shown(client, path) | {"name": "Bjørgvin", "source": SOURCE}
        response = client.post(path, said)
        suggested = Submission.objects.get(person=person)
        assert response.headers["Location"] == f"/account/suggestions/{suggested.pk}/"

    def test_the_same_form_sent_twice_is_one_suggestion(self, client, bergen):
        path = "/corrections/cities/bergen-no/"
        said = as_shown(client, path) | {"name": "Bjørgvin", "source": SOURCE}
        for _ in range(2):
            assert client.post(path, said).status_code == 302
        assert Submission.objects.count() == 1

    def test_nothing_changed_and_no_source_are_said_and_nothing_typed_is_lost(self, client, bergen):
        path = "/corrections/cities/bergen-no/"
        said = as_shown(client, path) | {"source": SOURCE, "comment": "Look there"}
        shown = html(client.post(path, said))
        assert "This is what it says already." in shown
        assert "Look there" in shown
        shown = html(client.post(path, said | {"source": "", "name": "Bjørgvin"}))
        assert "This field is required." in shown
        assert 'value="Bjørgvin"' in shown
        assert not Submission.objects.exists()

    @pytest.mark.parametrize("source", ["javascript:alert(1)", "no address", "https://"])
    def test_a_source_that_is_no_address_is_refused(self, client, bergen, source):
        path = "/corrections/cities/bergen-no/"
        said = as_shown(client, path) | {"name": "Bjørgvin", "source": source}
        assert "is not an address" in html(client.post(path, said))
        assert not Submission.objects.exists()

    def test_lists_of_a_network_are_lines(self, client):
        make_network(
            "eurocities", aliases=["Euro Cities", "EC"], focus_areas=["climate", "housing"]
        )
        path = "/corrections/networks/eurocities/"
        said = as_shown(client, path)
        assert said["aliases"] == "Euro Cities\nEC"
        said |= {"aliases": "Euro Cities\r\nE; C", "source": SOURCE}
        assert client.post(path, said).status_code == 200, "a semicolon is refused in words"
        said |= {"aliases": "Euro Cities\r\n\r\nEUC\r\n", "focus_areas": "Housing"}
        assert client.post(path, said).status_code == 302
        assert Submission.objects.get().proposed == {
            "aliases": ["Euro Cities", "EUC"],
            "focus_areas": ["housing"],
        }

    def test_which_focus_areas_there_are_is_one_click_away(self, client):
        make_network("eurocities")
        shown = html(client.get("/corrections/networks/eurocities/"))
        assert '<a href="/focus-areas/">All focus areas</a>' in shown

    def test_a_membership_too(self, client):
        membership = make_membership("eurocities", "bergen-no", founder=True)
        path = f"/corrections/memberships/{membership.public_id}/"
        said = as_shown(client, path) | {"left": "2020-13", "source": SOURCE}
        shown = html(client.post(path, said))
        assert "2020-13" in shown
        said = said | {"left": "2020-12"}
        del said["founder"]
        assert client.post(path, said).status_code == 302
        assert Submission.objects.get().proposed == {"founder": False, "left": "2020-12"}

    def test_only_the_fields_that_may_be_corrected_are_taken(self, client, bergen):
        path = "/corrections/cities/bergen-no/"
        said = as_shown(client, path) | {
            "name": "Bjørgvin",
            "source": SOURCE,
            "id": "x",
            "slug": "y",
        }
        client.post(path, said)
        assert Submission.objects.get().proposed == {"name": "Bjørgvin"}

    @pytest.mark.parametrize(
        "path",
        ["cities/atlantis-xx", "networks/none", "memberships/m99999", "funders/x", "labels/x"],
    )
    def test_what_is_not_there_is_not_found(self, client, path):
        assert client.get(f"/corrections/{path}/").status_code == 404

    def test_a_form_of_another_site_is_refused(self, bergen):
        strict = Client(enforce_csrf_checks=True)
        assert strict.post("/corrections/cities/bergen-no/", {"source": SOURCE}).status_code == 403

    def test_visitors_and_people_are_limited_apart(self, client, bergen, monkeypatch):
        monkeypatch.setitem(limits.LIMITS, "visitor submission", "1/hour")
        path = "/corrections/cities/bergen-no/"
        client.post(path, {})
        refused = client.post(path, {})
        assert refused.status_code == 429
        assert int(refused.headers["Retry-After"]) > 0
        client.force_login(make_person())
        assert [client.post(path, {}).status_code for _ in range(2)] == [200, 200]


class TestSuggestingAMembership:
    PATH = "/corrections/memberships/new/"

    def test_by_the_names_of_city_and_network(self, client, bergen):
        make_network("eurocities")
        said = {
            "city": "Bergen",
            "network": "eurocities",
            "source": SOURCE,
            "joined": "2019",
            "form_key": str(uuid.uuid4()),
            "role": "member",
            "initial-role": "member",
        }
        response = client.post(self.PATH, said)
        assert response.headers["Location"] == "/corrections/thanks/"
        assert Submission.objects.get().proposed == {
            "city": "bergen-no",
            "network": "eurocities",
            "joined": "2019",
        }
        assert not Membership.objects.exists()

    def test_comes_with_the_city_and_the_network_of_the_page_before(self, client, bergen):
        make_network("eurocities")
        shown = html(client.get(f"{self.PATH}?city=bergen-no&network=eurocities"))
        assert "Bergen, Norway [bergen-no]" in shown
        assert "Eurocities [eurocities]" in shown
        assert client.get(f"{self.PATH}?city=%00&network=no-such").status_code == 200

    def test_of_namesakes_one_is_chosen_and_nothing_typed_is_lost(self, client, bergen):
        make_city("bergen-de", country="DE", name="Bergen")
        make_network("eurocities")
        said = {
            "city": "Bergen",
            "network": "eurocities",
            "source": SOURCE,
            "joined": "2019",
            "form_key": str(uuid.uuid4()),
            "role": "member",
        }
        shown = html(client.post(self.PATH, said))
        assert "Which one do you mean?" in shown
        assert 'value="2019"' in shown
        said |= {"city_offered": "Bergen", "city_chosen": "bergen-de"}
        assert client.post(self.PATH, said).status_code == 302
        assert Submission.objects.get().proposed["city"] == "bergen-de"


@pytest.mark.parametrize(
    "about", ["", "x", "cities/%00", "cities/../../x", "javascript:/x", "a/b/c"]
)
def test_thanks_leads_nowhere_else(client, about):
    response = client.get(f"/corrections/thanks/?about={about}")
    assert response.status_code == 200
    assert "javascript" not in html(response)
