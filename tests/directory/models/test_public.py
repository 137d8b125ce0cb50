"""Columns that follow from others never stay behind, however they are written."""

import datetime

import pytest

from directory.history import change_set
from directory.models import City, Membership
from directory.models.choices import Origin
from tests.factories import make_city, make_membership

pytestmark = pytest.mark.django_db


def writing():
    return change_set(origin=Origin.WEB, reason="A test")


def test_saving_one_column_saves_what_follows_from_it():
    city = make_city("bergen-no", name="Bergen")
    city.name = "Åsane"
    with writing():
        city.save(update_fields=["name"])
    assert City.objects.get().name_key == "asane"


def test_a_bulk_update_of_one_column_writes_what_follows_from_it():
    membership = make_membership(joined="2001")
    membership.left = "2019"
    with writing():
        Membership.objects.bulk_update([membership], ["left"])
    assert Membership.objects.get().left_last_day == datetime.date(2019, 12, 31)


def test_an_update_that_would_leave_something_behind_is_refused():
    make_city("bergen-no", name="Bergen")
    with writing(), pytest.raises(ValueError, match="name_key would no longer fit"):
        City.objects.update(name="Åsane")
    with writing():
        City.objects.update(name="Åsane", name_key="asane")
    assert City.objects.get().name == "Åsane"


@pytest.mark.parametrize("model", [City, Membership])
def test_what_follows_is_named_by_real_columns(model):
    columns = {field.name for field in model._meta.concrete_fields}
    assert model.with_derived(model.derived) <= columns
