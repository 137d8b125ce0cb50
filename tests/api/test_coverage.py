"""Whatever is public is in the API: every model, every column; what is left out says why."""

import pytest
from django.apps import apps

from api.serializers.cities import CitySerializer
from api.serializers.lists import CountrySerializer, FocusAreaSerializer, FunderSerializer
from api.serializers.memberships import MembershipSerializer, StatementSerializer
from api.serializers.networks import NetworkSerializer
from directory.models.public import PublicRecord

SERIALIZERS = {
    "network": NetworkSerializer,
    "city": CitySerializer,
    "membership": MembershipSerializer,
    "statement": StatementSerializer,
    "focusarea": FocusAreaSerializer,
    "country": CountrySerializer,
    "funder": FunderSerializer,
}
WITHOUT_ENDPOINT = {
    "region": "named inside countries and networks; filters take its slug",
    "networkfocusarea": "the ranked focus areas inside a network",
    "label": "the names by language inside networks, cities and focus areas",
    "redirect": "a former id answers with a redirect",
}
# Columns that stand under another name, inside a field, or nowhere.
RENAMED = {
    "network.headquarters_city": "headquarters",
    "network.headquarters_country": "headquarters",
    "network.stated_members_as_of": "stated_members",
    "network.stated_members_source": "stated_members",
    "city.place": "geonameid",
}
LEFT_OUT = {
    "network.id": "the slug is the permanent id",
    "city.id": "the slug is the permanent id",
    "focusarea.id": "the slug is the permanent id",
    "funder.id": "the slug is the permanent id",
    "network.name_key": "made from the name, to sort by",
    "city.name_key": "made from the name, to sort by",
    "focusarea.name_key": "made from the name, to sort by",
    "funder.name_key": "made from the name, to sort by",
    "country.name_key": "made from the name, to sort by",
    "focusarea.position": "the order of the list",
    "membership.ended_seen": "made from the statements",
    "membership.joined_first_day": "made from `joined`",
    "membership.joined_last_day": "made from `joined`",
    "membership.left_first_day": "made from `left`",
    "membership.left_last_day": "made from `left`",
}


def public_models():
    return {
        model._meta.model_name: model
        for model in apps.get_app_config("directory").get_models()
        if issubclass(model, PublicRecord)
    }


def columns():
    for name in SERIALIZERS:
        meta = public_models()[name]._meta
        for field in (*meta.fields, *meta.many_to_many):
            yield f"{name}.{field.name}"


def test_every_public_model_has_an_endpoint_or_a_reason():
    assert not SERIALIZERS.keys() & WITHOUT_ENDPOINT.keys()
    assert set(public_models()) == SERIALIZERS.keys() | WITHOUT_ENDPOINT.keys()


@pytest.mark.parametrize("column", list(columns()))
def test_every_column_is_a_field_or_says_why_not(column):
    model, name = column.split(".")
    fields = SERIALIZERS[model]().get_fields()
    if column in LEFT_OUT:
        assert name not in fields, "it is there: take it off the list"
    elif column in RENAMED:
        assert name not in fields, "it is there: take it off the list"
        assert RENAMED[column] in fields
    else:
        assert name in fields


def test_no_reason_outlives_its_column():
    assert {*LEFT_OUT, *RENAMED} <= set(columns())
