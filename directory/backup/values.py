"""Values of the database as JSON and back, the same from and to both databases."""

import base64
import datetime
import decimal
import uuid
from functools import singledispatch
from typing import Any

from django.db import models
from django.utils.duration import duration_string


@singledispatch
def to_json(value: Any) -> Any:
    """Return a value as json.dumps takes it; the field's ``to_python`` reads it back."""
    return value


@to_json.register
def _(value: datetime.date) -> str:
    return value.isoformat()


@to_json.register
def _(value: datetime.time) -> str:
    return value.isoformat()


@to_json.register
def _(value: datetime.timedelta) -> str:
    return duration_string(value)


@to_json.register(decimal.Decimal)
@to_json.register(uuid.UUID)
def _(value: Any) -> str:
    return str(value)


@to_json.register(bytes)
@to_json.register(memoryview)
def _(value: Any) -> str:
    return base64.b64encode(bytes(value)).decode("ascii")


def from_json(field: models.Field, value: Any) -> Any:
    """Return what a field stores; raises ValidationError for a value that it cannot hold."""
    return None if value is None else field.to_python(value)
