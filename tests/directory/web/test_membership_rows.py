"""A row in a table of memberships is written once while it says the same, and shows all it says."""

import datetime

import pytest
from django.utils import translation

from directory.insights.members import members_of
from directory.web.membership_rows import CityPartner, MembershipRow, NetworkPartner
from directory.web.templatetags import citynet
from tests.factories import make_city, make_label, make_membership, make_network, make_statement

DAY = datetime.date(2026, 11, 29)
ROW = MembershipRow(
    key=7,
    network=None,
    city=CityPartner("bergen-no", "Bergen", False, None),
    role="member",
    founder=False,
    joined="2001",
    left="",
    ended=False,
    standing="sourced",
    as_of_answer=None,
    year=2020,
    unconfirmed=None,
    old=False,
)
NETWORK = NetworkPartner("north", "North & South", "active")
OTHERS = (
    *({"key": 8}, {"role": "observer"}, {"founder": True}, {"joined": "2002"}, {"left": "2010"}),
    *({"ended": True, "joined": ""}, {"standing": "unverified"}, {"as_of_answer": "possible"}),
    *({"year": None}, {"year": 2021}, {"unconfirmed": DAY}, {"old": True}),
    {"city": ROW.city._replace(slug="bergen-de")},
    {"city": ROW.city._replace(name="Bergen & Co")},
    {"city": ROW.city._replace(has_ended=True)},
    {"city": ROW.city._replace(has_ended=True, ended=2019)},
    {"city": None, "network": NETWORK},
    {"city": None, "network": NETWORK._replace(slug="south")},
    {"city": None, "network": NETWORK._replace(name="South")},
    {"city": None, "network": NETWORK._replace(status="dormant")},
)


def written(row, language="en"):
    with translation.override(language):
        return citynet._rows([row])


def test_whatever_a_row_says_is_shown():
    rows = {written(ROW), *(written(ROW._replace(**other)) for other in OTHERS)}
    assert len(rows) == 1 + len(OTHERS)


def test_a_row_is_written_in_the_language_of_the_page():
    assert "founder" in written(ROW._replace(founder=True))
    assert "founder" not in written(ROW._replace(founder=True), "fr")


def test_names_are_escaped():
    assert "North &amp; South" in written(ROW._replace(city=None, network=NETWORK))


@pytest.fixture
def renderings(monkeypatch):
    """How often a row is rendered from now on."""
    citynet._membership_row.cache_clear()
    rendered = []
    render = citynet.render_to_string

    def counted(template, context):
        rendered.append(template)
        return render(template, context)

    monkeypatch.setattr(citynet, "render_to_string", counted)
    return rendered


@pytest.mark.django_db
def test_only_what_has_changed_is_written_again(renderings):
    network = make_network("north")
    memberships = [make_membership(network, f"city-{number}-no") for number in range(3)]

    def rows():
        return citynet.rows_beside_network(
            members_of(network, day=DAY).current.page(), DAY, current=True
        )

    before = rows()
    assert (rows(), renderings.count("memberships/row.html")) == (before, 3)
    make_statement(memberships[1], voice="city")
    assert rows() != before
    assert renderings.count("memberships/row.html") == 4


@pytest.mark.django_db
def test_members_are_named_in_the_language_of_the_page():
    network = make_network("north")
    city = make_city("antwerp-be")
    make_membership(network, city)
    make_label(city, "fr", "Anvers")
    members = members_of(network, day=DAY).current.page()
    with translation.override("fr"):
        assert "Anvers" in citynet.rows_beside_network(members, DAY, current=True)
    assert "Anvers" not in citynet.rows_beside_network(members, DAY, current=True)
