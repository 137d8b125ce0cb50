"""The registry of tables holds every public field, and says what the models say."""

import pytest
from django.apps import apps
from django.db import models

from directory.models import NetworkFocusArea, Region
from directory.models.public import PublicRecord
from directory.models.tables import TABLES

PUBLIC_MODELS = [
    model
    for model in apps.get_app_config("directory").get_models()
    if issubclass(model, PublicRecord)
]

MODELS_WITHOUT_TABLE = {
    Region: "made from the region and subregion columns of countries",
    NetworkFocusArea: "the column focus_areas of networks",
}

SORT_KEY = "derived from the name"
DAYS = "derived from joined, left and ended"
INTERNAL_KEY = "the public id is the slug"
FIELDS_WITHOUT_COLUMN = {
    "City.id": INTERNAL_KEY,
    "City.name_key": SORT_KEY,
    "Country.name_key": SORT_KEY,
    "FocusArea.id": INTERNAL_KEY,
    "FocusArea.name_key": SORT_KEY,
    "Funder.id": INTERNAL_KEY,
    "Funder.name_key": SORT_KEY,
    "Label.id": "the public id is record and language",
    "Membership.ended_seen": "derived from the statements",
    "Membership.joined_first_day": DAYS,
    "Membership.joined_last_day": DAYS,
    "Membership.left_first_day": DAYS,
    "Membership.left_last_day": DAYS,
    "Network.id": INTERNAL_KEY,
    "Network.name_key": SORT_KEY,
    "Redirect.id": "the public id is record type and old id",
}

COLUMNS = [
    pytest.param(table, column, id=f"{table.name}-{column.name}")
    for table in TABLES.values()
    for column in table.columns
]


def field_of(table, column) -> models.Field | None:
    """Return the model field of a column that holds one as it stands."""
    name = column.fields[0].removesuffix("_id")
    if len(column.fields) > 1 or column.references or name == "region":
        return None
    return table.model._meta.get_field(name)


def test_every_public_model_has_a_table_or_a_reason():
    with_table = {table.model for table in TABLES.values()}
    assert with_table | MODELS_WITHOUT_TABLE.keys() == set(PUBLIC_MODELS)
    assert not with_table & MODELS_WITHOUT_TABLE.keys()


def test_every_public_field_is_in_a_column_or_has_a_reason():
    in_columns = {
        f"{table.model.__name__}.{name.removesuffix('_id') if name != 'id' else name}"
        for table in TABLES.values()
        for column in table.columns
        for name in column.fields
    }
    fields = {
        f"{table.model.__name__}.{field.name}"
        for table in TABLES.values()
        for field in (*table.model._meta.concrete_fields, *table.model._meta.many_to_many)
    }
    assert fields - in_columns == set(FIELDS_WITHOUT_COLUMN)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_column_is_described(table, column):
    assert column.description.endswith(".")


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_what_fits_a_cell_fits_the_database(table, column):
    field = field_of(table, column)
    if not isinstance(field, models.CharField):
        return
    if column.choices:
        assert column.choices.choices == field.choices
    elif not column.pattern:
        assert column.max_length == field.max_length


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_cell_may_be_empty_where_the_database_allows_it(table, column):
    field = field_of(table, column)
    if field is None or column.type == "boolean" or field.primary_key:
        return
    assert column.required == (not field.blank and not field.null)


def test_tables_stand_after_those_they_refer_to():
    seen = {"regions"}
    for table in TABLES.values():
        seen.add(table.name)
        assert {column.references for column in table.columns if column.references} <= seen
