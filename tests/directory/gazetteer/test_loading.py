import pytest
from django.db import connection

from directory.gazetteer import loading
from directory.gazetteer.loading import load_places
from directory.history import current_revision
from directory.models import ChangeSet, Place, PlaceName
from tests.directory.gazetteer.places import DIVISIONS, EVERYWHERE, GHENT, MOSCOW, MOSCOW_IDAHO

pytestmark = pytest.mark.django_db


def load(places=EVERYWHERE, **options):
    return load_places(iter(places), divisions=DIVISIONS, reason="Gazetteer loaded", **options)


def names(place):
    return set(PlaceName.objects.filter(place=place.geonameid).values_list("name", "key"))


@pytest.fixture
def told(monkeypatch):
    """What the followers of change sets are told of cities, one set per change set."""
    heard = []
    monkeypatch.setattr(
        "directory.history.change_sets.followers",
        [lambda changes: heard.append(set(changes.touched["cities"]))],
    )
    return heard


def test_every_fact_of_a_place_is_stored():
    load([GHENT])
    place = Place.objects.get()
    assert (place.geonameid, place.name, place.country_code) == (2797656, "Gent", "BE")
    assert (place.admin1_code, place.admin1_name) == ("VLG", "Flanders")
    assert (place.latitude, place.longitude) == (51.05, 3.71667)
    assert (place.population, place.timezone) == (265086, "Europe/Brussels")


def test_a_place_is_found_by_its_own_and_its_other_names():
    load([GHENT])
    assert names(GHENT) == {
        ("Gent", "gent"),
        ("Gand", "gand"),
        ("Ghent", "ghent"),
        ("Гент", "гент"),
    }


def test_a_division_without_a_name_stays_without():
    load([MOSCOW_IDAHO])
    assert Place.objects.get().admin1_name == ""


@pytest.mark.parametrize(
    "odd", ['"quoted"', "comma, here", "back\\slash", "\\N", "\\.", "%s", "'; --", "NULL"]
)
def test_no_name_is_syntax_to_the_database(odd):
    load([GHENT._replace(name=odd, admin1_code="", timezone="", other_names=(f"{odd} 2",))])
    assert Place.objects.get().name == odd
    assert {name for name, _key in names(GHENT)} == {odd, f"{odd} 2"}


def test_a_load_is_one_change_set_that_moves_the_revision():
    before = current_revision()
    outcome = load()
    assert (outcome.added, outcome.places, outcome.names) == (3, 3, 7)
    assert current_revision() == before + 1
    assert ChangeSet.objects.get().reason == "Gazetteer loaded"


def test_a_second_load_changes_nothing():
    load()
    revision, ids = current_revision(), set(PlaceName.objects.values_list("pk", flat=True))
    outcome = load(reversed(EVERYWHERE))
    assert not outcome.is_news
    assert outcome.unchanged == 3
    assert current_revision() == revision
    assert set(PlaceName.objects.values_list("pk", flat=True)) == ids


def test_only_what_differs_is_written():
    load()
    kept = set(PlaceName.objects.filter(place=MOSCOW.geonameid).values_list("pk", flat=True))
    outcome = load([MOSCOW, GHENT._replace(other_names=("Gand",)), MOSCOW_IDAHO])
    assert (outcome.added, outcome.changed, outcome.removed, outcome.unchanged) == (0, 1, 0, 2)
    assert names(GHENT) == {("Gent", "gent"), ("Gand", "gand")}
    assert set(PlaceName.objects.filter(place=MOSCOW.geonameid).values_list("pk", flat=True)) == (
        kept
    )


@pytest.mark.parametrize(
    "fact", [{"population": 1}, {"latitude": 51.06}, {"name": "Ghent"}, {"timezone": ""}]
)
def test_any_other_fact_is_a_change(fact):
    load([GHENT])
    assert load([GHENT._replace(**fact)]).changed == 1


def test_another_name_of_a_division_is_a_change():
    load([GHENT])
    again = load_places([GHENT], divisions={("BE", "VLG"): "Vlaanderen"}, reason="Renamed")
    assert again.changed == 1
    assert Place.objects.get().admin1_name == "Vlaanderen"


def test_keys_follow_when_folding_changes():
    load([GHENT])
    PlaceName.objects.filter(name="Gand").update(key="an older key")
    assert load([GHENT]).changed == 1
    assert ("Gand", "gand") in names(GHENT)


def test_places_that_the_gazetteer_lacks_go_with_their_names():
    load()
    assert load([GHENT]).removed == 2
    assert list(Place.objects.values_list("name", flat=True)) == ["Gent"]
    assert set(PlaceName.objects.values_list("place", flat=True)) == {GHENT.geonameid}


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_the_size_of_batches_makes_no_difference(monkeypatch, batch):
    monkeypatch.setattr(loading, "BATCH", batch)
    counts = []
    assert load(progress=counts.append).added == 3
    assert counts[-1] == 3
    assert load([MOSCOW]).removed == 2
    assert PlaceName.objects.count() == 2


def test_a_gazetteer_that_breaks_off_leaves_the_older_one(monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 1)
    load([GHENT])
    revision = current_revision()

    def broken():
        yield MOSCOW
        yield GHENT._replace(population=1)
        raise EOFError

    with pytest.raises(EOFError):
        load(broken())
    assert Place.objects.get().population == GHENT.population
    assert len(names(GHENT)) == 4
    assert current_revision() == revision


def test_cities_whose_place_changed_are_told_to_the_followers(city_in_ghent, told):
    load()
    load([GHENT, MOSCOW._replace(population=1)])
    load([GHENT._replace(other_names=()), MOSCOW])
    load([MOSCOW])
    assert told == [{city_in_ghent.slug}, set(), {city_in_ghent.slug}, {city_in_ghent.slug}]


def test_a_city_keeps_its_link_when_the_place_goes(city_in_ghent):
    load()
    load([MOSCOW])
    city_in_ghent.refresh_from_db()
    assert city_in_ghent.geonameid == GHENT.geonameid


def test_an_unchanged_load_takes_few_queries_whatever_its_places(django_assert_num_queries):
    load()
    savepoints, lock = 2, connection.vendor == "postgresql"
    places_names_and_ids = 3
    with django_assert_num_queries(savepoints + lock + places_names_and_ids):
        load()
