"""What README.md tells a reader to type works as written."""

import argparse
import json
import re
import shlex
import subprocess
import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client

from directory.models import City
from directory.registration.tokens import issue_token
from tests.directory.registration.people import make_staff

README = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
ADDRESS = "http://localhost:8000"
CURLS = re.findall(r"^curl (?:.+\\\n)*.+$", README, re.MULTILINE)
FILES = [curl for curl in CURLS if ".csv" in curl]
EXAMPLES = [curl for curl in CURLS if "Bearer" not in curl and curl not in FILES]
WRITING = [curl for curl in CURLS if "Bearer" in curl]


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *args):
        """Says nothing: the test tells what went wrong."""


@pytest.fixture
def server(loaded_database, django_db_blocker) -> Iterator[str]:
    """A server of the starting data at an address of its own."""
    httpd = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=QuietHandler)

    def serve():
        # Connections belong to a thread; this one has its own to the same database.
        connections["default"] = loaded_database.copy()
        httpd.serve_forever(poll_interval=0.05)
        connections["default"].close()

    with django_db_blocker.unblock():
        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()
        thread.join()
        httpd.server_close()


def test_there_are_seven_examples():
    assert len(EXAMPLES) == 7
    assert all(ADDRESS in example for example in EXAMPLES)


@pytest.mark.django_db
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_works_as_written(server, example):
    command = example.replace(ADDRESS, server)
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=30, check=True)
    answer = json.loads(done.stdout)
    assert answer["results"], command
    assert answer.get("count") != 0


@pytest.mark.django_db
def test_a_file_comes_as_written(server):
    [command] = FILES
    command = command.replace(ADDRESS, server)
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=True)
    header, *rows = done.stdout.decode().splitlines()
    assert header == "network_name,city_name,joined"
    assert rows


@pytest.mark.django_db
@pytest.mark.usefixtures("starting_data")
def test_a_program_writes_as_written():
    [command] = WRITING
    bergen = City.objects.get(slug="bergen-no")
    _token, secret = issue_token(actor=make_staff(bergen), office=bergen, name="Register", days=1)
    words = shlex.split(command.replace("\\\n", " ").replace("$CITYNET_TOKEN", secret))
    options = argparse.ArgumentParser()
    options.add_argument("curl")
    options.add_argument("-s", action="store_true")
    options.add_argument("-H", action="append")
    options.add_argument("-d")
    options.add_argument("address")
    asked = options.parse_args(words)
    headers = dict(header.split(": ", 1) for header in asked.H)
    response = Client(headers={"host": "localhost"}).generic(
        "POST",
        asked.address.removeprefix(ADDRESS),
        asked.d.encode(),
        content_type=headers.pop("Content-Type"),
        headers=headers,
    )
    assert response.status_code == 201, response.content


def test_every_variable_of_the_settings_is_explained():
    modules = (settings.BASE_DIR / "citynet").glob("*.py")
    source = "".join(module.read_text(encoding="utf-8") for module in modules)
    read = set(re.findall(r'(?:environment|storages)\.\w+\(\s*os\.environ, "(\w+)"', source))
    assert read
    explained = set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE))
    held_in_files = {"SECRET_KEY_FILE", "CDN_PURGE_SECRET_FILE", "METRICS_TOKEN_FILE"}
    assert read | held_in_files == explained


def test_every_target_of_make_is_listed():
    makefile = (settings.BASE_DIR / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    listed = set(re.findall(r"^\| `make ([a-z-]+)` \|", README, re.MULTILINE))
    assert targets == listed


def test_every_command_of_manage_py_that_it_names_exists():
    commands = settings.BASE_DIR / "directory" / "management" / "commands"
    own = {path.stem for path in commands.glob("[a-z]*.py")}
    named = set(re.findall(r"manage\.py (\w+)", README))
    assert named <= own | {"migrate"}
