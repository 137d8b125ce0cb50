"""What anyone may read is compressed; what is private, small or compressed already is not."""

import gzip

import brotli
import pytest
from backports import zstd
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path

from citynet import urls as site
from citynet.compression import SMALLEST
from tests.factories import make_city, make_membership, make_network

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

DECODED = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstd.decompress}
TEXT = "Bergen, Oslo, Voss, Tromsø\n" * 200
made = []


def lines(request):
    def pieces():
        for number in range(5):
            made.append(number)
            yield f"{number} {TEXT}"

    return StreamingHttpResponse(pieces(), content_type="text/csv")


urlpatterns = [
    path("small/", lambda request: HttpResponse("x" * (SMALLEST - 1))),
    path("picture/", lambda request: HttpResponse(b"x" * 5000, content_type="image/png")),
    path("account/form/", lambda request: HttpResponse(TEXT)),
    path("lines/", lines),
    *site.urlpatterns,
]
handler404 = "directory.web.errors.not_found"


def ask(address, accepted, **headers):
    return Client(headers={"accept-encoding": accepted} | headers).get(address)


@pytest.mark.parametrize("coding", DECODED)
@pytest.mark.parametrize("address", ["/about/", "/api/v1/schema/"])
def test_pages_and_the_api_come_in_what_the_asker_takes(address, coding):
    plain, small = ask(address, ""), ask(address, coding)
    assert not plain.has_header("Content-Encoding")
    assert small["Content-Encoding"] == coding
    assert small["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert DECODED[coding](small.content) == plain.content
    assert int(small["Content-Length"]) == len(small.content) < len(plain.content) / 2
    assert small["ETag"] == plain["ETag"]
    assert ask(address, coding, **{"if-none-match": plain["ETag"]}).status_code == 304


def test_the_best_that_both_know_is_taken():
    assert ask("/about/", "gzip, deflate, br, zstd")["Content-Encoding"] == "zstd"
    assert ask("/about/", "gzip, deflate, br")["Content-Encoding"] == "br"
    assert ask("/about/", "gzip, br;q=0")["Content-Encoding"] == "gzip"
    assert not ask("/about/", "deflate").has_header("Content-Encoding")


@pytest.mark.parametrize("address", ["/small/", "/picture/", "/account/form/", "/account/login/"])
def test_the_rest_goes_as_it_is(address):
    assert not ask(address, "gzip, br, zstd").has_header("Content-Encoding")


@pytest.mark.parametrize("coding", DECODED)
def test_what_streams_goes_out_piece_by_piece(coding):
    made.clear()
    response = ask("/lines/", coding)
    assert (made, response["Content-Encoding"]) == ([], coding)
    pieces = iter(response)
    first = next(piece for piece in pieces if piece)
    assert made in ([0], [0, 1])
    whole = DECODED[coding](first + b"".join(pieces))
    assert whole.decode() == "".join(f"{number} {TEXT}" for number in range(5))


@pytest.mark.parametrize("coding", DECODED)
def test_a_tag_that_a_change_names_stays_strong_and_tells_codings_apart(coding):
    membership = make_membership(make_network("north", name="North " * 30), make_city("bergen-no"))
    address = f"/api/v1/memberships/{membership.public_id}/"
    plain, small = ask(address, ""), ask(address, coding)
    assert small["Content-Encoding"] == coding
    assert plain["ETag"].startswith('"')
    assert small["ETag"] == f'{plain["ETag"][:-1]}.{coding}"'
    for tag in (plain["ETag"], small["ETag"]):
        assert ask(address, coding, **{"if-none-match": tag}).status_code == 304
