"""What goes wrong is told in house style: what happened, what to do next, the right status."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.test import Client
from django.urls import include, path

from directory.web import errors
from directory.web.urls import urlpatterns as pages

ALL = sorted(errors.ERRORS)


def refused(request):
    raise PermissionDenied


def broken(request):
    raise RuntimeError("secret detail")


def away(request):
    raise OperationalError("no route to database")


urlpatterns = [
    *pages,
    path("account/", include("directory.web.account_urls")),
    path("", include("directory.web.linked_urls")),
    path("test/refused/", refused),
    path("test/broken/", broken),
    path("test/away/", away),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("status", ALL)
def test_every_error_page_says_what_happened_and_what_next_without_a_query(rf, status):
    # No database mark: any query would raise.
    response = errors.error_page(rf.get("/anywhere/"), status)
    html = response.content.decode()
    assert response.status_code == status
    for words in (errors.ERRORS[status].title, errors.ERRORS[status].next_step):
        assert str(words) in html
    assert "noindex" in html
    assert 'rel="canonical"' not in html


@pytest.mark.django_db
def test_a_missing_page_offers_search(visitor):
    response = visitor.get("/no-such-page/")
    assert response.status_code == 404
    assert b'name="q"' in response.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"), [("/test/refused/", 403), ("/test/broken/", 500), ("/test/away/", 503)]
)
def test_failures_have_their_own_page(visitor, address, status):
    response = visitor.get(address)
    assert response.status_code == status
    assert b"CityNet" in response.content
    assert b"secret detail" not in response.content


def test_those_who_should_wait_are_told_how_long(rf):
    for status in (429, 503):
        assert errors.error_page(rf.get("/"), status)["Retry-After"] == "60"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_can_only_be_read(visitor, method):
    assert getattr(visitor, method)("/about/").status_code == 405


@pytest.mark.parametrize("name", ["too_many_requests", "unavailable", "gone"])
def test_pages_that_others_answer_with(rf, name):
    assert getattr(errors, name)(rf.get("/")).status_code in (410, 429, 503)
