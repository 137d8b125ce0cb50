"""Pages stand under their language; what an address is does not depend on it."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, override

from directory.accounts.gates import PRIVATE_PREFIXES
from directory.accounts.languages import in_language, language_of, without_language
from directory.accounts.limits import action_of
from directory.web.templatetags.citynet import number
from tests.directory.registration.people import make_person
from tests.factories import (
    make_city,
    make_focus_area,
    make_label,
    make_membership,
    make_network,
)

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
OTHERS = LANGUAGES[1:]


@pytest.fixture(autouse=True)
def directory():
    make_membership(make_network("eurocities"), make_city("bergen-no"))


@pytest.mark.parametrize(
    ("path", "language", "rest"),
    [
        ("/fr/networks/", "fr", "/networks/"),
        ("/fr/", "fr", "/"),
        ("/fr", "en", "/fr"),
        ("/french/", "en", "/french/"),
        ("/xx/networks/", "en", "/xx/networks/"),
        ("/en/networks/", "en", "/en/networks/"),
        ("/networks/fr/", "en", "/networks/fr/"),
        ("/", "en", "/"),
    ],
)
def test_only_a_known_language_in_front_is_one(path, language, rest):
    assert (language_of(path), without_language(path)) == (language, rest)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_path_goes_to_each_language_and_back(language):
    there = in_language("/de/cities/bergen-no/", language)
    assert language_of(there) == language
    assert without_language(there) == "/cities/bergen-no/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_speaks_its_language_and_leads_to_the_others(client, language):
    response = client.get(in_language("/networks/eurocities/", language))
    html = response.content.decode()
    assert response.headers["Content-Language"] == language
    direction = ' dir="rtl"' if language == "ar" else ""
    assert f'<html lang="{language}"{direction}>' in html
    alternates = re.findall(r'<link rel="alternate" hreflang="([a-z-]+)" href="([^"]+)">', html)
    site = settings.SITE_URL
    assert dict(alternates) == {
        "x-default": f"{site}/networks/eurocities/",
        **{code: site + in_language("/networks/eurocities/", code) for code in LANGUAGES},
    }
    here = in_language("/networks/eurocities/", language)
    assert f'<link rel="canonical" href="{site}{here}"' in html
    # Links stay in the language of the page.
    assert f'href="{in_language("/cities/bergen-no/", language)}"' in html


@pytest.mark.parametrize("accepted", ["fr", "ar,fr;q=0.5", "de-AT"])
def test_what_a_browser_prefers_changes_nothing(client, accepted):
    response = client.get("/networks/", headers={"accept-language": accepted})
    assert response.status_code == 200
    assert response.headers["Content-Language"] == "en"
    assert "Accept-Language" not in response.headers["Vary"]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    assert client.get("/networks/").headers["Content-Language"] == "en"


@pytest.mark.parametrize("language", OTHERS)
def test_an_answer_in_one_language_is_never_taken_for_another(client, language):
    etag = client.get("/networks/").headers["ETag"]
    there = client.get(in_language("/networks/", language), headers={"if-none-match": etag})
    assert there.status_code == 200


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", ["/api/v1/networks/", "/id/city/bergen-no", "/robots.txt"])
def test_files_and_the_api_have_no_language(client, language, path):
    assert client.get(in_language(path, language)).status_code == 404


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", ["account", "account_login", "account_signup", "queue"])
def test_private_pages_are_private_in_each_language(client, language, name):
    with override(language):
        path = reverse(name)
    assert language_of(path) == language
    assert without_language(path).startswith(PRIVATE_PREFIXES)
    response = client.get(path)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in response.headers


@pytest.mark.parametrize("language", OTHERS)
def test_nobody_gets_past_the_gate_of_the_editors_by_a_language(language):
    person = Client()
    person.force_login(make_person("someone@a.example"))
    assert person.get(in_language("/editors/", language)).status_code == 403
    assert Client().get(in_language("/editors/", language)).status_code == 302


@pytest.mark.parametrize("language", OTHERS)
def test_a_search_counts_as_one_in_each_language(language):
    path = in_language("/search/", language)
    assert action_of(without_language(path)) == "search"


@pytest.mark.parametrize("language", OTHERS)
def test_linked_data_are_the_same_in_each_language(client, language):
    def data(path):
        html = client.get(path).content.decode()
        return re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)

    for path in ("/networks/eurocities/", "/cities/bergen-no/", "/data/"):
        assert data(path)
        assert data(in_language(path, language)) == data(path)


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_that_nobody_reviewed_says_so_in_the_footer(client, language):
    assert "<footer" in client.get(in_language("/about/", language)).content.decode()
    with override(language):
        said = gettext(
            "This translation has not been reviewed by a native speaker yet. If something is "
            "wrong or unclear, please tell us."
        )
    assert said in client.get(in_language("/about/", language)).content.decode()
    assert said not in client.get("/about/").content.decode()


def test_numbers_are_written_as_the_language_does(client):
    written = {}
    for language in LANGUAGES:
        with override(language):
            written[language] = number(1234567)
    assert written["en"] == "1,234,567"
    assert written["de"] == "1.234.567"
    assert written["fr"] == "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567"


ENGLISH = {"en": "", "fr": ' lang="en"', "ar": ' lang="en" dir="ltr"'}


@pytest.mark.parametrize("language", ENGLISH)
def test_what_the_data_say_in_english_is_marked_as_such(client, language):
    network = make_network(
        "harbours", summary="Harbours of the world.", eligibility="Harbours", countries=["TW"]
    )
    make_membership(network, "bergen-no")
    marked = ENGLISH[language]
    for path, text in {
        "/networks/harbours/": f'<p class="lead"{marked}>Harbours of the world.</p>',
        "/networks/": f"<p{marked}>Harbours of the world.</p>",
        "/compare/networks/?network=harbours&network=eurocities": f"<div{marked}>Harbours</div>",
        "/embed/networks/harbours/": f'<p class="summary"{marked}>Harbours of the world.</p>',
        "/countries/tw/": f'<p class="banner"{marked}>Not listed in M49',
        "/data/dictionary/": f"<bdi{marked}>Language of the name: ",
    }.items():
        html = client.get(in_language(path, language)).content.decode()
        assert text in html, path
    joining = client.get(in_language("/networks/harbours/", language)).content.decode()
    assert f"<dd{marked}>Harbours</dd>" in joining


@pytest.mark.parametrize(
    ("language", "name"), [("en", "London"), ("fr", "Londres"), ("ar", "لندن")]
)
def test_a_city_is_called_as_the_language_of_the_page_has_it(client, language, name):
    london = make_city("london-gb", country="GB", name="London")
    make_label(london, "fr", "Londres")
    make_label(london, "ar", "لندن")
    membership = make_membership("eurocities", london)
    paths = [
        "/cities/london-gb/",
        "/cities/",
        "/cities/?q=London",
        "/search/?q=London",
        "/networks/eurocities/",
        "/countries/gb/",
        f"/memberships/{membership.public_id}/",
        "/for/london-gb/",
        "/compare/cities/?city=bergen-no&city=london-gb",
        "/embed/cities/london-gb/",
        "/search/suggest/?q=London",
        "/maps/networks/eurocities.json",
        "/maps/cities.json",
        f"/memberships/{membership.public_id}/history/",
    ]
    for path in paths:
        said = client.get(in_language(path, language)).content.decode()
        said = said.encode().decode("unicode_escape") if "suggest" in path else said
        said = re.sub(r'<script type="application/ld.json">.*?</script>', "", said, flags=re.DOTALL)
        assert name in said, path
        if language != "en" and path.startswith(("/maps/", "/for/", "/compare/", "/countries/")):
            assert "London" not in said, path
    page = client.get(in_language("/cities/london-gb/", language)).content.decode()
    assert f"<h1>{name}</h1>" in page
    for other in {"London", "Londres", "لندن"} - {name}:
        assert f">{other}</bdi>" in page


@pytest.mark.parametrize(
    ("language", "words"), [("en", "women&#x27;s rights"), ("fr", "droits des femmes, parité")]
)
def test_a_focus_area_shows_its_other_words_in_the_language_of_the_page(client, language, words):
    area = make_focus_area("gender-equality", synonyms=["women's rights"])
    make_label(area, "fr", "Égalité", synonyms=["droits des femmes", "parité"])
    page = client.get(in_language("/focus-areas/gender-equality/", language)).content.decode()
    with override(language):
        assert gettext("Also found by: %(words)s") % {"words": words} in page
    without = client.get(in_language("/focus-areas/gender-equality/", "de")).content.decode()
    with override("de"):
        assert (gettext("Also found by: %(words)s") % {"words": ""}).strip() not in without


@pytest.mark.parametrize("path", ["/networks/eurocities/", "/cities/"])
def test_names_of_a_language_cost_a_fixed_number_of_queries(
    client, path, django_assert_max_num_queries
):
    for index in range(12):
        city = make_city(f"city-{index}-no")
        make_label(city, "fr", f"Ville {index}")
        make_membership("eurocities", city)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    in_english = len(asked)
    client.get(f"/fr{path}")
    with django_assert_max_num_queries(in_english):
        client.get(f"/fr{path}")
