"""A mirror of the directory that knows nothing of it but what the API tells: the changes."""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from typing import Any, NamedTuple

from django.test import Client


class Answer(NamedTuple):
    """What came back: status, ETag and the JSON."""

    status: int
    etag: str
    said: Any


Ask = Callable[[str, dict[str, str]], Answer]
"""Sends a GET to a path with query, and headers."""


def over_http(host: str, port: int) -> Ask:
    """Ask a server."""

    def ask(path: str, headers: dict[str, str]) -> Answer:
        with closing(HTTPConnection(host, port, timeout=30)) as connection:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            body = response.read()
            etag = response.headers.get("ETag", "")
        return Answer(response.status, etag, json.loads(body) if body else None)

    return ask


def in_process(path: str, headers: dict[str, str]) -> Answer:
    """Ask the site of the test itself."""
    response = Client(headers={"host": "localhost"}).get(path, headers=headers)
    said = response.json() if response.content else None
    return Answer(response.status_code, response.headers.get("ETag", ""), said)


class Mirror:
    """Rows by table and id, as of ``revision``; each change set is taken over whole."""

    def __init__(self, ask: Ask, page_size: int = 500) -> None:
        self.tables: dict[str, dict[str, Any]] = defaultdict(dict)
        self.revision = 0
        self.pages = self.unchanged = 0
        self._ask, self._page_size = ask, page_size
        self._waiting: list[dict[str, Any]] = []
        self._etag = ""

    def catch_up(self) -> list[int]:
        """Take over what has changed; return the revisions that were taken over."""
        before = self.revision
        path: str | None = f"/api/v1/changes/?page_size={self._page_size}&after={before}"
        headers = {"If-None-Match": self._etag} if self._etag else {}
        while path:
            answer = self._ask(path, headers)
            if answer.status == 304:
                self.unchanged += 1
                break
            assert answer.status == 200, answer
            self.pages += 1
            for change_set in answer.said["results"]:
                self._take(change_set)
            path = answer.said["next"] and re.sub(r"^\w+://[^/]+", "", answer.said["next"])
            headers = {}
            # Only the answer that nothing has changed is asked for again.
            self._etag = "" if answer.said["results"] else answer.etag
        return list(range(before + 1, self.revision + 1))

    def _take(self, change_set: dict[str, Any]) -> None:
        assert change_set["revision"] == self.revision + 1, "a gap, or one for the second time"
        self._waiting += change_set["entries"]
        if not change_set["complete"]:
            return
        assert len(self._waiting) == change_set["count"]
        for entry in self._waiting:
            rows, record = self.tables[entry["table"]], entry["record"]
            assert rows.get(record) == entry["before"], entry
            if entry["action"] == "removed":
                del rows[record]
            else:
                rows[record] = entry["after"]
        self._waiting = []
        self.revision = change_set["revision"]
