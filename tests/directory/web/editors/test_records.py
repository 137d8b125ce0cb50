"""Records by the hands of editors: found, made, edited, renamed, ended and merged."""

import re

import pytest

from directory.models import City, FocusArea, Funder, Membership, Network, Redirect
from directory.registration import editing
from tests.directory.web.editors.browsers import REASON, editor_with_browser, post
from tests.factories import (
    make_city,
    make_focus_area,
    make_funder,
    make_label,
    make_membership,
    make_network,
)

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


def form_of(client, path):
    """What a browser would send: every field as the page shows it."""
    form = client.get(path).context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        shown = "" if value is None else value
        if shown is False:
            continue
        data[bound.html_name] = "on" if shown is True else shown
    for bound in form:
        if bound.field.show_hidden_initial:
            value = bound.value()
            data[bound.html_initial_name] = "" if value is None else str(value)
    return data


class TestFinding:
    @pytest.mark.parametrize(
        ("table", "text", "slug"),
        [
            ("cities", "Bergen", "bergen-no"),
            ("cities", "bergen-no", "bergen-no"),
            ("networks", "C40", "c40"),
            ("focus_areas", "climat", "climate"),
            ("funders", "rockefeller", "rockefeller-foundation"),
        ],
    )
    def test_a_record_is_found_by_name_or_id(self, client, table, text, slug):
        make_membership("c40", "bergen-no")
        make_funder("rockefeller-foundation")
        html = client.get("/editors/records/", {"table": table, "text": text}).content.decode()
        assert f'href="/editors/records/{table}/{slug}/"' in html

    def test_what_is_not_there_can_be_made(self, client):
        answer = client.get("/editors/records/", {"table": "funders", "text": "Nobody"})
        assert "Nothing is called that" in answer.content.decode()

    @pytest.mark.parametrize("rest", ["", "rename/", "end/", "merge/"])
    def test_a_record_that_is_not_there_has_no_pages(self, client, rest):
        assert client.get(f"/editors/records/cities/nowhere-no/{rest}").status_code == 404
        assert client.get(f"/editors/records/statements/s00001/{rest}").status_code == 404


class TestEditing:
    PAGE = "/editors/records/networks/c40/"

    def test_a_changed_column_is_published_and_the_others_stay(self, client):
        make_network("c40", website="https://c40.example/", funders=["rich"], aliases=["Forty"])
        before = editing.TABLES["networks"].row(Network.objects.get())
        sent = form_of(client, self.PAGE) | {"summary": "Mayors.", "reason": REASON}
        assert "are published" in post(client, self.PAGE, **sent)
        after = editing.TABLES["networks"].row(Network.objects.get())
        assert after == before | {"summary": "Mayors."}

    def test_lists_are_written_one_per_line_by_id_or_name(self, client):
        make_network("c40")
        make_focus_area("migration", name="Migration and refuge")
        make_funder("rich", name="The Rich")
        sent = form_of(client, self.PAGE) | {
            "focus_areas": "Migration and refuge\r\nclimate",
            "funders": "The Rich",
            "aliases": "C 40\r\n\r\nForty",
            "reason": REASON,
        }
        post(client, self.PAGE, **sent)
        row = editing.TABLES["networks"].row(Network.objects.get())
        assert row["focus_areas"] == ["migration", "climate"]
        assert row["funders"] == ["rich"]
        assert row["aliases"] == ["C 40", "Forty"]

    def test_names_by_language_are_added_changed_and_taken_away(self, client):
        city = make_city("bergen-no")
        make_label(city, "de", "Bergen")
        make_label(city, "fr", "Berguen")
        page = "/editors/records/cities/bergen-no/"
        sent = form_of(client, page) | {"names": "fr: Berguène\r\nru: Берген", "reason": REASON}
        post(client, page, **sent)
        labels = dict(city.labels.values_list("language", "name"))
        assert labels == {"fr": "Berguène", "ru": "Берген"}

    def test_a_language_that_is_none_is_refused_beside_the_names(self, client):
        make_city("bergen-no")
        page = "/editors/records/cities/bergen-no/"
        sent = form_of(client, page) | {"names": "the local one: Bjørgvin", "reason": REASON}
        html = post(client, page, **sent)
        assert 'id="id_names_error"' in html
        assert "Bjørgvin" in html

    def test_nothing_changed_is_nothing_published(self, client, django_assert_num_queries):
        make_network("c40")
        sent = form_of(client, self.PAGE) | {"reason": REASON}
        assert "Nothing was changed" in post(client, self.PAGE, **sent)

    def test_what_another_editor_changed_meanwhile_is_not_overwritten(self, client, editor):
        make_network("c40", summary="Old.", website="https://old.example/")
        sent = form_of(client, self.PAGE)
        editing.edit_record(
            actor=editor,
            table="networks",
            record="c40",
            values={"summary": "Theirs.", "website": "https://theirs.example/"},
            reason=REASON,
        )
        html = post(client, self.PAGE, **sent | {"summary": "Mine.", "reason": REASON})
        assert "Meanwhile somebody changed this to “Theirs.”" in html
        assert Network.objects.get().summary == "Theirs."
        post(client, self.PAGE, **sent | {"acronym": "C", "reason": REASON})
        network = Network.objects.get()
        assert (network.acronym, network.website) == ("C", "https://theirs.example/")

    def test_what_the_rules_refuse_stands_beside_the_field(self, client):
        make_network("c40")
        sent = form_of(client, self.PAGE) | {"founded": "long ago", "reason": REASON}
        html = post(client, self.PAGE, **sent)
        assert 'id="id_founded_error"' in html
        assert "long ago" in html

    def test_what_is_written_is_shown_as_text(self, client):
        make_network("c40")
        evil = "<script>alert(1)</script>"
        sent = form_of(client, self.PAGE) | {"summary": evil, "reason": REASON}
        assert evil not in post(client, self.PAGE, **sent)
        assert Network.objects.get().summary == evil

    @pytest.mark.parametrize("table", ["focus_areas", "funders"])
    def test_focus_areas_and_funders_are_edited_too(self, client, table):
        make_focus_area("climate")
        make_funder("climate")
        page = f"/editors/records/{table}/climate/"
        post(client, page, **form_of(client, page) | {"name": "Weather", "reason": REASON})
        model = FocusArea if table == "focus_areas" else Funder
        assert model.objects.get().name == "Weather"


