import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(caller):
    response = caller.get("/api/docs/")
    assert response.status_code == 200
    return response.content.decode()


def test_every_address_and_record_has_its_place(page, get):
    schema = get("schema/")
    for path, methods in schema["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}</code>" in page
    for name, component in schema["components"]["schemas"].items():
        if component.get("type") == "object" and not name.startswith("Paginated"):
            assert f'id="record-{name.lower()}"' in page


@pytest.mark.parametrize(
    ("prefix", "title", "lists"),
    [
        ("", "The directory as JSON", "list of text"),
        ("/fr", "Le répertoire en JSON", "liste de texte"),
        ("/ar", "الدليل بصيغة JSON", "قائمة من نص"),
    ],
)
def test_it_is_there_in_each_language(caller, prefix, title, lists):
    response = caller.get(f"{prefix}/api/docs/")
    page = response.content.decode()
    assert response["Content-Language"] == (prefix[1:] or "en")
    assert f"<h1>{title}" in page
    assert lists in page
    assert 'hreflang="fr" href="http://localhost:8000/fr/api/docs/"' in page


def test_every_link_within_the_page_leads_somewhere(page):
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_nothing_runs_or_styles_inline(page):
    assert not re.findall(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+=", page)


def test_it_asks_for_nothing_but_the_version_and_sets_no_cookie(caller, django_assert_num_queries):
    caller.get("/api/docs")
    with django_assert_num_queries(1):
        response = caller.get("/api/docs")
    assert (response.status_code, bool(response.cookies)) == (200, False)
