import pytest

from directory.downloads.columns import ANSWER, COLUMN_SETS, UnknownColumns
from directory.downloads.file_formats import formats_of
from directory.downloads.lists import FILTER_SETS

MEMBERSHIPS = COLUMN_SETS["memberships"]


def test_every_list_has_columns_and_filters():
    assert COLUMN_SETS.keys() == FILTER_SETS.keys()


@pytest.mark.parametrize("name", COLUMN_SETS)
def test_a_file_holds_every_column_of_the_data_package_and_more(name):
    columns = COLUMN_SETS[name]
    package = columns.table.column_names
    assert list(columns.by_name)[: len(package)] == package
    assert len(columns.by_name) == len(package) + len(columns.beside), "no name twice"
    assert columns.completed <= {column.name for column in columns.beside}
    assert all(column.description.endswith(".") for column in columns.by_name.values())


def test_columns_come_in_the_order_asked_for_and_each_once():
    chosen = MEMBERSHIPS.chosen(["left", "id", "left"])
    assert [column.name for column in chosen] == ["left", "id"]
    assert [column.name for column in MEMBERSHIPS.chosen([])] == list(MEMBERSHIPS.by_name)


def test_what_is_no_column_is_refused_by_name():
    with pytest.raises(UnknownColumns) as refusal:
        MEMBERSHIPS.chosen(["id", "mayor", "telephone"])
    assert refusal.value.names == ["mayor", "telephone"]


def test_only_what_lies_somewhere_becomes_geojson():
    with_map = {
        name for name in COLUMN_SETS if "geojson" in {each.extension for each in formats_of(name)}
    }
    assert with_map == {"cities", "memberships"}


@pytest.mark.parametrize("name", COLUMN_SETS)
def test_what_one_query_tells_is_what_a_record_says(name, starting_data):
    columns = COLUMN_SETS[name]
    stored = [
        column
        for column in columns.by_name.values()
        if column.lookup and column.name not in {*columns.completed, ANSWER}
    ]
    records = columns.table.model.objects.order_by("pk")[:200]
    rows = records.values_list(*(column.lookup for column in stored))
    for record, values in zip(records, rows, strict=True):
        for column, value in zip(stored, values, strict=True):
            told = column.from_stored(value) if column.from_stored else value
            assert told == column.read(record), f"{column.name} of {record}"


@pytest.mark.parametrize("name", ["memberships", "statements"])
def test_the_longest_lists_are_told_by_one_query(name):
    assert all(column.lookup for column in COLUMN_SETS[name].by_name.values())
