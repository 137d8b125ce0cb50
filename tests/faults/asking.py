"""Requests of programs and people, one connection for each: answered, refused, or cut off."""

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

SECONDS = 120


class CutOff(Exception):
    """No answer came, or one that says that the site failed: nobody knows what became of it."""


@dataclass(frozen=True)
class Said:
    """An answer of the site that is its word."""

    status: int
    location: str
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)


def ask(port: int, method: str, path: str, body: bytes, headers: dict[str, str]) -> Said:
    """Ask the site; raises ``CutOff``."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request(method, path, body, {"Host": "localhost", **headers})
        answer = connection.getresponse()
        read = answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise CutOff(f"{method} {path}: {error!r}") from error
    finally:
        connection.close()
    if answer.status >= 500:
        raise CutOff(f"{method} {path}: {answer.status}")
    return Said(answer.status, answer.getheader("Location", ""), read)


def send(port: int, secret: str, path: str, body: Any, key: str) -> Said:
    """Send JSON to an address of the API with a token, under an Idempotency-Key."""
    headers = {
        "Authorization": f"Bearer {secret}",
        "Content-Type": "application/json",
        "Idempotency-Key": key,
    }
    return ask(port, "POST", f"/api/v1/{path}", json.dumps(body).encode(), headers)


def press(port: int, session: str, path: str, **form: str) -> Said:
    """Send the form of a page as somebody who is signed in."""
    token = "f" * 32
    headers = {
        "Cookie": f"citynet_session={session}; citynet_csrf={token}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode(form | {"csrfmiddlewaretoken": token}).encode()
    return ask(port, "POST", path, body, headers)
