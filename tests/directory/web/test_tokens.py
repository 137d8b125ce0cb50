"""The pages of one's own access tokens: a secret is seen once, and only one's own."""

import pytest
from django.core.cache import cache
from django.test import Client

from directory.accounts import limits
from directory.models import AccessToken
from directory.registration import tokens
from tests.directory.registration.people import make_person, make_staff
from tests.factories import make_city, make_network

pytestmark = pytest.mark.django_db

LIST = "/account/tokens/"
NEW = {"name": "Our register", "office": "cities/bergen-no", "days": "90"}


@pytest.fixture(autouse=True)
def _no_attempts_counted():
    cache.clear()


@pytest.fixture
def kari():
    """Acts for Bergen."""
    return make_staff(make_city("bergen-no", name="Bergen"))


@pytest.fixture
def browser(kari):
    client = Client()
    client.force_login(kari)
    return client


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def made(person, name="Our register"):
    office = person.claims.get().office
    return tokens.issue_token(actor=person, office=office, name=name, days=90)


def test_the_secret_is_shown_once(browser, kari):
    response = browser.post(LIST, NEW)
    [token] = AccessToken.objects.all()
    assert f"citynet_{token.prefix}_" in html(response)
    secret = html(response).partition('<code class="secret">')[2].partition("<")[0]
    assert tokens.token_of(secret) == token
    assert response["Cache-Control"] == "private, no-store"
    assert secret not in html(browser.get(LIST))


def test_loading_the_answer_again_shows_no_secret_and_makes_no_token(browser):
    browser.post(LIST, NEW)
    again = html(browser.post(LIST, NEW))
    assert 'class="secret"' not in again
    assert "There is a token of this name already." in again
    assert AccessToken.objects.count() == 1


def test_the_list_tells_what_each_is_for(browser, kari):
    token, _secret = made(kari)
    shown = html(browser.get(LIST))
    for word in ("Our register", "Bergen", f"citynet_{token.prefix}_", "never"):
        assert word in shown
    assert token.digest not in shown


def test_a_longer_list_takes_no_more_queries(browser, kari, django_assert_num_queries):
    made(kari, "One")
    with django_assert_num_queries(4):
        browser.get(LIST)
    made(kari, "Two")
    with django_assert_num_queries(4):
        browser.get(LIST)


def test_a_token_is_made_for_ones_own_offices_alone(browser):
    make_network("north")
    for office in ("networks/north", "cities/oslo-no", "x", ""):
        assert 'class="errorlist"' in html(browser.post(LIST, {**NEW, "office": office}))
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("wrong", [{"days": "0"}, {"days": "9999"}, {"name": "x" * 101}])
def test_what_is_wrong_is_said_beside_its_field(browser, wrong):
    assert 'class="errorlist"' in html(browser.post(LIST, NEW | wrong))
    assert not AccessToken.objects.exists()


def test_a_name_is_shown_as_text(browser):
    assert "<script>x" not in html(browser.post(LIST, {**NEW, "name": "<script>x"}))


def test_whoever_acts_for_nobody_is_led_to_a_claim():
    client = Client()
    client.force_login(make_person())
    assert 'href="/account/claims/"' in html(client.get(LIST))


def test_a_token_is_revoked_by_post_after_a_question(browser, kari):
    token, secret = made(kari)
    path = f"{LIST}{token.pk}/revoke/"
    assert "Our register" in html(browser.get(path))
    assert tokens.token_of(secret)
    assert browser.post(path)["Location"] == LIST
    with pytest.raises(tokens.TokenRefused):
        tokens.token_of(secret)
    assert "is revoked" in html(browser.get(LIST))
    assert browser.get(path).status_code == 404


def test_tokens_of_others_are_not_there(browser, kari):
    other = make_staff(make_city("oslo-no", name="Oslo"))
    token, secret = made(other, "Secret plan")
    assert "Secret plan" not in html(browser.get(LIST))
    assert browser.post(f"{LIST}{token.pk}/revoke/").status_code == 404
    assert tokens.token_of(secret)


def test_visitors_are_asked_to_sign_in(kari):
    token, _secret = made(kari)
    for path in (LIST, f"{LIST}{token.pk}/revoke/"):
        for method in (Client().get, Client().post):
            response = method(path)
            assert response.status_code == 302
            assert response["Location"].startswith("/account/login/")


def test_tokens_are_not_made_by_the_hundred(browser, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "token", "1/hour")
    browser.post(LIST, NEW)
    response = browser.post(LIST, {**NEW, "name": "Another"})
    assert response.status_code == 429
    assert AccessToken.objects.count() == 1


def test_a_form_of_another_site_makes_none(kari):
    client = Client(enforce_csrf_checks=True)
    client.force_login(kari)
    assert client.post(LIST, NEW).status_code == 403
    assert not AccessToken.objects.exists()
