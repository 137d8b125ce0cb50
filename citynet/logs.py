"""Logs to standard error: for people to read, or one JSON object a line, without a visitor's trace.

What is logged is code, places in it, and words that have passed ``citynet.discretion``; the values
that travel along with a record are left out unless they stand in ``FIELDS``. That is why no library
for JSON logs is used: those write whatever a record carries.
"""

import datetime
import logging
import traceback
from collections.abc import Iterator
from typing import Any

import orjson
from django.http import HttpRequest

from citynet.discretion import discreet
from citynet.request_names import current_request, view_of

FORMATS = ("text", "json")
LEVELS = ("debug", "info", "warning", "error")
# What the access log knows of a request.
ACCESS = "citynet.access"
FIELDS = ("method", "view", "status", "milliseconds")
LOST = "A line could not be written without risk and was left out."


def configuration(*, form: str, level: str, every_request: bool, debug: bool) -> dict[str, Any]:
    """Return the configuration of Python's logging; by default problems only."""
    level = level.upper()
    quiet = {"handlers": ["stderr"], "propagate": False}
    of_ours = quiet | {"level": level}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {form: {"()": f"citynet.logs.{'JsonLines' if form == 'json' else 'Lines'}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form}},
        # Nobody knows what libraries would tell.
        "root": {"handlers": ["stderr"], "level": "ERROR" if level == "ERROR" else "WARNING"},
        "loggers": {
            **dict.fromkeys(("api", "citynet", "directory", "django"), of_ours),
            ACCESS: quiet | {"level": "INFO" if every_request else "CRITICAL"},
            # Statements hold what people wrote.
            "django.db.backends": {"level": "WARNING"},
            # All that a page was given, for each name that is missing there.
            "django.template": {"level": "WARNING"},
            # Each missing page would be a line otherwise.
            "django.request": {"level": "ERROR"},
            "django.server": quiet | {"level": "INFO" if debug else "ERROR"},
        },
    }


def of_the_server(ours: dict[str, Any]) -> dict[str, Any]:
    """Return a configuration for granian's own lines, which look like all others then."""
    quiet = {"handlers": ["stderr"], "propagate": False}
    loggers = {"_granian": dict(quiet), "granian.access": dict(quiet)}
    return {"formatters": ours["formatters"], "handlers": ours["handlers"], "loggers": loggers}


class _Discreet(logging.Formatter):
    """Takes a record apart; what cannot be is left out rather than written as it is."""

    def format(self, record: logging.LogRecord) -> str:
        try:
            request = _request_of(record)
            place = _place_of(request)
            said = record.getMessage()
            if record.name == ACCESS:
                place |= {name: getattr(record, name) for name in FIELDS}
            else:
                said = discreet(said, request)
            return self.line(record, said, place, "".join(_failure(record, request)))
        except Exception:  # noqa: BLE001 (logging itself would print the record with all it holds)
            return self.line(record, LOST, {}, "")

    def line(
        self, record: logging.LogRecord, said: str, place: dict[str, Any], failure: str
    ) -> str:
        """Return a record as it is written; ``failure`` is a traceback or nothing."""
        raise NotImplementedError


class Lines(_Discreet):
    """One line for people, and a traceback below it."""

    def line(
        self, record: logging.LogRecord, said: str, place: dict[str, Any], failure: str
    ) -> str:
        request = f" [{place['view']}, request {place['request_id']}]" if place else ""
        head = f"{_time(record)} {record.levelname} {record.name}: {said}{request}"
        return f"{head}\n{failure.rstrip()}" if failure else head


class JsonLines(_Discreet):
    """One JSON object for programs."""

    def line(
        self, record: logging.LogRecord, said: str, place: dict[str, Any], failure: str
    ) -> str:
        line = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": said,
            **place,
        }
        if failure:
            line["traceback"] = failure
        return orjson.dumps(line, default=str).decode()


def _time(record: logging.LogRecord) -> str:
    moment = datetime.datetime.fromtimestamp(record.created, tz=datetime.UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _request_of(record: logging.LogRecord) -> HttpRequest | None:
    request = getattr(record, "request", None)
    return request if isinstance(request, HttpRequest) else current_request()


def _place_of(request: HttpRequest | None) -> dict[str, Any]:
    """Return view and name of a request; probes, which are answered before all else, have none."""
    name = getattr(request, "request_id", "")
    return {"view": view_of(request), "request_id": name} if request and name else {}


def _failure(record: logging.LogRecord, request: HttpRequest | None) -> Iterator[str]:
    """Return a traceback: places in the code as they are, the words of errors discreetly."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return
    for part in traceback.TracebackException.from_exception(error).format():
        if part.startswith(("Traceback (", '  File "', "\nDuring handling", "\nThe above")):
            yield part
        else:
            # Databases add the statement, with all its values, below their first line.
            yield discreet(part.strip("\n").partition("\n")[0], request) + "\n"
