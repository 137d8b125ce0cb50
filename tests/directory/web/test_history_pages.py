"""Pages of what changed: field by field, with reason and office, and never with a person."""

import pytest

from directory.datapackage.reverting import revert
from directory.history import change_set
from directory.models import ChangeSet, Network, Redirect
from directory.models.choices import Origin
from tests.factories import make_city, make_funder, make_membership, make_network, writing

pytestmark = pytest.mark.django_db


def test_what_a_reader_suggested_says_so_and_not_which_suggestion(client):
    city = make_city("bergen-no")
    opened = change_set(origin=Origin.WEB, office="Editors", reason="Minutes")
    with opened as changes, changes.suggested_in(987654):
        city.population = 5
        city.save()
    revision = ChangeSet.objects.latest("revision").revision
    shown = client.get(f"/changes/{revision}/").content.decode()
    assert shown.count("suggested by a reader") == 1
    assert "987654" not in shown
    assert "suggested by a reader" in client.get("/cities/bergen-no/history/").content.decode()
    before = client.get(f"/changes/{revision - 1}/").content.decode()
    assert "suggested by a reader" not in before


def by_bergen(reason="A better summary"):
    return change_set(
        origin=Origin.WEB, reason=reason, actor="person-4711", office="City of Bergen"
    )


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def changed_network():
    network = make_network("mayors", summary="Old words.", joining="unknown", funders=["a-fund"])
    with by_bergen():
        network.summary = "New words."
        network.joining = "open"
        network.save()
        network.funders.add(make_funder("b-fund", name="The B Fund"))
    return network


@pytest.mark.parametrize("name", ["network", "city", "membership", "after", "table"])
def test_an_id_that_can_be_none_is_refused(client, name):
    make_city("bergen-no")
    assert client.get("/changes/1/", {name: "cities/a\0b"}).status_code == 400


def test_each_field_says_what_it_said_before_and_after(client):
    changed_network()
    shown = page(client, "/networks/mayors/history/")
    assert "What it does" in shown
    assert "before: </span>Old words.</del>" in shown
    assert "after: </span>New words.</ins>" in shown
    assert "How a city becomes a member" in shown
    assert "open to all" in shown
    assert '<a href="/funders/b-fund/">The B Fund</a>' in shown


def test_a_change_names_day_office_reason_and_revision_but_no_person(client):
    changed_network()
    for path in ("/networks/mayors/history/", "/changes/2/", "/changes/", "/networks/mayors/feed/"):
        shown = page(client, path)
        assert "City of Bergen" in shown
        assert "A better summary" in shown
        assert "/changes/2/" in shown or "Revision 2" in shown
        assert "4711" not in shown


def test_text_from_the_log_is_never_markup(client):
    with by_bergen("<script>alert(1)</script>"):
        make_city("bergen-no", name="<b>Bergen</b>")
    for path in ("/cities/bergen-no/history/", "/changes/1/", "/changes/", "/changes/feed/"):
        shown = page(client, path)
        assert "<script>alert" not in shown
        assert "<b>Bergen" not in shown


@pytest.mark.parametrize(
    "path", ["/networks/mayors/", "/cities/bergen-no/", "/memberships/{membership}/"]
)
def test_records_lead_to_their_history(client, path):
    membership = make_membership("mayors", "bergen-no")
    path = path.format(membership=membership.public_id)
    assert f'href="{path}history/"' in page(client, path)
    assert "Data of a test" in page(client, f"{path}history/")


def test_what_a_record_said_at_a_revision(client):
    changed_network()
    then = page(client, "/networks/mayors/history/?revision=1")
    assert "Old words." in then
    assert "New words." not in then
    assert "not known" in then
    make_city("bergen-no")
    before_it_was = page(client, "/cities/bergen-no/history/?revision=1")
    assert "At that revision there was no such record." in before_it_was


@pytest.mark.parametrize(
    ("query", "status"), [("revision=99", 404), ("revision=x", 400), ("before=0", 400)]
)
def test_revisions_that_are_none_are_refused(client, query, status):
    make_network("mayors")
    page(client, f"/networks/mayors/history/?{query}", status)


