"""What columns accept before the database is asked."""

import pytest
from django.core.exceptions import ValidationError

from directory.models.fields import validate_slug, validate_text_list


@pytest.mark.parametrize("slug", ["bergen-no", "c40-cities", "a", "100-resilient-cities"])
def test_a_slug_is_lower_case_letters_digits_and_single_hyphens(slug):
    validate_slug(slug)


@pytest.mark.parametrize(
    "slug", ["", "Bergen", "a--b", "-a", "a-", "é", "a b", "a\n", "feed", "new"]
)
def test_other_text_and_the_reserved_words_are_no_slug(slug):
    with pytest.raises(ValidationError):
        validate_slug(slug)


def test_a_list_holds_short_lines():
    validate_text_list([])
    validate_text_list(["https://example.org/a%3Bb", "Städtenetz"])


@pytest.mark.parametrize(
    "items", ["text", [1], [""], ["  "], ["a;b"], ["x" * 501], ["two\nlines"], None, {"a": "b"}]
)
def test_anything_else_is_no_list_of_lines(items):
    with pytest.raises(ValidationError):
        validate_text_list(items)
