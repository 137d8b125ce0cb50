"""Numbers for Prometheus: right, cheap, of few labels, and for nobody without the token."""

import datetime
import os
import subprocess
import sys

import pytest
from django.conf import settings as running
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from citynet import metrics, serve
from directory.accounts.outbox import WAITS, OutgoingMail
from directory.models import Membership, ReviewItem
from tests import outages
from tests.directory.registration.suggestions import suggest
from tests.factories import make_city, make_membership, make_network, make_release

TOKEN = "a-token-of-forty-characters-or-about-that"
SHOWN = {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def prometheus(settings):
    """What asks for metrics, by address and without TLS."""
    settings.METRICS_TOKEN = TOKEN
    settings.SECURE_SSL_REDIRECT = True
    return Client(headers={"host": "10.0.0.7:8000"})


@pytest.fixture
def visitor(settings, prometheus):
    settings.SECURE_SSL_REDIRECT = False
    settings.KEPT_ANSWERS_BYTES = 1_000_000
    return Client(raise_request_exception=False)


def numbers(prometheus):
    """Every sample by its name and the values of its labels, in the order of their names."""
    answer = prometheus.get("/metrics", headers=SHOWN)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    families = text_string_to_metric_families(answer.content.decode())
    return {
        (sample.name, *(value for _name, value in sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def grown(before, after, *key):
    return after.get(key, 0) - before.get(key, 0)


@pytest.mark.django_db
def test_without_the_setting_there_is_nothing_at_the_address(client):
    assert client.get("/metrics", headers=SHOWN).status_code == 404


@pytest.mark.parametrize(
    "shown",
    [{}, {"authorization": TOKEN}, {"authorization": "Bearer"}, {"authorization": "Bearer wrong"},
     {"authorization": f"Bearer {TOKEN}é"}, {"authorization": f"Basic {TOKEN}"}],
)  # fmt: skip
def test_without_the_token_nothing_is_told(prometheus, shown):
    # No database mark: whoever is refused costs nothing.
    answer = prometheus.get("/metrics", headers=shown)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert b"citynet" not in answer.content


@pytest.mark.django_db
def test_requests_are_counted_by_view_method_and_class_of_status(prometheus, visitor):
    make_network("north")
    before = numbers(prometheus)
    for path in ("/networks/north/", "/networks/north/", "/networks/nowhere/", "/no/such/page"):
        visitor.get(path)
    visitor.generic("BREW", "/contact/")
    after = numbers(prometheus)
    count = "citynet_request_seconds_count"
    assert grown(before, after, count, "GET", "2xx", "network") == 2
    assert grown(before, after, count, "GET", "4xx", "network") == 1
    assert grown(before, after, count, "GET", "4xx", "none") == 1
    assert grown(before, after, count, "OTHER", "4xx", "contact") == 1
    longest = ("citynet_request_seconds_bucket", "+Inf", "GET", "2xx", "network")
    assert grown(before, after, *longest) == 2


@pytest.mark.django_db
def test_no_label_is_an_address(prometheus, visitor):
    make_network("north")
    before = set(numbers(prometheus))
    for number in range(20):
        visitor.get(f"/networks/none-{number}/?q={number}")
        visitor.get(f"/nowhere-{number}/")
        visitor.get(f"/static/none-{number}.css")
    new = {key[-1] for key in set(numbers(prometheus)) - before if "request" in key[0]}
    assert new <= {"network", "none", "static"}


@pytest.mark.django_db
def test_kept_answers_are_counted(prometheus, visitor):
    make_network("north")
    before = numbers(prometheus)
    for _each in range(3):
        visitor.get("/networks/north/")
    after = numbers(prometheus)
    assert grown(before, after, "citynet_kept_answers_total", "miss") == 1
    assert grown(before, after, "citynet_kept_answers_total", "hit") == 2
    assert after[("citynet_kept_answers_bytes",)] > 4000


@pytest.mark.django_db
def test_errors_of_the_database_are_counted_by_kind(prometheus, visitor, monkeypatch):
    def away(*_args):
        raise OperationalError

    before = numbers(prometheus)
    monkeypatch.setattr(Membership.objects, "public", away)
    assert visitor.get("/api/v1/memberships/").status_code == 503
    after = numbers(prometheus)
    assert grown(before, after, "citynet_database_errors_total", "away") == 1


@pytest.mark.django_db
def test_what_waits_is_told_and_for_how_long_for_the_price_of_four_queries(prometheus):
    make_membership("north", make_city("bergen-no"))
    suggest()
    suggest()
    now = timezone.now()
    hour = datetime.timedelta(hours=1)
    ReviewItem.objects.update(made_at=now - hour)
    for attempts, error in ((0, ""), (2, "OSError"), (len(WAITS) + 1, "OSError")):
        OutgoingMail.objects.create(
            to="a@example.org", subject="s", body="b",
            attempts=attempts, error=error, created_at=now - 2 * hour,
        )  # fmt: skip
    make_release()
    with CaptureQueriesContext(connection) as queries:
        told = numbers(prometheus)
    assert len(queries) == 4, queries.captured_queries
    assert told[("citynet_waiting", "submission")] == 2
    assert told[("citynet_waiting", "claim")] == 0
    assert told[("citynet_waiting_oldest_seconds", "submission")] == pytest.approx(3600, abs=60)
    states = ("waiting", "failing", "given up")
    assert [told[("citynet_mails", state)] for state in states] == [2, 1, 1]
    assert told[("citynet_mails_oldest_seconds",)] == pytest.approx(7200, abs=60)
    assert told[("citynet_revision",)] > 0
    assert ("citynet_newest_release_age_seconds",) in told
    assert told[("citynet_database_up",)] == 1
    assert any(key[0] == "citynet_build_info" for key in told)


def test_while_the_database_is_away_the_rest_is_told(prometheus, django_db_blocker):
    with django_db_blocker.unblock(), outages.away():
        told = numbers(prometheus)
    assert told[("citynet_database_up",)] == 0
    assert ("citynet_revision",) not in told


SEVERAL_PROCESSES = """
import os
import django
django.setup()
from citynet import metrics
metrics.SECONDS.labels("home", "GET", "2xx").observe(0.02)
metrics.KEPT_BYTES.set(100)
child = os.fork()
metrics.SECONDS.labels("home", "GET", "2xx").observe(0.02)
metrics.KEPT_BYTES.set(50)
if not child:
    os._exit(0)
os.waitpid(child, 0)
for family in metrics._of_all_processes().collect():
    for sample in family.samples:
        if sample.name in ("citynet_request_seconds_count", "citynet_kept_answers_bytes"):
            print(sample.name, sample.value)
"""


def test_several_processes_add_up_and_one_that_ended_takes_no_room(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", SEVERAL_PROCESSES],
        env=os.environ
        | {metrics.FOLDER: str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=running.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    told = dict(line.split() for line in done.stdout.splitlines())
    assert told == {"citynet_request_seconds_count": "3.0", "citynet_kept_answers_bytes": "50.0"}


def test_the_server_begins_with_an_empty_folder(settings, tmp_path, monkeypatch):
    settings.METRICS_TOKEN, settings.VAR_DIR, settings.PORT = TOKEN, tmp_path, 8123
    monkeypatch.setenv(metrics.FOLDER, "")
    old = tmp_path / "metrics" / "8123" / "counter_1.db"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"")
    serve.share_metrics()
    assert os.environ[metrics.FOLDER] == str(old.parent)
    assert not old.exists()
