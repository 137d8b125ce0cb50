"""What the server itself must refuse before the site sees it, and stays alive after.

Silence is a refusal as well: what is no whole request is waited for, and others are served.
"""

import os
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

HOST = b"Host: localhost\r\n"
GET = b"GET /robots.txt HTTP/1.1\r\n" + HOST
POST = b"POST /account/login/ HTTP/1.1\r\n" + HOST
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"

# What is sent, and the status that it may be answered with; None: the connection is closed.
REFUSED = {
    "a query of a megabyte": (
        b"GET /robots.txt?" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        {414, 431, 400, None},
    ),
    "a query of ten thousand characters": (
        b"GET /robots.txt?" + b"a" * 10_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        {414},
    ),
    "a header of a megabyte": (
        GET + b"X-Long: " + b"a" * 1_000_000 + b"\r\n\r\n",
        {431, 400, None},
    ),
    "ten thousand headers": (GET + b"X-Many: a\r\n" * 10_000 + b"\r\n", {431, 400, None}),
    "a header with a zero": (GET + b"X-Odd: a\0b\r\n\r\n", {400, None}),
    "a header with a lonely end of line": (GET + b"X-Odd: a\rb\r\n\r\n", {400, None}),
    "a name of a header with a blank": (GET + b"X Odd : a\r\n\r\n", {400, None}),
    "two lengths": (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", {400, None}),
    "a length below zero": (POST + b"Content-Length: -1\r\n\r\n", {400, None}),
    "a length of many digits": (POST + b"Content-Length: " + b"9" * 400 + b"\r\n\r\n", {400, None}),
    "a length in words": (POST + b"Content-Length: ten\r\n\r\n", {400, None}),
    "a chunk of no size": (
        POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
        {400, 403, None},
    ),
    "a chunk of an endless size": (
        POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 400 + b"\r\n",
        {400, 403, None},
    ),
    "an encoding of the transfer that nobody knows": (
        POST + FORM + b"Transfer-Encoding: gzip\r\nContent-Length: 3\r\n\r\na=b",
        {400, 501, None},
    ),
    "no host": (b"GET /robots.txt HTTP/1.1\r\n\r\n", {400, None}),
    "another host": (b"GET /robots.txt HTTP/1.1\r\nHost: evil.example\r\n\r\n", {400}),
    "a method of its own": (b"GETT /robots.txt HTTP/1.1\r\n" + HOST + b"\r\n", {403, 405}),
    "TRACE": (b"TRACE /robots.txt HTTP/1.1\r\n" + HOST + b"Cookie: a=secret\r\n\r\n", {405}),
    "CONNECT": (
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        {400, 405, None},
    ),
    "TLS in plain": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 500, {400, None}),
    "the beginning of HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505, None}),
    "a path above the root": (
        b"GET /static/../../../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n",
        {400, 404},
    ),
    "a path above the root, written otherwise": (
        b"GET /static/%2e%2e/%2e%2e/citynet/settings.py HTTP/1.1\r\n" + HOST + b"\r\n",
        {400, 404},
    ),
    "the history of the code": (b"GET /.git/config HTTP/1.1\r\n" + HOST + b"\r\n", {404}),
    "a folder": (b"GET /static/css/ HTTP/1.1\r\n" + HOST + b"\r\n", {404}),
}


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """A server of its own with an empty file for a database: what is asked of it needs none."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    environment = {name: value for name, value in os.environ.items() if name != "SITE_URL"}
    environment |= {
        "PORT": str(number),
        "DATABASE_URL": f"sqlite:///{folder}/empty.sqlite3",
        "SECRET_KEY": "only for this server " * 4,
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.security.serve"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        for _attempt in range(600):
            if is_alive(number):
                break
            assert process.poll() is None, (folder / "log").read_text()
            time.sleep(0.2)
        yield number
        assert "Internal Server Error" not in (folder / "log").read_text()
    finally:
        process.terminate()
        process.wait(timeout=30)


def send(port, request):
    """Return the status and what came back, or None where the server closed or kept silent."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        try:
            connection.sendall(request)
            while b"\r\n\r\n" not in received and (piece := connection.recv(65_536)):
                received += piece
            connection.settimeout(0.3)
            while piece := connection.recv(65_536):
                received += piece
        except OSError:
            pass
    if not received.startswith(b"HTTP/1."):
        return None, received
    return int(received.split(b" ", 2)[1]), received


def is_alive(port):
    try:
        status, _received = send(port, GET + b"Connection: close\r\n\r\n")
    except OSError:
        return False
    return status == 200


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_request_is_refused_and_the_server_goes_on(port, what):
    request, expected = REFUSED[what]
    status, received = send(port, request)
    assert status in expected, (status, received[:300])
    assert b"Traceback" not in received
    assert b"secret" not in received
    assert b"root:" not in received
    assert is_alive(port)


def test_nothing_is_smuggled_behind_two_ways_to_say_how_long_a_body_is(port):
    """Whoever ends a body elsewhere than a proxy in front takes its rest for another request."""
    hidden = b"GET /styleguide/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    body = b"0\r\n\r\n" + hidden
    request = (
        POST
        + FORM
        + b"Transfer-Encoding: chunked\r\n"
        + f"Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    _status, received = send(port, request)
    assert received.count(b"HTTP/1.1 ") <= 2
    assert is_alive(port)


def test_answers_do_not_name_the_server_and_its_version(port):
    _status, received = send(port, GET + b"Connection: close\r\n\r\n")
    head = received.partition(b"\r\n\r\n")[0].lower()
    assert b"python" not in head
    assert b"django" not in head
    assert b"granian/" not in head


def test_static_files_and_refusals_carry_the_headers_of_the_site(port):
    for path in (b"/robots.txt", b"/nowhere.css"):
        request = b"GET " + path + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
        _status, received = send(port, request)
        head = received.partition(b"\r\n\r\n")[0].lower()
        assert b"cross-origin-resource-policy: same-origin" in head
        assert b"x-content-type-options: nosniff" in head


def test_many_connections_that_say_nothing_leave_room_for_others(port):
    idle = [socket.create_connection(("127.0.0.1", port), timeout=20) for _number in range(200)]
    try:
        for connection in idle:
            connection.sendall(b"GET /robots.txt HTTP/1.1\r\n")
        assert is_alive(port)
    finally:
        for connection in idle:
            connection.close()
