"""Values go to JSON and come back as they were."""

import datetime
import decimal
import json
import uuid

import pytest
from django.db import models

from directory.backup.values import from_json, to_json

VALUES = [
    (models.CharField(), " “京”\n\\"),
    (models.CharField(), ""),
    (models.TextField(null=True), None),
    (models.BigIntegerField(), 2**63 - 1),
    (models.FloatField(), 60.392990000000005),
    (models.BooleanField(), False),
    (models.DecimalField(max_digits=9, decimal_places=3), decimal.Decimal("1.500")),
    (models.DateField(), datetime.date.min),
    (models.DateTimeField(), datetime.datetime(2026, 11, 23, 1, 2, 3, 456, tzinfo=datetime.UTC)),
    (models.TimeField(), datetime.time(1, 2, 3, 456)),
    (models.DurationField(), datetime.timedelta(days=-3, microseconds=5)),
    (models.UUIDField(), uuid.UUID(int=7)),
    (models.GenericIPAddressField(), "2001:db8::1"),
    (models.JSONField(), {"b": [1, None, "x"], "a": {}}),
    (models.JSONField(), "a text"),
]


@pytest.mark.parametrize(("field", "value"), VALUES, ids=lambda value: repr(value)[:30])
def test_a_value_comes_back_as_it_was(field, value):
    assert from_json(field, json.loads(json.dumps(to_json(value)))) == value


def test_bytes_come_back_as_they_were():
    stored = json.loads(json.dumps(to_json(memoryview(b"\x00\xff"))))
    assert bytes(from_json(models.BinaryField(), stored)) == b"\x00\xff"
