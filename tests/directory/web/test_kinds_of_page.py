"""Every kind of page shows real facts, to everyone the same, at a known cost."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import resolve

from directory.accounts.languages import without_language
from directory.web.urls import urlpatterns
from tests.browser.pages import PAGES
from tests.directory.web.kinds_of_page import KINDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]

each_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind.path for kind in KINDS])


@pytest.fixture(autouse=True)
def released(request):
    """A release for the pages that list them; the others wait for no row to be written."""
    kind = request.node.callspec.params.get("kind") if hasattr(request.node, "callspec") else None
    if kind is None or kind.path.startswith("/data/"):
        request.getfixturevalue("listed_release")


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.html = html
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def named(self, tag):
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(scope="module")
def pages():
    """What was read, since nothing changes between these tests: answers and their elements."""
    return {}


@pytest.fixture
def read(client, pages):
    def read(kind):
        if kind.path not in pages:
            response = client.get(kind.path)
            assert response.status_code == 200
            pages[kind.path] = response, Elements(response.content.decode())
        return pages[kind.path]

    return read


@each_kind
def test_shows_a_real_fact(read, kind):
    _response, elements = read(kind)
    assert kind.shows in elements.html


@each_kind
def test_takes_a_known_number_of_queries(client, kind, django_assert_num_queries):
    client.get(kind.path)  # Builds what search keeps in memory per revision.
    with django_assert_num_queries(kind.queries):
        client.get(kind.path)


@each_kind
def test_is_the_same_for_everyone(read, kind):
    response, elements = read(kind)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrf" not in elements.html.lower()


@each_kind
def test_has_no_inline_script_or_style(read, kind):
    _response, elements = read(kind)
    assert not elements.named("style")
    for script in elements.named("script"):
        # Linked data are data: a browser runs what has one of the types of scripts alone.
        assert script == {"type": "application/ld+json"} or "src" in script
    for tag, attributes in elements.found:
        assert "style" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on")], tag


@each_kind
def test_says_what_it_is(read, kind):
    _response, elements = read(kind)
    assert elements.named("html")[0]["lang"] == "en"
    assert len(elements.named("h1")) == 1
    assert re.search(r"<title>\S.* · CityNet</title>", elements.html)
    assert [meta for meta in elements.named("meta") if meta.get("name") == "description"]
    canonical = [link for link in elements.named("link") if link.get("rel") == "canonical"]
    assert len(canonical) == 1
    assert canonical[0]["href"].startswith("http://localhost:8000/")


@each_kind
def test_ids_are_unique(read, kind):
    _response, elements = read(kind)
    ids = [attributes["id"] for _tag, attributes in elements.found if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_titles_and_descriptions_differ_between_kinds(read):
    titles = {}
    # As of a day a page is about the same as today.
    for kind in (kind for kind in KINDS if "as_of" not in kind.path):
        _response, elements = read(kind)
        titles[kind.path] = re.search(r"<title>(.*?)</title>", elements.html, re.DOTALL)[1]
    assert len(set(titles.values())) >= len(titles) - 4, titles


# For frames of others, which test_cards.py looks at.
CARDS = {"network-card", "city-card"}
NOT_A_PAGE = {
    "suggest": "JSON",
    "changes-feed": "Atom",
    "network-feed": "Atom",
    "city-feed": "Atom",
    "network-map": "JSON",
    "cities-map": "JSON",
    "compare-cities-map": "JSON",
    "compare-networks-map": "JSON",
    "focus-area-map": "JSON",
    "latest-release": "a redirect",
}


@pytest.mark.parametrize("paths", [[kind.path for kind in KINDS], PAGES], ids=["here", "browser"])
def test_no_kind_of_page_is_forgotten(paths):
    tested = {
        resolve(without_language(path.partition("?")[0])).url_name
        for path in paths
        if "no-such-page" not in path
    }
    every = {pattern.name for pattern in urlpatterns}
    assert every - tested - CARDS == NOT_A_PAGE.keys()
