import json
from importlib import util

import pytest

from directory.gazetteer import source
from directory.gazetteer.places import GazetteerError

VILA = {
    "geonameid": 1,
    "name": "Vila",
    "latitude": 42.5,
    "longitude": 1,
    "countrycode": "AD",
    "population": 1418,
    "timezone": "Europe/Andorra",
    "admin1code": "03",
    "alternatenames": ["Вила", "", "Vila"],
}
SEAT = VILA | {"geonameid": 2, "name": "Ordino", "population": 0}


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package folder of our own; returns its file of places."""
    monkeypatch.setattr(source, "_data_folder", lambda: tmp_path)
    return tmp_path / source.FULLEST


def write(path, *members):
    path.write_text(json.dumps({str(member["geonameid"]): member for member in members}))


def ids(**wanted):
    return [place.geonameid for place in source.places(**wanted)]


def test_a_place_is_read_with_its_other_names(package):
    write(package, VILA)
    [place] = source.places(min_population=1000)
    assert place.name == "Vila"
    assert place.longitude == 1.0
    assert isinstance(place.longitude, float)
    assert place.other_names == ("Вила",)


def test_places_are_chosen_by_inhabitants_or_by_id(package):
    write(package, VILA, SEAT)
    assert ids(min_population=1418) == [1]
    assert ids(min_population=1419) == []
    assert ids(min_population=1419, also={2}) == [2]


def test_five_hundred_takes_small_seats_too(package):
    write(package, VILA, SEAT)
    assert ids(min_population=500) == [1, 2]


@pytest.mark.parametrize("chunk", [1, 7, 100, 1000])
def test_places_are_whole_wherever_a_chunk_ends(package, monkeypatch, chunk):
    monkeypatch.setattr(source, "CHUNK", chunk)
    write(package, VILA, SEAT, VILA | {"geonameid": 3, "name": 'A "quoted, {odd}" name'})
    assert ids(min_population=500) == [1, 2, 3]


def test_a_cut_off_file_is_refused(package):
    write(package, VILA, SEAT)
    package.write_text(package.read_text()[:-20])
    with pytest.raises(GazetteerError, match=r"cities500\.json: it ends in the middle of a place"):
        ids(min_population=500)


def test_a_place_without_a_field_is_named(package):
    write(package, {"geonameid": 7, "name": "Vila"})
    with pytest.raises(GazetteerError, match="place 7: KeyError"):
        ids(min_population=500)


def test_without_the_package_one_learns_how_to_install_it(monkeypatch):
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    with pytest.raises(source.SourceMissingError, match=r"pip install '\.\[gazetteer\]'"):
        ids(min_population=500)


def test_the_real_package_begins_with_places_that_read_well():
    places = source.places(min_population=100_000)
    found = {next(places).geonameid for _ in range(300)}
    assert len(found) == 300
