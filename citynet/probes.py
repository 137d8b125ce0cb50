"""Answers machines that watch the site, before anything else looks at their request.

They ask a process by its network address and without TLS: neither the check of hosts nor the way
to https would let them through, and no session, limit or log line is due to them.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from citynet import health
from citynet.metrics import metrics

View = Callable[[HttpRequest], HttpResponseBase]

PROBES: dict[str, View] = {"/healthz": health.alive, "/readyz": health.ready, "/metrics": metrics}


def answered(get_response: View) -> View:
    """Middleware, before all others, that answers what only machines ask."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        answer = PROBES.get(request.path_info, get_response)
        if answer is metrics and not settings.METRICS_TOKEN:
            # As any address at which there is nothing.
            answer = get_response
        return answer(request)

    return respond