def test_a_history_is_paged_newest_first(client):
    make_network("mayors")
    for number in range(21):
        with by_bergen(f"Word {number:02}"):
            Network.objects.update(summary=f"Summary {number}.")
    first = page(client, "/networks/mayors/history/")
    assert first.index("Word 20") < first.index("Word 19")
    assert "Word 00" not in first
    assert 'rel="next" href="/networks/mayors/history/?before=3"' in first
    second = page(client, "/networks/mayors/history/?before=3")
    assert "Word 00" in second
    assert "Word 01" not in second
    assert 'rel="next"' not in second


def test_a_history_takes_as_many_queries_for_many_changes(client, django_assert_max_num_queries):
    with writing():
        make_network("mayors")
        for number in range(30):
            make_membership("mayors", f"city-{number:02}-no")
    for number in range(15):
        with by_bergen(f"Word {number}"):
            for membership in Network.objects.get().memberships.all()[: number + 1]:
                membership.joined = f"20{number:02}"
                membership.save()
    with django_assert_max_num_queries(9):
        shown = page(client, "/networks/mayors/history/")
    assert 'href="/changes/1/?network=mayors"' in shown
    assert "and 49 more records" in shown


def test_a_change_set_is_paged_and_grouped_by_table(client, django_assert_max_num_queries):
    with writing():
        make_network("mayors")
        for number in range(60):
            make_city(f"city-{number:02}-no")
    with django_assert_max_num_queries(8):
        first = page(client, "/changes/1/")
    assert "60 cities added" in first
    assert ">Cities</h2>" in first
    assert ">Networks</h2>" not in first
    assert "?after=cities%2Fcity-49-no" in first
    second = page(client, "/changes/1/?after=cities%2Fcity-49-no")
    assert "City 50" in second
    assert ">Networks</h2>" in second
    only = page(client, "/changes/1/?table=networks")
    assert "Mayors" in only
    assert "City 50" not in only


@pytest.mark.parametrize("query", ["?table=nonsense", "?after=nonsense", "?after=x/%00"])
def test_places_that_are_none_are_refused(client, query):
    make_network("mayors")
    page(client, f"/changes/1/{query}", 400)


def test_there_is_no_page_for_a_change_that_never_was(client):
    page(client, "/changes/1/", 404)


def test_the_list_of_changes_is_filtered_by_table_and_origin(client):
    make_funder()
    with by_bergen("A city"):
        make_city("bergen-no")
    assert "Data of a test" not in page(client, "/changes/?table=cities")
    assert "A city" not in page(client, "/changes/?origin=command")
    assert "No change fits." in page(client, "/changes/?table=labels")
    page(client, "/changes/?origin=nonsense", 400)
    page(client, "/changes/?before=x", 400)


def test_the_list_of_changes_is_paged(client):
    for number in range(52):
        make_funder(f"fund-{number:02}")
    assert 'rel="next" href="/changes/?before=3"' in page(client, "/changes/")
    assert 'rel="next"' not in page(client, "/changes/?before=3")


def test_a_change_that_was_taken_back_says_so_on_both_pages(client):
    changed_network()
    revert(ChangeSet.objects.get(revision=2), actor="x", office="CityNet", reason="Wrong")
    assert 'Taken back by revision 3: <a href="/changes/3/">Wrong</a>' in page(
        client, "/changes/2/"
    )
    assert '<a href="/changes/2/">See revision 2, which it takes back</a>' in page(
        client, "/changes/3/"
    )
    assert "takes back revision 2" in page(client, "/networks/mayors/history/")


def test_a_record_that_is_gone_keeps_its_history(client):
    city = make_city("bergen-no")
    with by_bergen("Not a city"):
        city.delete()
    page(client, "/cities/bergen-no/", 410)
    shown = page(client, "/cities/bergen-no/history/")
    assert "Not a city" in shown
    assert "No longer in the directory" in shown


@pytest.mark.parametrize("end", ["history/", "feed/"])
def test_a_former_address_leads_to_the_present_history(client, end):
    network = make_network("mayors")
    with by_bergen() as changes:
        changes.touch("networks", ["mayors"])
        network.slug = "majors"
        network.save()
        Redirect.objects.create(record_type="network", old_slug="mayors", new_slug="majors")
    response = client.get(f"/networks/mayors/{end}")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/networks/majors/{end}"
    assert "Data of a test" in page(client, "/networks/majors/history/")


@pytest.mark.parametrize(
    "path",
    ["/networks/nowhere/history/", "/cities/nowhere/feed/", "/memberships/m99999/history/"],
)
def test_there_is_no_history_of_what_never_was(client, path):
    page(client, path, 404)
