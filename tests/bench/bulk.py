"""Whole lists out and a whole package in, measured against PostgreSQL's own COPY in the same run.

``COPY`` out writes the columns of the list from the same tables; ``COPY`` in fills every table that
the load fills, change entries and index of words included, with their constraints and indexes, in
one transaction. The serializer loop writes memberships one by one as a textbook would import them.
"""

import csv
import http.client
import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.core.management import call_command
from django.db import connection, transaction
from rest_framework import serializers

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LOOPED_ROWS = 500
READ_AT_ONCE = 65536
LIST = """
    SELECT m.id, n.slug, c.slug, m.role, m.founder, m.joined, m.left, m.ended, m.standing,
        n.name, c.name, c.country_id, k.name, c.admin1_name, c.latitude, c.longitude,
        m.joined_first_day, m.joined_last_day, m.left_first_day, m.left_last_day
    FROM directory_membership m JOIN directory_network n ON n.id = m.network_id
    JOIN directory_city c ON c.id = m.city_id JOIN directory_country k ON k.code = c.country_id
    ORDER BY m.id
"""


@dataclass(frozen=True)
class Taken:
    """A whole list: how large, how long it took, and how much a worker grew by it, in bytes."""

    size: int
    seconds: float
    first_byte: float
    growth: int

    @property
    def rate(self) -> float:
        """Millions of bytes a second."""
        return self.size / self.seconds / 1e6


def take(url: str, workers: list[int]) -> Taken:
    """Take a list from the running server."""
    asked = urlsplit(url)
    before = {pid: _peak(pid) for pid in workers}
    line = http.client.HTTPConnection(asked.hostname, asked.port, timeout=600)
    start = time.perf_counter()
    line.request("GET", f"{asked.path}?{asked.query}", headers={"Accept-Encoding": "identity"})
    answer = line.getresponse()
    size = len(answer.read(1))
    first = time.perf_counter() - start
    while block := answer.read(READ_AT_ONCE):
        size += len(block)
    seconds = time.perf_counter() - start
    if answer.status != http.client.OK:
        raise SystemExit(f"{url} answers {answer.status}")
    line.close()
    growth = max(_peak(pid) - before[pid] for pid in workers)
    return Taken(size, seconds, first, growth)


def _peak(pid: int) -> int:
    """Return the most memory that a process has held so far, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise SystemExit(f"no figure of memory of process {pid}")


class _Counted(io.RawIOBase):
    """A file that counts what is written to it, and keeps nothing."""

    size = 0

    def write(self, block: bytes) -> int:
        self.size += len(block)
        return len(block)


def copied_out() -> float:
    """Return at how many millions of bytes a second COPY writes the list of memberships."""
    sink = _Counted()
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        start = time.perf_counter()
        cursor.copy_expert(f"COPY ({LIST}) TO STDOUT WITH (FORMAT csv)", sink)
        seconds = time.perf_counter() - start
    return sink.size / seconds / 1e6


def loaded() -> float:
    """Return the seconds that the load of the package takes into empty tables."""
    start = time.perf_counter()
    call_command("load_package", str(FIXTURES), verbosity=0, stdout=io.StringIO())
    return time.perf_counter() - start


def copied_in() -> float:
    """Return the seconds that COPY takes to put back all that the load has written."""
    tables = _filled_tables()
    copies: dict[str, io.BytesIO] = {}
    with connection.cursor() as cursor:
        for table in tables:
            copies[table] = io.BytesIO()
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', copies[table])
            copies[table].seek(0)
    start = 0.0
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table in reversed(tables):
                cursor.execute(f'DELETE FROM "{table}"')
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        start = time.perf_counter()
        with connection.cursor() as cursor:
            for table in tables:
                cursor.copy_expert(f'COPY "{table}" FROM STDIN', copies[table])
    return time.perf_counter() - start


def _filled_tables() -> list[str]:
    """Return the tables that hold what was loaded: all of the directory but the gazetteer's."""
    from django.apps import apps

    from directory.models import Place

    models = apps.get_app_config("directory").get_models(include_auto_created=True)
    return [
        model._meta.db_table
        for model in models
        if model is not Place and model._base_manager.exists()
    ]


def rows_loaded() -> int:
    """Return how many rows the files of the package have."""
    found = 0
    for path in FIXTURES.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found += sum(1 for _row in csv.DictReader(file))
    return found


def looped() -> float:
    """Return how many memberships a second a loop of serializers writes."""
    from directory.history import change_set
    from directory.models import City, Membership, Network, Statement
    from directory.models.choices import Origin

    class MembershipSerializer(serializers.ModelSerializer):
        network = serializers.SlugRelatedField(slug_field="slug", queryset=Network.objects.all())
        city = serializers.SlugRelatedField(slug_field="slug", queryset=City.objects.all())

        class Meta:
            model = Membership
            fields = ["network", "city", "role", "founder", "joined", "left", "ended", "standing"]
            validators: list[object] = []

    with (FIXTURES / "memberships.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    some = rows[:LOOPED_ROWS]
    with _taken_back(), change_set(origin=Origin.LOAD, reason="A loop of serializers"):
        Statement.objects.filter(membership__in=[int(row["id"][1:]) for row in some]).delete()
        Membership.objects.filter(pk__in=[int(row["id"][1:]) for row in some]).delete()
        start = time.perf_counter()
        for row in some:
            data = row | {"founder": row["founder"] == "yes", "ended": row["ended"] == "yes"}
            serializer = MembershipSerializer(data=data)
            serializer.is_valid(raise_exception=True)
            serializer.save(standing=row["standing"])
        seconds = time.perf_counter() - start
    return len(some) / seconds


@contextmanager
def _taken_back() -> Iterator[None]:
    """Roll back what the block writes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
