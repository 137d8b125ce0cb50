"""Numbers for Prometheus about requests, kept answers, queues and mail; for who has the token.

Each label has a few values that the code knows: names of views, never addresses. Several processes
add up through files in ``PROMETHEUS_MULTIPROC_DIR``, which ``citynet.serve`` sets and empties.
"""

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.signals import got_request_exception
from django.db import Error
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from citynet import __version__
from citynet.request_names import method_of, view_of
from directory.models import Revision
from directory.models.outages import can_only_be_read, is_outage
from directory.registration import waiting

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

View = Callable[[HttpRequest], HttpResponseBase]

_HERE = CollectorRegistry()
SECONDS = Histogram(
    "citynet_request_seconds",
    "How long requests took until their answer began.",
    ("view", "method", "status"),
    buckets=BUCKETS,
    registry=_HERE,
)
_KEPT = Counter(
    "citynet_kept_answers",
    "Requests for what may be kept: answered with what was kept, or made anew.",
    ("outcome",),
    registry=_HERE,
)
HIT, MISS = _KEPT.labels("hit"), _KEPT.labels("miss")
KEPT_BYTES = Gauge(
    "citynet_kept_answers_bytes",
    "Room that kept answers take in all processes.",
    multiprocess_mode="livesum",
    registry=_HERE,
)
DATABASE_ERRORS = Counter(
    "citynet_database_errors",
    "Requests that an error of the database ended.",
    ("kind",),
    registry=_HERE,
)


def measured(get_response: View) -> View:
    """Middleware that measures each request, where there is somebody to ask for it."""
    if not settings.METRICS_TOKEN:
        raise MiddlewareNotUsed

    def respond(request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        response = get_response(request)
        status = f"{response.status_code // 100}xx"
        labels = SECONDS.labels(view_of(request), method_of(request), status)
        labels.observe(time.perf_counter() - begun)
        return response

    return respond


@receiver(got_request_exception, dispatch_uid="citynet.metrics")
def _count_database_errors(**_about: object) -> None:
    error = sys.exception()
    if isinstance(error, Error):
        kind = "other"
        if is_outage(error):
            kind = "only read" if can_only_be_read(error) else "away"
        DATABASE_ERRORS.labels(kind).inc()


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer Prometheus, which shows the token of the settings."""
    scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
    is_known = constant_time_compare(token.strip(), settings.METRICS_TOKEN)
    if scheme.lower() != "bearer" or not is_known:
        refusal = HttpResponse("A token is needed.\n", status=401, content_type="text/plain")
        refusal["WWW-Authenticate"] = 'Bearer realm="metrics"'
        refusal["Cache-Control"] = "no-store"
        return refusal
    text = generate_latest(_of_all_processes()) + generate_latest(_DIRECTORY)
    headers = {"Cache-Control": "no-store", "Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
    return HttpResponse(text, headers=headers)


def _of_all_processes() -> CollectorRegistry:
    folder = os.environ.get(FOLDER)
    if not folder:
        return _HERE
    # Processes that ended hold nothing any more; what they counted stays counted.
    for file in Path(folder).glob("gauge_live*.db"):
        found = re.search(r"_(\d+)\.db$", file.name)
        if found and not Path(f"/proc/{found[1]}").exists():
            mark_process_dead(int(found[1]))
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry


class _Directory(Collector):
    """What stands in the database, looked up when asked for: four queries."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the numbers; without a database only that it is away."""
        build = GaugeMetricFamily(
            "citynet_build_info", "What is running.", labels=("version", "build")
        )
        build.add_metric((__version__, str(settings.BUILD)), 1)
        yield build
        is_up = True
        try:
            yield from list(_from_the_database())
        except Error:
            is_up = False
        yield _gauge("citynet_database_up", "Whether the database answered.", is_up)


def _from_the_database() -> Iterator[GaugeMetricFamily]:
    revision = Revision.objects.values_list("number", flat=True).first()
    yield _gauge("citynet_revision", "Number of the newest change set.", revision or 0)
    number = GaugeMetricFamily("citynet_waiting", "What waits for an editor.", labels=("kind",))
    oldest = GaugeMetricFamily(
        "citynet_waiting_oldest_seconds", "For how long the oldest has waited.", labels=("kind",)
    )
    for kind, queue in waiting.editors_queues().items():
        number.add_metric((kind,), queue.number)
        oldest.add_metric((kind,), queue.oldest)
    yield number
    yield oldest
    mails = waiting.mails()
    outbox = GaugeMetricFamily(
        "citynet_mails",
        "Mails that were not sent: all that wait, failed, given up.",
        labels=("state",),
    )
    outbox.add_metric(("waiting",), mails.waiting.number)
    outbox.add_metric(("failing",), mails.failing)
    outbox.add_metric(("given up",), mails.given_up)
    yield outbox
    says = "For how long the oldest mail has waited."
    yield _gauge("citynet_mails_oldest_seconds", says, mails.waiting.oldest)
    age = waiting.age_of_newest_release()
    if age is not None:
        yield _gauge("citynet_newest_release_age_seconds", "Since the day of its making.", age)


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=float(value))


_DIRECTORY = CollectorRegistry()
_DIRECTORY.register(_Directory())
