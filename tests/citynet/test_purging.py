"""A CDN is told of each change, once it answers, and of all where what it knows is lost."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.cache import caches
from django.core.management import CommandError, call_command

from citynet import purging
from citynet.cdn_settings import CACHE_TAG, Cdn
from directory.models import Revision
from tests.factories import (
    make_city,
    make_focus_area,
    make_funder,
    make_membership,
    make_network,
    writing,
)

pytestmark = pytest.mark.django_db
SECRET = "only for the CDN"


class Told(BaseHTTPRequestHandler):
    """A CDN that notes what it is told."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append((self.path, dict(self.headers), json.loads(body)))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", f"http://localhost:{self.server.server_port}/elsewhere")
        self.end_headers()

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def cdn(settings):
    server = HTTPServer(("127.0.0.1", 0), Told)
    server.told, server.status = [], 200
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.CDN = Cdn(
        seconds=60,
        purge_url=f"http://127.0.0.1:{server.server_port}/purge",
        purge_header=("Fastly-Key", SECRET),
    )
    caches["default"].delete(purging.POINTER)
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def known(cdn):
    """A CDN that knows all that there is: two networks of Bergen's, one of Oslo's."""
    bergen, oslo = make_city("bergen-no"), make_city("oslo-no")
    north, south = make_network("north"), make_network("south")
    for network, city in ((north, bergen), (south, bergen), (south, oslo)):
        make_membership(network, city)
    purging.purge_changes()
    cdn.told.clear()
    return cdn


def purged(cdn):
    """What the CDN is told of now."""
    cdn.told.clear()
    purging.purge_changes()
    return [key for _path, _headers, body in cdn.told for key in body["surrogate_keys"]]


def test_at_first_everything_is_purged_and_nothing_twice(cdn):
    make_network("north")
    assert purged(cdn) == ["citynet"]
    assert purged(cdn) == []


def test_it_is_told_by_post_with_the_secret_in_a_header(known):
    make_network("west")
    purging.purge_changes()
    [(path, headers, body)] = known.told
    assert (path, headers["Fastly-Key"]) == ("/purge", SECRET)
    assert body == {"surrogate_keys": ["lists", "network:west"]}


def test_a_membership_is_of_its_network_and_its_city(known):
    make_membership("north", "oslo-no")
    assert set(purged(known)) == {"lists", "network:north", "city:oslo-no"}


def test_a_city_that_is_called_otherwise_is_on_the_pages_of_its_networks(known):
    with writing() as changes:
        changes.touch("cities", {"bergen-no"})
        bergen = purging.Membership.objects.filter(city__slug="bergen-no").first().city
        bergen.name = "Bjørgvin"
        bergen.save()
    assert set(purged(known)) == {"lists", "city:bergen-no", "network:north", "network:south"}


def test_a_network_that_is_called_otherwise_is_on_the_pages_of_its_cities(known):
    with writing() as changes:
        changes.touch("networks", {"south"})
        south = purging.Membership.objects.filter(network__slug="south").first().network
        south.name = "Southern Cities"
        south.save()
    assert set(purged(known)) == {"lists", "network:south", "city:bergen-no", "city:oslo-no"}


@pytest.mark.parametrize("make", [make_focus_area, make_funder])
def test_what_may_stand_anywhere_purges_everything(known, make):
    make("anything")
    assert purged(known) == ["citynet"]


def test_what_no_record_tells_purges_everything(known):
    from directory.history import change_set
    from directory.models.choices import Origin

    with change_set(origin=Origin.COMMAND, reason="Places", moves_revision=True):
        pass
    assert purged(known) == ["citynet"]


def test_where_much_is_changed_all_of_a_kind_go_and_no_request_is_long(known, monkeypatch):
    monkeypatch.setattr(purging, "MOST_KEYS", 3)
    monkeypatch.setattr(purging, "KEYS_A_REQUEST", 2)
    for number in range(3):
        make_city(f"city-{number}-no")
    assert set(purged(known)) == {"lists", *(f"city:city-{number}-no" for number in range(3))}
    assert [len(body["surrogate_keys"]) for _path, _headers, body in known.told] == [2, 2]
    for number in range(4):
        make_network(f"network-{number}")
    assert set(purged(known)) == {"lists", "each-network", "each-city"}


def test_a_restored_backup_purges_everything(known):
    Revision.objects.update(stamp="00000000-0000-0000-0000-000000000000")
    assert purged(known) == ["citynet"]
    Revision.objects.update(number=1)
    assert purged(known) == ["citynet"]


@pytest.mark.parametrize("status", [302, 401, 500])
def test_what_the_cdn_did_not_take_is_told_again(known, status):
    make_network("west")
    known.status = status
    with pytest.raises(purging.PurgeFailed, match=str(status)):
        purging.purge_changes()
    assert len(known.told) == 1, "no redirect is followed"
    make_network("east")
    known.status = 200
    assert set(purged(known)) == {"lists", "network:west", "network:east"}


def test_nothing_is_purged_before_each_replica_that_answers_has_it(known, monkeypatch):
    newest = Revision.objects.get().number
    make_network("west")
    said = {"replica1": newest, "replica2": None}
    real = purging.version_at
    stamp = Revision.objects.get().stamp

    def version_at(alias):
        if alias == purging.PRIMARY:
            return real(alias)
        return None if said[alias] is None else (said[alias], stamp)

    caches["default"].set(purging.POINTER, [newest, str(stamp)], timeout=None)
    monkeypatch.setattr(purging, "replica_aliases", lambda: list(said))
    monkeypatch.setattr(purging, "version_at", version_at)
    assert purged(known) == []
    said["replica1"] = newest + 1
    assert purged(known) == ["lists", "network:west"]


def test_the_command_says_what_it_did_and_never_the_secret(known, capsys):
    make_network("west")
    call_command("purge_cdn")
    assert "2 keys purged" in capsys.readouterr().out
    call_command("purge_cdn", "--all")
    assert known.told[-1][2] == {"surrogate_keys": ["citynet"]}
    known.status = 403
    make_network("east")
    with pytest.raises(CommandError, match=r"127\.0\.0\.1 answered 403") as failure:
        call_command("purge_cdn")
    assert SECRET not in str(failure.value)


def test_a_cdn_that_does_not_answer_is_named_by_its_host_alone(known, settings):
    settings.CDN = Cdn(seconds=60, purge_url="http://127.0.0.1:1/hush", keys_header=CACHE_TAG)
    make_network("west")
    with pytest.raises(CommandError, match=r"127\.0\.0\.1 did not answer: ConnectionRefused") as no:
        call_command("purge_cdn")
    assert "hush" not in str(no.value)


def test_without_a_cdn_there_is_nothing_to_tell():
    with pytest.raises(CommandError, match="CDN_PURGE_URL"):
        call_command("purge_cdn")


def test_tags_are_sent_under_the_name_that_their_cdn_knows():
    assert Cdn(keys_header=CACHE_TAG).body(["lists"]) == {"tags": ["lists"]}
