"""Small requests that would cost much: each is refused with a 4xx before it costs anything.

What it costs is told in queries of the database, of which a refusal takes a handful whatever the
size of the bomb. What the server refuses before the site sees it is in test_server.py.
"""

import gzip
import io
import json
import zipfile

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT
from django.test.utils import CaptureQueriesContext

from api.cursors import Cursor, encode
from directory.models import ChangeSet, Upload
from tests.api.writing.programs import program_for
from tests.directory.registration.bulk.files import with_part, workbook
from tests.directory.registration.people import make_staff
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

# Finding who asks, the revision, and the record: more no refusal needs.
MOST_QUERIES = 12
BAIT = "a" * 30_000 + "!"
DIGITS = "9" * 1_000_000
MEGABYTE = "a" * 1_000_000

# Address, query string, and what may be answered: a 4xx, or, of a page, which passes over what
# means nothing, the page.
ADDRESSES = {
    "a megabyte of words": ("/api/v1/search/", f"q={MEGABYTE}", {414}),
    "a megabyte of fields": ("/api/v1/networks/", "fields=" + "name," * 200_000, {414}),
    "fields twice": ("/api/v1/networks/", "fields=name&fields=slug", {400}),
    "two thousand fields": ("/api/v1/networks/", "fields=" + "name," * 2_000, {400, 414}),
    "fields within fields": ("/api/v1/memberships/", "fields=" + "network." * 900, {400, 414}),
    "filters through relations": (
        "/api/v1/networks/",
        "memberships__city__memberships__network__memberships__city__name__icontains=a",
        {400},
    ),
    "a filter with a lookup": ("/api/v1/networks/", "name__iregex=(a%2B)%2B%24", {400}),
    "page 10^9": ("/api/v1/networks/", "page=1000000000", {400, 404}),
    "page of a million digits": ("/api/v1/networks/", f"page={DIGITS}", {414}),
    "page of five thousand digits": ("/api/v1/networks/", f"page={DIGITS[:5000]}", {400, 414}),
    "pages of a million rows": ("/api/v1/networks/", "page_size=1000000", {400}),
    "five thousand parameters": ("/api/v1/networks/", "q=a&" * 5_000, {400, 414}),
    "a thousand values of a filter": (
        "/api/v1/networks/",
        "focus_area=climate&" * 1_000,
        {400, 414},
    ),
    "a thousand words": ("/api/v1/search/", "q=" + "bergen+" * 1_000, {200, 400, 414}),
    "bait for patterns": ("/api/v1/search/", f"q={BAIT}", {414}),
    "bait for dates": ("/api/v1/memberships/", "as_of=" + "1" * 3_000 + "-", {400, 414}),
    "no cursor": ("/api/v1/memberships/", "cursor=" + "A" * 3_000, {400, 414}),
    "a cursor of a huge number": (
        "/api/v1/memberships/",
        "cursor=" + encode(Cursor((2**63 - 1,)), "membership"),
        {200, 400},
    ),
    "comparing a thousand": ("/api/v1/compare/cities/", "city=bergen-no&" * 500, {400, 414}),
    "similar to a crowd": ("/api/v1/cities/bergen-no/similar/", "limit=1000000", {400}),
    "a revision far off": ("/api/v1/changes/", "after=" + "9" * 400, {400}),
    "a change of a long number": ("/api/v1/changes/" + "9" * 60 + "/", "", {400, 404}),
    "a batch by address": ("/api/reconcile/", "queries=" + "[" * 7_000, {400, 414}),
    "a page far off": ("/networks/", "page=1000000000", {400}),
    "a page of many digits": ("/networks/", f"page={DIGITS[:5000]}", {400}),
    "a page with a long search": ("/search/", f"q={BAIT}", {200, 400, 414}),
    "a page with a thousand and one parameters": ("/networks/", "&" * 1_001, {400}),
    "a page with many parameters": ("/networks/", "focus_area=climate&" * 5_000, {400, 414}),
    "a history far off": ("/networks/north/history/", "revision=" + "9" * 400, {200, 400, 404}),
    "a day far off": ("/cities/", "as_of=" + "9" * 400 + "-01-01", {200, 400}),
    "a map of many words": ("/maps/cities.json", f"q={BAIT}", {200, 400, 414}),
    "oEmbed of a long address": (
        "/oembed",
        "url=http://localhost:8000/" + "a/" * 4_000,
        {404, 414},
    ),
    "oEmbed of a picture as large as a wall": (
        "/oembed",
        "url=http://localhost:8000/networks/north/&maxwidth=" + "9" * 400,
        {200, 400},
    ),
    "a path of many steps": ("/networks" + "/.." * 3_000 + "/", "", {404, 414}),
    "a path of many letters": ("/networks/" + "a" * 60_000 + "/", "", {404, 414}),
    "neighbours without number": ("/networks/north/neighbours/", "nodes=1000000", {200, 400}),
}