class TestMaking:
    def test_a_city_is_made(self, client):
        make_city("oslo-no", latitude=10, longitude=10)
        html = post(
            client,
            "/editors/records/cities/new/",
            name="Voss",
            country="NO",
            latitude="60.63",
            longitude="6.42",
            reason=REASON,
        )
        assert "It is published" in html
        assert City.objects.get(slug="voss-no").latitude == 60.63

    def test_a_lookalike_is_named_and_overruled_once_it_was_seen(self, client):
        make_city("voss-no", latitude=60.63, longitude=6.42)
        said = {"name": "Voss", "id": "vossevangen-no", "country": "NO", "reason": REASON}
        said |= {"latitude": "60.63", "longitude": "6.42"}
        html = post(client, "/editors/records/cities/new/", **said)
        assert 'href="/cities/voss-no/"' in html
        assert City.objects.count() == 1
        post(client, "/editors/records/cities/new/", **said, is_distinct="on")
        assert City.objects.filter(slug="vossevangen-no").exists()

    def test_a_network_needs_a_source(self, client):
        make_focus_area("climate")
        make_city("oslo-no")
        said = {"name": "Sea Cities", "status": "active", "kind": "association"}
        said |= {"scope": "global", "members_are": "cities", "joining": "unknown", "fee": "unknown"}
        said |= {"regions": "World", "focus_areas": "climate", "summary": "By the sea."}
        said |= {"reason": REASON}
        make_network("other")
        assert 'id="id_sources_error"' in post(client, "/editors/records/networks/new/", **said)
        post(client, "/editors/records/networks/new/", **said, sources="https://sea.example/about")
        assert Network.objects.get(slug="sea-cities").sources == ["https://sea.example/about"]

    def test_which_regions_there_are_is_said_beside_the_field(self, client):
        make_network("c40", regions=["Europe"])
        html = client.get("/editors/records/networks/new/").content.decode()
        assert re.search(r"One per line, of these: [^<]*Europe", html)

    @pytest.mark.parametrize(("table", "model"), [("focus_areas", FocusArea), ("funders", Funder)])
    def test_focus_areas_and_funders_are_made(self, client, table, model):
        post(client, f"/editors/records/{table}/new/", name="Night Life", reason=REASON)
        assert model.objects.get().slug == "night-life"


