"""Pages of lists: numbers that are none are refused, links lead to the neighbours."""

import pytest
from django.http import Http404, QueryDict

from directory.web.addresses import Address
from directory.web.paging import BadPageNumber, Pages, page_number


def pages(number, total, size=10):
    return Pages(Address.of("/cities/", QueryDict("q=a"), ["q"]), number, total, size)


@pytest.mark.parametrize("written", ["0", "-1", "1.5", "a", "٣", "1e3", "9999999", "01"])
def test_what_is_no_page_number_is_refused(written):
    with pytest.raises(BadPageNumber):
        page_number(QueryDict(mutable=True) | {"page": written})


@pytest.mark.parametrize(("query", "number"), [("", 1), ("page=", 1), ("page=12", 12)])
def test_without_a_number_the_first_page_is_meant(query, number):
    assert page_number(QueryDict(query)) == number


def test_an_empty_list_has_one_page():
    assert pages(1, 0).last == 1


def test_a_page_beyond_the_last_does_not_exist():
    with pytest.raises(Http404):
        pages(3, 20)


def test_neighbours_are_linked_and_the_first_page_has_no_number():
    middle = pages(2, 30)
    assert (middle.previous, middle.next) == ("/cities/?q=a", "/cities/?q=a&page=3")
    assert (middle.first_row, middle.stop) == (11, 20)


def test_long_lists_link_to_both_ends_and_the_neighbourhood():
    shown = [(number, bool(link)) for number, link in pages(10, 200).links]
    assert shown == [
        (1, True), (8, False), (9, True), (10, True), (11, True), (19, False), (20, True),
    ]  # fmt: skip


def test_a_gap_of_one_page_is_that_page():
    assert [(n, bool(link)) for n, link in pages(3, 200).links][:4] == [
        (1, True), (2, True), (3, True), (4, True),
    ]  # fmt: skip
