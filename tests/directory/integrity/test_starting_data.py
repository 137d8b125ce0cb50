"""The starting data agree with themselves."""

import pytest

from directory.integrity.checks import find_disagreements

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("starting_data"),
]


def test_nothing_disagrees_in_the_starting_data():
    assert list(find_disagreements()) == []
