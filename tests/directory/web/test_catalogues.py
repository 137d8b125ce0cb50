"""Every message of the source has a translation, and none is made of something else."""

import ast
import re

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from directory.web import catalogues

LANGUAGES = catalogues.languages()
# What must stand in a translation just as it does in the source.
MARKS = re.compile(r"%\([A-Za-z_]+\)[sdif]|%%|%[sd]|\{[A-Za-z0-9_.!]*\}|</?[a-z][^<>]*>")
REASON = "Same as the source: "

each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def source():
    return {(message.text, message.context) for message in catalogues.messages()}


@pytest.fixture(scope="module")
def kept():
    return {
        language: [message for message in catalogues.read(language) if message.id]
        for language in LANGUAGES
    }


def texts(message):
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


def written(message):
    return list(message.id) if isinstance(message.id, tuple | list) else [message.id]


def test_the_source_is_read_whole(source):
    assert ("Coverage and gaps", None) in source
    assert ("About", "navigation") in source
    assert (
        ("%(count)d member city in common", "%(count)d member cities in common"),
        None,
    ) in source
    assert len(source) > 2500


def test_no_message_stands_in_an_f_string_where_it_is_not_found():
    assert [
        f"{path.relative_to(settings.BASE_DIR)}:{call.lineno}"
        for package in ("api", "citynet", "directory")
        for path in (settings.BASE_DIR / package).rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in catalogues.KEYWORDS
    ] == []


@each_language
def test_each_message_has_a_translation_and_nothing_else_is_kept(language, source, kept):
    found = {(_key(message), message.context) for message in kept[language]}
    assert source - found == set(), "run manage.py catalogues --update, then translate"
    assert found - source == set(), "run manage.py catalogues --update"


def _key(message):
    return tuple(message.id) if isinstance(message.id, tuple | list) else message.id


@each_language
def test_no_message_is_empty_or_unsure(language, kept):
    assert [message.id for message in kept[language] if not all(texts(message))] == []
    assert [message.id for message in kept[language] if message.fuzzy] == []


@each_language
def test_a_translation_that_equals_its_source_says_why(language, kept):
    unexplained = [
        message.id
        for message in kept[language]
        if message.string == message.id
        and not any(comment.startswith(REASON) for comment in message.user_comments)
    ]
    assert unexplained == []


@each_language
def test_placeholders_and_markup_stay_what_they_are(language, kept):
    wrong = []
    for message in kept[language]:
        known = {mark for text in written(message) for mark in MARKS.findall(text)}
        for text in texts(message):
            marks = set(MARKS.findall(text))
            # The form for one may leave its number out.
            needed = known if len(texts(message)) == 1 else set()
            if not needed <= marks <= known:
                wrong.append((message.id, text))
    assert wrong == []


@each_language
def test_each_number_has_its_form(language):
    catalogue = catalogues.read(language)
    count, _rule = catalogues.PLURAL_FORMS[language]
    assert catalogue.num_plurals == count
    for message in catalogue:
        if isinstance(message.id, tuple | list):
            assert len(texts(message)) == count


@each_language
def test_a_catalogue_says_who_has_reviewed_it(language):
    header = catalogues.read(language).header_comment
    assert catalogues.REVIEWED_BY.search(header)


def test_in_arabic_a_name_is_read_for_itself():
    with override("ar"):
        text = gettext("%(name)s in CityNet") % {"name": "100% Renewables"}
    assert "\u2068100% Renewables\u2069" in text


def test_no_address_and_nothing_within_a_tag_is_isolated():
    said = catalogues._isolated('<a href="/%(name)s/" title="%(city)s">%(name)s</a>: %(url)s')
    assert said == '<a href="/%(name)s/" title="%(city)s">\u2068%(name)s\u2069</a>: %(url)s'
