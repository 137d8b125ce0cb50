"""The index follows every write, also those of related records and in bulk."""

import datetime

import pytest

from directory.history import change_set
from directory.models import (
    City,
    CityTerm,
    Network,
    NetworkFocusArea,
    NetworkTerm,
    Place,
    PlaceName,
)
from directory.models.choices import Origin
from directory.models.text import sort_key
from directory.search import index
from directory.search.cities import CityCriteria, find_cities
from directory.search.criteria import NetworkCriteria
from directory.search.networks import find_networks
from tests.factories import (
    make_city,
    make_country,
    make_focus_area,
    make_funder,
    make_label,
    make_membership,
    make_network,
)

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 23)


def networks(text: str) -> list[str]:
    hits = find_networks(NetworkCriteria(text=text, exact=True), day=DAY)
    return [network.slug for network in hits.page(1, 10)]


def cities(text: str) -> list[str]:
    hits = find_cities(CityCriteria(City.objects.public(), text=text, exact=True), day=DAY)
    return [city.slug for city in hits.page(1, 10)]


def editing():
    return change_set(origin=Origin.COMMAND, reason="A test edits")


def test_a_new_network_is_found_at_once_and_a_renamed_one_by_its_new_name_alone():
    network = make_network("harbour-league", name="Harbour League")
    assert networks("harbour league") == ["harbour-league"]
    with editing():
        network.name = "Quay Union"
        network.save()
    assert networks("quay") == ["harbour-league"]
    assert networks("harbour league") == []


def test_a_focus_areas_new_synonym_finds_its_networks_and_those_of_its_children():
    parent = make_focus_area("inclusion")
    child = make_focus_area("lgbt-rights", parent=parent)
    make_network("rainbow", focus_areas=[child])
    assert networks("belonging") == networks("queer") == []
    with editing():
        child.synonyms = ["queer"]
        child.save()
        parent.synonyms = ["belonging"]
        parent.save()
    assert networks("queer") == networks("belonging") == ["rainbow"]


def test_related_records_carry_their_new_names_into_the_index():
    funder, country = make_funder("fund", name="Old Fund"), make_country("NO")
    make_network("payed", funders=[funder], countries=[country])
    make_city("bergen-no", name="Bergen")
    with editing():
        funder.name = "Sparkasse"
        funder.save()
        country.name = "Norge"
        country.save()
    assert networks("sparkasse") == networks("norge") == ["payed"]
    assert cities("bergen norge") == ["bergen-no"]


def test_labels_are_names():
    city, network = make_city("bergen-no", name="Bergen"), make_network("union", name="Union")
    make_label(city, "ru", "Берген")
    make_label(network, "fr", "Ligue des quais")
    assert cities("берген") == ["bergen-no"]
    assert networks("ligue des quais") == ["union"]


def test_bulk_writes_are_followed():
    one, two = make_network("one", name="Alpha One"), make_network("two", name="Alpha Two")
    with editing():
        Network.objects.update(summary="All about lighthouses.")
    assert networks("lighthouse") == ["one", "two"]
    with editing():
        one.acronym = two.acronym = "ALPHA"
        Network.objects.bulk_update([one, two], ["acronym"])
    assert networks("alpha") == ["one", "two"]
    with editing():
        NetworkFocusArea.objects.all().delete()
        NetworkFocusArea.objects.bulk_create(
            [NetworkFocusArea(network=one, focus_area=make_focus_area("peace"), rank=1)]
        )
    assert networks("peace") == ["one"]
    make_country("NO")
    with editing():
        City.objects.bulk_create(
            [City(slug="narvik-no", name="Narvik", country_id="NO", latitude=68.4, longitude=17.4)]
        )
    assert cities("narvik") == ["narvik-no"]


def test_a_write_that_is_undone_leaves_the_index_as_it_was():
    network = make_network("steady", name="Steady")

    def rename_and_fail():
        with editing():
            network.name = "Shaky"
            network.save()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rename_and_fail()
    assert networks("steady") == ["steady"]
    assert networks("shaky") == []


def test_memberships_find_networks_by_city_without_being_copied_into_their_terms():
    make_membership(make_network("league", name="League"), make_city("bergen-no", name="Bergen"))
    assert networks("bergen") == ["league"]
    assert not NetworkTerm.objects.filter(term="bergen").exists()


def test_the_names_of_the_gazetteer_find_a_city():
    place = Place.objects.create(
        geonameid=3161732,
        name="Bergen",
        country_code="NO",
        latitude=60.39,
        longitude=5.32,
        population=213585,
    )
    PlaceName.objects.create(place=place, name="Björgvin", key=sort_key("Björgvin"))
    make_city("bergen-no", name="Bergen", place=place)
    assert cities("bjorgvin") == ["bergen-no"]


def test_a_rebuilt_index_is_the_one_that_followed():
    make_membership(make_network("league", name="The League"), make_city("bergen-no"))
    make_label(City.objects.get(), "fr", "Bergue")

    def terms():
        return [
            list(model.objects.order_by("term").values_list("term", "weight"))
            for model in (NetworkTerm, CityTerm)
        ]

    followed = terms()
    index.rebuild()
    assert terms() == followed
    assert all(followed)
