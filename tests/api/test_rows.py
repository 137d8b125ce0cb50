"""What lists write from plain values is what the serializer writes of each membership."""

import datetime

import orjson
import pytest
from django.http import QueryDict

from api.rows import FIELDS, MembershipRows
from api.serializers.memberships import MembershipSerializer
from api.serializers.search import FacetSerializer
from directory.models import Membership, Network
from directory.search.filters import NetworkFilter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]

TODAY = datetime.date(2026, 11, 29)
SETS = {
    "of one network": lambda: Membership.objects.filter(network__slug="eurocities"),
    "with dates": lambda: Membership.objects.exclude(joined=""),
    "ended": lambda: Membership.objects.exclude(left="", ended=False),
    "as of a day": lambda: Membership.objects.as_of(datetime.date(2015, 5, 5)).filter(id__lte=3000),
}


def from_serializer(memberships, only=None):
    records = memberships.select_related("network", "city__country").with_statements()
    written = MembershipSerializer(records, many=True, only=only, context={"day": TODAY}).data
    return orjson.loads(orjson.dumps(written))


def from_rows(memberships, only=None):
    rows = MembershipRows(only, TODAY)
    return orjson.loads(orjson.dumps(rows.written(rows.of(memberships))))


@pytest.mark.parametrize("some", SETS.values(), ids=SETS)
def test_rows_are_what_the_serializer_writes(some):
    memberships = some().order_by("id")[:900]
    assert from_rows(memberships) == from_serializer(memberships)
    assert len(memberships) > 100


def test_they_have_the_fields_of_the_serializer_in_its_order():
    assert list(FIELDS) == list(MembershipSerializer().get_fields())


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_alone_is_written_as_together(field):
    memberships = Membership.objects.order_by("-id")[:50]
    only = frozenset({field})
    assert from_rows(memberships, only) == from_serializer(memberships, only)


def test_columns_that_nobody_asked_for_are_not_read():
    sql = str(MembershipRows(frozenset({"id", "role"}), TODAY).of(Membership.objects.all()).query)
    assert "role" in sql
    assert "JOIN" not in sql


@pytest.mark.parametrize("asked", ["q=women", "q=climate&scope=global", "", "as_of=2015-05-05"])
def test_facets_and_records_of_a_search_are_what_their_serializers_write(get, asked):
    answer = get(f"search/?{asked}")
    hits = NetworkFilter(QueryDict(asked), Network.objects.public(), day=TODAY)
    assert hits.is_valid()
    facets = FacetSerializer(hits.hits().facets, many=True).data
    assert [each["name"] for each in answer["facets"]] == [each["name"] for each in facets]
    for ours, theirs in zip(answer["facets"], facets, strict=True):
        assert ours == orjson.loads(orjson.dumps(theirs, default=str))
    for network in answer["results"]:
        whole = get(f"networks/{network['slug']}/")
        if "as_of" not in asked:
            assert network == whole
    for city in (answer["cities"] or {"results": []})["results"]:
        assert city == get(f"cities/{city['slug']}/")
