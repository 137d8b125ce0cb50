"""Programs that send JSON to the API, and what it refuses them."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from directory.registration import tokens
from directory.registration.offices import Office
from tests.directory.registration.people import make_staff


class Program:
    """A program that sends JSON to the API, with an access token or without."""

    def __init__(self, secret: str = "", person: Any = None) -> None:
        self.client = Client(headers={"host": "localhost"})
        self.secret, self.person = secret, person

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        content_type: str = "application/json",
        **headers: str,
    ) -> HttpResponse:
        """Send a request to a path under /api/v1/; bytes go as they are."""
        if self.secret:
            headers.setdefault("authorization", f"Bearer {self.secret}")
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.generic(
            method,
            f"/api/v1/{path}",
            b"" if body is None else data,
            content_type=content_type,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.send("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.send("PATCH", path, body, **headers)


def program_for(office: Office) -> Program:
    """Return a program with the token of somebody who acts for the office."""
    person = make_staff(office)
    _token, secret = tokens.issue_token(actor=person, office=office, name="Register", days=90)
    return Program(secret, person)


def problem(response: HttpResponse, status: int) -> dict[str, Any]:
    """Return the problem that a request was refused with."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "private, no-store"
    body = response.json()
    assert body["status"] == status
    return body


def errors(response: HttpResponse) -> dict[str, str]:
    """Return what is wrong by field."""
    return {error["field"]: error["message"] for error in problem(response, 400)["errors"]}
