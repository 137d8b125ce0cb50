"""What the API's tests share: a caller, and a day that does not move."""

import datetime
import json

import pytest
from django.test import Client

from directory.accounts import limits

TODAY = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Lets every test run on 23 November 2026."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: TODAY)
    return TODAY.date()


@pytest.fixture
def unlimited(monkeypatch):
    """Lets a test ask as often as it likes."""
    monkeypatch.setattr(limits, "LIMITS", dict.fromkeys(limits.LIMITS, "1000000/min"))


@pytest.fixture
def caller():
    """A caller of the API who sends no header but Host."""
    return Client(headers={"host": "localhost"})


@pytest.fixture
def get(caller):
    """Returns the JSON at an address under /api/v1/, which must answer with 200."""

    def get_json(path, **parameters):
        response = caller.get(f"/api/v1/{path}", parameters)
        assert response.status_code == 200, response.getvalue()
        return json.loads(response.getvalue())

    return get_json


@pytest.fixture
def refused(caller):
    """Returns the errors by parameter of a request that must be refused with 400."""

    def get_errors(path, query=None, **parameters):
        response = caller.get(f"/api/v1/{path}", query or parameters)
        assert response.status_code == 400, response.content
        assert response["Content-Type"] == "application/problem+json"
        return {error["field"]: error["message"] for error in response.json()["errors"]}

    return get_errors