class TestRenaming:
    def test_the_former_address_leads_to_the_new_one(self, client):
        make_city("bergen-no")
        post(client, "/editors/records/cities/bergen-no/rename/", new="bjorgvin-no", reason=REASON)
        assert City.objects.get().slug == "bjorgvin-no"
        assert client.get("/cities/bergen-no/").headers["Location"] == "/cities/bjorgvin-no/"

    def test_an_id_that_another_record_has_is_refused_beside_the_field(self, client):
        make_city("bergen-no")
        make_city("oslo-no")
        page = "/editors/records/cities/bergen-no/rename/"
        html = post(client, page, new="oslo-no", reason=REASON)
        assert 'id="id_new_error"' in html
        assert City.objects.filter(slug="bergen-no").exists()


class TestEnding:
    def test_a_network_ends_in_a_year(self, client):
        make_network("c40")
        post(client, "/editors/records/networks/c40/end/", ended="2024", reason=REASON)
        assert (Network.objects.get().status, Network.objects.get().ended) == ("ended", 2024)

    def test_a_network_becomes_part_of_another(self, client):
        make_network("c40")
        make_network("gcom", name="Global Covenant")
        post(
            client,
            "/editors/records/networks/c40/end/",
            successor="Global Covenant",
            reason=REASON,
        )
        c40 = Network.objects.get(slug="c40")
        assert (c40.status, c40.merged_into.slug) == ("merged", "gcom")

    def test_a_municipal_merger_names_year_and_successor_and_keeps_the_page(self, client):
        make_city("os-no", name="Os")
        make_city("bjornafjorden-no", name="Bjørnafjorden")
        post(
            client,
            "/editors/records/cities/os-no/end/",
            ended="2020",
            successor="Bjørnafjorden",
            reason=REASON,
        )
        os = City.objects.get(slug="os-no")
        assert (os.ended, os.successor.slug) == (2020, "bjornafjorden-no")
        assert client.get("/cities/os-no/").status_code == 200

    def test_a_successor_that_nobody_knows_is_said_beside_the_field(self, client):
        make_network("c40")
        page = "/editors/records/networks/c40/end/"
        html = post(client, page, successor="Qqqq", reason=REASON)
        assert "No network here is called “Qqqq”" in html
        assert Network.objects.get().status == "active"

    def test_only_networks_and_cities_end(self, client):
        make_funder("rich")
        assert client.get("/editors/records/funders/rich/end/").status_code == 404


class TestMerging:
    PAGE = "/editors/records/networks/c40/merge/"

    @pytest.fixture
    def twins(self):
        make_network("c40", name="C40 Cities", website="", summary="Ours.")
        make_network("c-forty", name="C Forty", website="https://c40.example/", summary="Theirs.")
        make_membership("c-forty", "bergen-no")

    def test_the_duplicate_is_chosen_by_name_and_what_the_two_become_is_shown(self, client, twins):
        html = client.get(self.PAGE, {"other": "C Forty"}).content.decode()
        assert "C40 Cities stays, C Forty goes" in html
        assert "https://c40.example/" in html
        assert "Ours." in html
        assert "Theirs." in html
        assert Network.objects.count() == 2

    def test_they_become_one_with_the_values_that_were_chosen(self, client, twins):
        post(client, self.PAGE, other="c-forty", summary="duplicate", reason=REASON)
        network = Network.objects.get()
        assert (network.slug, network.summary) == ("c40", "Theirs.")
        assert network.website == "https://c40.example/"
        assert Membership.objects.get().network == network
        assert client.get("/networks/c-forty/").headers["Location"] == "/networks/c40/"

    def test_without_a_reason_nothing_is_merged(self, client, twins):
        assert "This field is required" in post(client, self.PAGE, other="c-forty")
        assert Network.objects.count() == 2

    def test_a_record_is_no_duplicate_of_itself(self, client, twins):
        html = client.get(self.PAGE, {"other": "c40"}).content.decode()
        assert "This is the record itself" in html

    def test_cities_are_merged_too(self, client):
        make_city("bergen-no")
        make_city("bergen-2-no", population=7)
        page = "/editors/records/cities/bergen-no/merge/"
        post(client, page, other="bergen-2-no", population="duplicate", reason=REASON)
        assert City.objects.get().population == 7
        assert Redirect.objects.get().new_slug == "bergen-no"

    @pytest.mark.parametrize(
        ("table", "make", "model"),
        [("focus_areas", make_focus_area, FocusArea), ("funders", make_funder, Funder)],
    )
    def test_focus_areas_and_funders_are_merged_too(self, client, table, make, model):
        make("music", name="Music")
        make("musik", name="Musik")
        page = f"/editors/records/{table}/music/merge/"
        assert "Music stays, Musik goes" in client.get(page, {"other": "musik"}).content.decode()
        post(client, page, other="musik", reason=REASON)
        assert model.objects.get().slug == "music"
