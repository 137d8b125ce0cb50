"""What goes wrong on a page in a language is told in it; under /api/ in English alone."""

import json

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import path
from django.utils.translation import gettext, override

from citynet.urls import handler400, handler403, handler404, handler429, handler500
from citynet.urls import urlpatterns as of_the_site
from directory.accounts import limits
from directory.accounts.languages import in_language
from directory.web import errors
from tests.directory.accounts.people import make_user
from tests.directory.registration.people import make_person, make_staff
from tests.factories import make_city, make_network

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]

pytestmark = pytest.mark.django_db

LANGUAGES = ["fr", "ar"]


def refused(request):
    raise PermissionDenied


def broken(request):
    raise RuntimeError


urlpatterns = [
    *i18n_patterns(
        path("test/refused/", refused),
        path("test/broken/", broken),
        prefix_default_language=False,
    ),
    *of_the_site,
]


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.fixture
def nils():
    return make_staff(make_network("north"))


def say(language, message, **values):
    with override(language):
        return gettext(message) % values if values else gettext(message)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def assert_tells(response, status, language):
    page = response.content.decode()
    assert response.status_code == status
    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in page
    assert (' dir="rtl"' in page) == (language == "ar")
    with override(language):
        for words in (errors.ERRORS[status].title, errors.ERRORS[status].next_step):
            assert str(words) in page
    with override("en"):
        assert str(errors.ERRORS[status].title) not in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("address", "status"),
    [("/nowhere/", 404), ("/test/refused/", 403), ("/test/broken/", 500)],
)
def test_pages_of_errors(visitor, language, address, status):
    assert_tells(visitor.get(in_language(address, language)), status, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_host(visitor, language):
    response = visitor.get(in_language("/about/", language), headers={"host": "evil.example"})
    assert_tells(response, 400, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_without_its_token(language):
    strict = Client(enforce_csrf_checks=True)
    assert_tells(strict.post(in_language("/account/signup/", language)), 403, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_many_requests(client, monkeypatch, language):
    monkeypatch.setitem(limits.LIMITS, "search", "1/min")
    path = in_language("/search/?q=bergen", language)
    assert client.get(path).status_code == 200
    assert_tells(client.get(path), 429, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_choice_in_an_address(client, language):
    page = client.get(in_language("/networks/?scope=galactic", language)).content.decode()
    english = client.get("/networks/?scope=galactic").content.decode()
    assert "Unknown choice" not in page
    assert 'class="mistakes' in page
    assert 'class="mistakes' in english


@pytest.mark.parametrize("language", LANGUAGES)
class TestForms:
    def test_signing_in_with_a_wrong_password(self, language):
        user = make_user()
        path = in_language("/account/login/", language)
        page = Client().post(path, {"login": user.email, "password": "wrong"}).content.decode()
        said = "The email address and/or password you specified are not correct."
        assert say(language, said) in page
        assert said not in page

    def test_a_password_that_is_too_weak(self, client, language):
        said = {"email": "a@bergen.example", "password1": "12345"}
        page = client.post(in_language("/account/signup/", language), said).content.decode()
        assert say(language, "This password is entirely numeric.") in page

    def test_a_field_that_is_needed(self, nils, language):
        path = in_language("/account/networks/north/memberships/add/", language)
        page = signed_in(nils).post(path, {}).content.decode()
        assert say(language, "This field is required.") in page
        assert "This field is required." not in page

    def test_a_city_that_nobody_knows(self, nils, language):
        path = in_language("/account/networks/north/memberships/add/", language)
        page = signed_in(nils).post(path, {"city": "Atlantis"}).content.decode()
        assert (
            say(
                language,
                "No city here is called “%(text)s”. Try another spelling.",
                text="Atlantis",
            )
            in page
        )

    def test_a_value_that_its_column_cannot_hold(self, language):
        city = make_city("bergen-no")
        client = signed_in(make_staff(city))
        path = in_language("/account/cities/bergen-no/facts/", language)
        page = client.post(path, {"website": "bergen", "reason": "x"}).content.decode()
        said = say(
            language,
            "%(text)s is not an address; write it in full, such as https://example.org/page",
            text="“bergen”",
        )
        assert f"{said}." in page


@pytest.mark.parametrize("language", LANGUAGES)
class TestUploads:
    BASE = "/account/networks/north/uploads/"

    def test_a_table_without_a_column_of_cities(self, nils, language):
        path = in_language(self.BASE, language)
        page = signed_in(nils).post(path, {"text": "x,y\n1,2\n"}).content.decode()
        english = signed_in(nils).post(self.BASE, {"text": "x,y\n1,2\n"})
        assert 'class="errorlist"' in page
        (told,) = english.context["form"].errors.values()
        assert told[0] not in page

    def test_a_table_that_is_too_large(self, nils, language):
        path = in_language(self.BASE, language)
        assert_tells(signed_in(nils).post(path, {"text": "x" * 3_000_000}), 413, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_for_somebody(language):
    client = signed_in(make_person())
    assert_tells(client.get(in_language("/editors/", language)), 403, language)


def test_the_api_tells_in_english_whatever_a_browser_prefers(client):
    response = client.get("/api/v1/networks/nowhere/", headers={"accept-language": "fr"})
    problem = json.loads(response.content)
    assert response.headers["Content-Language"] == "en"
    assert problem["title"] == "There is nothing at this address"
