"""Counts in a real Redis: shared by all processes, and read on without where it is away."""

import shutil
import socket
import subprocess
import time

import pytest
from django.core.cache import caches
from django.test import Client

from citynet import environment
from citynet.redis_cache import SharedCache
from directory.accounts.limits import LIMITS, TooOften, spend
from tests.factories import make_network

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("redis-server"), reason="Redis is not installed"),
]


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def redis_server(port, tmp_path):
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with subprocess.Popen([*command, "--dir", str(tmp_path)], stdout=subprocess.DEVNULL) as running:
        for _each in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield running
        running.kill()


@pytest.fixture
def counting(redis_server, port, settings):
    """A process that counts there: each call is as if another one began."""

    def process():
        described = environment.cache(
            {"CACHE_URL": f"redis://127.0.0.1:{port}/1"}, "CACHE_URL", default={}
        )
        settings.CACHES = {"default": described, "reads": described}
        assert isinstance(caches["reads"], SharedCache)

    process()
    return process


def test_all_processes_count_together(counting, monkeypatch):
    monkeypatch.setitem(LIMITS, "search", "3/min")
    for _each in range(3):
        spend("search", key="somebody")
        counting()
    with pytest.raises(TooOften):
        spend("search", key="somebody")
    spend("search", key="another")


def test_what_one_process_keeps_once_no_other_keeps_again(counting):
    assert caches["default"].add("code", 1, timeout=60)
    counting()
    assert not caches["default"].add("code", 1, timeout=60)


def test_where_it_is_away_readers_go_on_and_what_must_be_counted_says_so(
    counting, redis_server, monkeypatch
):
    make_network("north")
    redis_server.kill()
    redis_server.wait()
    visitor = Client()
    answer = visitor.get("/search/?q=north")
    assert answer.status_code == 200
    assert not answer.has_header("RateLimit")
    assert visitor.get("/networks/").status_code == 200
    visitor.raise_request_exception = False
    refused = visitor.post("/account/login/", {"login": "a@example.org", "password": "x"})
    assert refused.status_code == 503
    assert b"Traceback" not in refused.content
