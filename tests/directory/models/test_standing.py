"""A membership's standing follows from its statements, and from nothing else."""

import pytest

from directory.models.standing import Word, differ, ended_seen, standing


def word(voice: str = "source", says: str = "member", **fields: object) -> Word:
    defaults = {
        "joined": "",
        "left": "",
        "ended": False,
        "source_year": None,
        "checked": True,
        "made": "2026-11-01",
        "number": 1,
    }
    return Word(voice=voice, says=says, **defaults | fields)


NO = {"says": "not a member"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "unverified"),
        ([word(checked=False)], "unverified"),
        ([word("editor", checked=False)], "unverified"),
        ([word()], "sourced"),
        ([word("editor")], "sourced"),
        ([word(checked=False), word(number=2)], "sourced"),
        ([word(), word(checked=False, number=2)], "sourced"),
        ([word("city")], "confirmed"),
        ([word("network", checked=False)], "confirmed"),
        ([word("network", **NO)], "confirmed"),
        ([word("network"), word("city", number=2)], "confirmed"),
        ([word("network"), word("city", number=2, **NO)], "disputed"),
        ([word("source", **NO), word("city", number=2)], "confirmed"),
        ([word("network"), word("city", number=2, **NO), word("editor", number=3)], "confirmed"),
        ([word("network"), word("editor", number=2, **NO)], "sourced"),
        ([word("network"), word("editor", number=2), word("city", number=3, **NO)], "disputed"),
    ],
)
def test_standing_follows_from_the_statements(words, expected):
    assert standing(words) == expected


def test_only_the_latest_words_of_city_and_network_count():
    earlier = word("city", made="2025-01-01", number=9, **NO)
    assert standing([word("network"), word("city", number=2), earlier]) == "confirmed"


def test_of_two_words_of_one_day_the_later_number_is_the_latest():
    words = [word("network"), word("city", number=2), word("city", number=3, **NO)]
    assert standing(words) == "disputed"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {}, False),
        ({}, NO, True),
        (NO, NO, False),
        ({"joined": "2019"}, {}, False),
        ({"joined": "2019"}, {"joined": "2019-05"}, False),
        ({"joined": "2019"}, {"joined": "2020"}, True),
        ({"left": "2019"}, {}, True),
        ({"left": "2019"}, {"ended": True}, False),
        ({"left": "2019-01"}, {"left": "2019-02"}, True),
    ],
)
def test_words_differ_when_both_cannot_be_true(one, other, expected):
    assert differ(word(**one), word(**other)) is expected
    assert differ(word(**other), word(**one)) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], None),
        ([word(ended=True)], None),
        ([word(ended=True, source_year=2010), word(ended=True, source_year=2012)], 2012),
        ([word(source_year=2015), word(ended=True, source_year=2010)], 2010),
        ([word(source_year=2015)], 2015),
        ([word(source_year=2020, **NO), word(source_year=2015)], 2015),
    ],
)
def test_an_ended_membership_is_known_until_the_year_of_its_source(words, expected):
    assert ended_seen(words) == expected
