"""Addresses of lists keep what their page knows, and leave out the rest."""

import pytest
from django.http import QueryDict

from directory.web.addresses import Address

KNOWN = ["q", "scope", "page"]


def address(query):
    return Address.of("/networks/", QueryDict(query), KNOWN)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("", "/networks/"),
        ("utm_source=x&q=climate", "/networks/?q=climate"),
        ("q=&scope=", "/networks/"),
        ("page=2&scope=national&scope=global", "/networks/?scope=national&scope=global&page=2"),
        ("scope=global&scope=global", "/networks/?scope=global"),
        ("q=a%26b%3Dc", "/networks/?q=a%26b%3Dc"),
    ],
)
def test_only_known_filled_parameters_are_kept_in_their_order(asked, kept):
    assert str(address(asked)) == kept


def test_a_value_is_taken_off_without_its_neighbours_and_leads_to_the_first_page():
    filtered = address("scope=national&scope=global&page=3")
    assert str(filtered.without_value("scope", "global")) == "/networks/?scope=national"


def test_a_parameter_is_set_to_one_value():
    assert str(address("q=a&scope=global").having("scope", "national")) == (
        "/networks/?q=a&scope=national"
    )
