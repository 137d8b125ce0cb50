"""Staff edit the facts of their own city or network, and nothing else of it."""

import pytest

from directory.history import current_revision
from directory.models import ChangeSet, Label
from directory.models.tables import TABLES
from directory.registration import facts
from directory.registration.problems import Invalid, NotAllowed
from tests.directory.registration.people import make_person, make_staff
from tests.factories import make_city, make_funder, make_label, make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def bergen():
    return make_city("bergen-no", name="Bergen")


@pytest.fixture
def north():
    return make_network("north", name="North")


def test_a_city_edits_its_website_and_names(bergen):
    make_label(bergen, "de", "Bärgen")
    make_label(bergen, "fr", "Bergen")
    edited = facts.edit_city(
        actor=make_staff(bergen),
        city=bergen,
        values={"website": "https://bergen.example/"},
        names={"de": "Bergen", "fr": "", "zh": "卑爾根"},
    )
    assert edited.website == "https://bergen.example/"
    labels = dict(Label.objects.values_list("language", "name"))
    assert labels == {"de": "Bergen", "zh": "卑爾根"}
    assert ChangeSet.objects.order_by("revision").last().office == "City of Bergen"


def test_a_network_edits_how_to_join_and_who_pays(north):
    make_funder("eu")
    edited = facts.edit_network(
        actor=make_staff(north),
        network=north,
        values={
            "joining": "open",
            "fee": "none",
            "funders": ["eu"],
            "stated_members": 40,
            "stated_members_as_of": 2026,
            "stated_members_source": "https://north.example/members",
        },
    )
    row = next(TABLES["networks"].rows(["north"]))
    assert (edited.joining, row["funders"], row["stated_members"]) == ("open", ["eu"], 40)


def test_a_stated_number_needs_its_source(north):
    with pytest.raises(Invalid) as refusal:
        facts.edit_network(actor=make_staff(north), network=north, values={"stated_members": 40})
    assert list(refusal.value.errors) == ["stated_members_source"]


def test_no_other_column_of_a_city_can_be_sent_along(bergen):
    staff, revision = make_staff(bergen), current_revision()
    for column in set(TABLES["cities"].column_names) - set(facts.CITY_FACTS):
        with pytest.raises(Invalid) as refusal:
            facts.edit_city(actor=staff, city=bergen, values={column: "x"})
        assert list(refusal.value.errors) == [column]
    assert current_revision() == revision


def test_no_other_column_of_a_network_can_be_sent_along(north):
    staff, revision = make_staff(north), current_revision()
    for column in set(TABLES["networks"].column_names) - set(facts.NETWORK_FACTS):
        with pytest.raises(Invalid) as refusal:
            facts.edit_network(actor=staff, network=north, values={column: "x"})
        assert list(refusal.value.errors) == [column]
    assert current_revision() == revision


@pytest.mark.parametrize("names", [{"German": "Bergen"}, {"de": "x" * 201}, {"de": "a\x00b"}])
def test_a_name_that_cannot_be_is_refused(names, bergen):
    with pytest.raises(Invalid):
        facts.edit_city(actor=make_staff(bergen), city=bergen, values={}, names=names)
    assert not Label.objects.exists()


def test_other_peoples_cities_are_theirs(bergen):
    for actor in (make_person(), make_staff(make_city())):
        with pytest.raises(NotAllowed):
            facts.edit_city(actor=actor, city=bergen, values={"website": ""})
