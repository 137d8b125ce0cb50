"""The style guide shows the tokens and parts that pages are made of, as they are."""

import re

import pytest
from django.conf import settings

from directory.web import styleguide
from directory.web.stylesheets import FOLDER, rules, tokens
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    make_membership(make_network("north", name="Cities of the North"), make_city("bergen-no"))
    return client.get("/styleguide/").content.decode()


def test_it_is_there_for_developers_and_not_for_search_engines(client):
    response = client.get("/styleguide/")
    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "/styleguide/" not in client.get("/sitemap-pages.xml").content.decode()
    assert client.get("/fr/styleguide/").status_code == 404
    assert "hreflang" not in response.content.decode()


def test_it_is_there_before_there_is_any_record(client):
    assert client.get("/styleguide/").status_code == 200


def test_every_token_stands_on_it_with_its_values(page):
    source = (FOLDER / "tokens.css").read_text(encoding="utf-8")
    names = set(re.findall(r"^  --([a-z0-9-]+):", source, re.MULTILINE))
    assert set(tokens()) == names
    for token in tokens().values():
        assert page.count(f"<code>--{token.name}</code>") == 1
    shown = {*re.findall(r"<code>(#[0-9a-f]+)</code>", page)}
    assert shown == set(re.findall(r"#[0-9a-f]{3,8}\b", source))


def test_each_token_is_of_one_kind():
    kinds = [styleguide.colours(), styleguide.sizes(), styleguide.spaces(), styleguide.others()]
    names = [token.name for kind in kinds for token in kind]
    assert sorted(names) == sorted(tokens())
    assert all(kinds)


def test_every_colour_has_one_for_the_dark():
    assert [token.name for token in styleguide.colours() if not token.dark] == []
    assert tokens()["paper"].light == "#fff"
    assert tokens()["paper"].dark != "#fff"


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.css")))
def test_a_colour_is_written_in_the_tokens_alone(name):
    if name in ("tokens.css", "print.css"):
        return
    literal = re.compile(r"(?<![\w-])#[0-9a-f]{3,8}\b")
    found = {(rule.selector, *literal.findall(rule.body)) for rule in rules(name)}
    # What is printed on paper, and codes for cameras, are dark on white whatever the scheme.
    allowed = {".code-picture", ".map-land"}
    assert {each for each in found if len(each) > 1 and each[0] not in allowed} == set()


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.css")))
def test_every_token_that_is_used_exists(name):
    own = set(re.findall(r"--([a-z0-9-]+):", "".join(rule.body for rule in rules(name))))
    used = {each for rule in rules(name) for each in re.findall(r"var\(--([a-z0-9-]+)", rule.body)}
    assert used - own - set(tokens()) == set()


def test_states_are_shown_by_the_rules_of_the_stylesheets():
    shown = styleguide.shown_stylesheet()
    [hover] = [rule for rule in rules("base.css") if rule.selector == "a:hover"]
    assert f"a.is-hover {{ {' '.join(hover.body.split())} }}" in shown
    assert ".is-focus-visible { outline:" in shown
    for state in styleguide.STATES:
        assert not re.search(rf"{state}(?![\w-])", shown)


def test_conditions_of_a_rule_stay_with_its_state(tmp_path, monkeypatch):
    (tmp_path / "one.css").write_text(
        "@media print { /* no { braces */ a:hover, b:not(i, a:hover), b { color: red; top: 0 } }"
    )
    monkeypatch.setattr("directory.web.stylesheets.FOLDER", tmp_path)
    monkeypatch.setattr(styleguide, "SHEETS", ("one.css",))
    [shown] = styleguide._states()
    assert shown == "@media print { a.is-hover, b:not(i, a.is-hover) { color: red; top: 0 } }"


def test_both_schemes_hold_all_colours():
    light, dark, *_others = styleguide.shown_stylesheet().splitlines()
    for token in styleguide.colours():
        assert f"--{token.name}: {token.light};" in light
        assert f"--{token.name}: {token.dark};" in dark


def test_parts_are_those_of_the_pages_and_records_those_of_the_directory(page):
    assert page.count("Cities of the North</a>") == 3
    assert page.count('class="hole"') == 3
    assert page.count('<td class="hole">') == 3
    assert 'lang="ar" dir="rtl"' in page
    assert 'aria-invalid="true"' in page
    assert "Remove filter Scope: global" in page
    assert page.count("disabled>") >= 6


@pytest.mark.parametrize("address", ["/styleguide/", "/styleguide/shown.css"])
def test_it_is_kept_and_asked_for_like_a_page(client, address):
    response = client.get(address)
    assert response["Cache-Control"] == "public, no-cache"
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_every_part_of_the_style_guide_is_used_by_a_page():
    templates = settings.BASE_DIR / "templates"
    parts = (templates / "styleguide").glob("*.html")
    shown = {each for part in parts for each in re.findall(r'include "([^"]+)"', part.read_text())}
    elsewhere = "".join(
        path.read_text() for path in templates.rglob("*.html") if path.parent.name != "styleguide"
    )
    tags = "".join(path.read_text() for path in (settings.BASE_DIR / "directory/web").rglob("*.py"))
    unused = {
        name
        for name in shown
        if not name.startswith("styleguide/") and f'"{name}"' not in elsewhere + tags
    }
    assert unused == set()