HEADERS = {
    "a language of a megabyte": {"accept-language": MEGABYTE},
    "a hundred thousand languages": {"accept-language": "en;q=0.1," * 100_000},
    "bait among languages": {"accept-language": "a-" * 40_000},
    "a hundred thousand codings": {"accept-encoding": "gzip;q=0.1," * 100_000},
    "bait among codings": {"accept-encoding": "gzip" + ";q=" * 40_000},
    "a hundred thousand types": {"accept": "text/html;q=0.1," * 100_000},
    "a hundred thousand tags": {"if-none-match": '"a",' * 100_000},
    "bait among tags": {"if-none-match": 'W/"' + "a" * 100_000},
    "ten thousand ranges": {"range": "bytes=" + "0-0," * 10_000},
    "a range of many digits": {"range": f"bytes={DIGITS}-"},
    "a cookie of a megabyte": {"cookie": f"citynet_session={MEGABYTE}"},
    "fifty thousand cookies": {"cookie": "a=b;" * 50_000},
    "a long name": {"referer": MEGABYTE, "user-agent": MEGABYTE, "origin": MEGABYTE},
    "a day of many digits": {"if-modified-since": DIGITS},
    "an endless boundary": {"content-type": "multipart/form-data; boundary=" + "-" * 100_000},
}


@pytest.fixture(autouse=True)
def records():
    cache.clear()
    make_membership(make_network("north"), make_city("bergen-no"))


@pytest.fixture
def program():
    return program_for(make_city("oslo-no"))


@pytest.fixture
def browser():
    made = Client()
    made.force_login(make_staff(make_city("voss-no")))
    return made


@pytest.mark.parametrize("bomb", ADDRESSES)
def test_an_address_that_asks_for_too_much_is_refused(client, bomb):
    path, query, expected = ADDRESSES[bomb]
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(path, QUERY_STRING=query)
    assert answer.status_code in expected, answer.status_code
    assert len(answer.content) < 100_000
    if answer.status_code >= 400:
        assert len(queries) <= MOST_QUERIES


@pytest.mark.parametrize("bomb", HEADERS)
@pytest.mark.parametrize("path", ["/networks/north/", "/api/v1/networks/", "/robots.txt"])
def test_a_header_that_is_too_much_changes_nothing(client, path, bomb):
    """What a header asks for may be passed over: 200, or 4xx, and as few queries as without it."""
    with CaptureQueriesContext(connection) as plain:
        client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path, headers=HEADERS[bomb])
    assert answer.status_code in {200, 206, 400, 406, 412, 416, 431}
    assert len(queries) <= len(plain) + MOST_QUERIES


