"""The directory in figures."""

import datetime

import pytest

from directory.insights.figures import directory_figures
from tests.factories import make_city, make_country, make_membership, make_network

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)


def test_figures_count_public_records():
    make_country("SE")
    make_network("without-members")
    make_membership("mayors", make_city("bergen-no"), source_year=None)
    make_membership("mayors", "oslo-no", left="2009", standing="unverified")
    figures = directory_figures(day=DAY)
    assert (figures.networks, figures.cities, figures.member_countries) == (2, 2, 1)
    assert (figures.memberships, figures.current) == (2, 1)
    assert (figures.statements, figures.undated_statements) == (2, 1)
    assert figures.without_members == 1
    assert figures.standing == {"sourced": 1, "unverified": 1}