DEEP = b"[" * 100_000 + b"]" * 100_000
JSON = {
    "a hundred thousand lists": DEEP,
    "a hundred thousand objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "lists that never end": b"[" * 100_000,
    "a number of a million digits": b'{"role": ' + DIGITS.encode() + b"}",
    "a number with a large exponent": b'{"joined": 1e999999999}',
    "a million keys": json.dumps({f"k{n}": 1 for n in range(100_000)}).encode(),
    "one key many times": b"{" + b'"role":"member",' * 100_000 + b'"role":"member"}',
    "a text of a megabyte": json.dumps({"network": MEGABYTE}).encode(),
    "half a letter": b'{"network": "\\ud800"}',
    "bytes packed by gzip": gzip.compress(b" " * 50_000_000),
}


@pytest.mark.parametrize("bomb", JSON)
@pytest.mark.parametrize("path", ["memberships/", "uploads/"])
def test_json_that_is_too_much_is_refused(program, path, bomb):
    before = ChangeSet.objects.count()
    with CaptureQueriesContext(connection) as queries:
        answer = program.post(path, JSON[bomb])
    assert answer.status_code in {400, 413, 422}, answer.content[:200]
    # A list of unknown fields is bounded, and never longer than what was sent.
    assert len(answer.content) < max(20_000, len(JSON[bomb]) / 4)
    assert len(queries) <= 2 * MOST_QUERIES
    assert ChangeSet.objects.count() == before
    assert not Upload.objects.exists()


def test_a_body_that_says_it_is_packed_is_not_unpacked(program):
    packed = gzip.compress(b'{"network": "north"}')
    answer = program.post("memberships/", packed, content_encoding="gzip")
    assert answer.status_code in {400, 415}


@pytest.mark.parametrize("name", ["queries", "extend"])
@pytest.mark.parametrize("bomb", [*JSON, "ten thousand questions"])
def test_a_batch_that_is_too_much_is_refused(client, name, bomb):
    many = {f"q{n}": {"query": "Bergen"} for n in range(10_000)}
    text = JSON.get(bomb, json.dumps(many).encode()).decode("latin-1")
    with CaptureQueriesContext(connection) as queries:
        answer = client.post("/api/reconcile/", {name: text})
    assert answer.status_code in {400, 413}, answer.content[:200]
    assert len(queries) <= MOST_QUERIES


FORM = "/account/cities/voss-no/memberships/add/"
PART = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'.encode()
FILE = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nb\r\n'.encode()
)
END = f"--{BOUNDARY}--\r\n".encode()
BODIES = {
    "a hundred thousand parts": (PART * 100_000 + END, MULTIPART_CONTENT),
    "two thousand parts": (PART * 2_000 + END, MULTIPART_CONTENT),
    "two thousand files": (FILE * 2_000 + END, MULTIPART_CONTENT),
    "a part without an end": (PART * 2_000, MULTIPART_CONTENT),
    "a part with a long head": (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{BAIT * 30}"\r\n\r\nb\r\n'.encode()
        + END,
        MULTIPART_CONTENT,
    ),
    "five thousand fields": (b"a=b&" * 5_000, "application/x-www-form-urlencoded"),
    "a field of three megabytes": (
        b"name=" + b"a" * 3_000_000,
        "application/x-www-form-urlencoded",
    ),
}


@pytest.mark.parametrize("bomb", BODIES)
@pytest.mark.parametrize("path", [FORM, "/account/login/", "/corrections/memberships/new/"])
def test_a_form_of_too_much_is_refused(browser, path, bomb):
    body, kind = BODIES[bomb]
    before = ChangeSet.objects.count()
    with CaptureQueriesContext(connection) as queries:
        answer = browser.generic("POST", path, body, content_type=kind)
    # A form that could be read lacks what it must say, and is shown once more.
    expected = (
        {400, 413}
        if bomb not in ("a part with a long head", "a part without an end")
        else {200, 302, 400, 413}
    )
    assert answer.status_code in expected
    assert len(queries) <= 40
    assert ChangeSet.objects.count() == before


def bomb_of(entries):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, size in entries:
            archive.writestr(name, b"\0" * size)
    return content.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "aaaaaaaaaa">' + b"".join(
    f'<!ENTITY a{number + 1} "{f"&a{number};" * 10}">'.encode() for number in range(9)
)


def sheet_of(part):
    return with_part(workbook([["network"], ["north"]]), SHEET, part)


TABLES = {
    "a zip bomb": lambda: bomb_of([("xl/workbook.xml", 100_000_000)]),
    "a zip of many files": lambda: bomb_of([(f"xl/{n}.xml", 1) for n in range(2_000)]),
    "a workbook with a huge sheet": lambda: sheet_of(b" " * 70_000_000),
    "a workbook of entities": lambda: sheet_of(ENTITIES + b"]><a>&a9;</a>"),
    "a workbook that asks for a file": lambda: sheet_of(
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    ),
    "a workbook of deep XML": lambda: sheet_of(b"<a>" * 200_000),
    "a packed table": lambda: gzip.compress(b"network\n" * 1_000_000),
    "a table of too many columns": lambda: b"," * 100_000,
    "a table of too many rows": lambda: b"network\n" + b"a\n" * 30_000,
    "a table of one quote": lambda: b'"' + b"a" * 4_000_000,
    "a table of quotes": lambda: b'"' * 1_000_001,
}


@pytest.mark.parametrize("bomb", TABLES)
def test_a_table_that_unpacks_to_too_much_is_refused(browser, bomb):
    file = SimpleUploadedFile("members.xlsx", TABLES[bomb]())
    with CaptureQueriesContext(connection) as queries:
        answer = browser.post("/account/cities/voss-no/uploads/", {"file": file})
    assert answer.status_code in {200, 400, 413, 422}
    assert not Upload.objects.exists()
    assert b"root:" not in answer.content
    assert len(queries) <= 40
