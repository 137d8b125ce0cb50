"""A small system with something in every kind of table, what it holds, and how it is emptied."""

import datetime
import io
import os
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from directory.backup.contents import columns, tables
from directory.datapackage.loading import load_package
from directory.gazetteer.loading import load_places
from directory.history import change_set
from directory.models import City, CityTerm, Entry, NetworkTerm
from directory.models.choices import Origin
from directory.models.counters import continue_from
from tests.directory.datapackage.tiny import tiny, write
from tests.directory.gazetteer.places import DIVISIONS, EVERYWHERE

Rows = dict[str, list[tuple[Any, ...]]]


def make_system(folder: Path) -> None:
    """Places, a loaded package, a person, their session, and a change that they made."""
    load_places(EVERYWHERE, divisions=DIVISIONS, reason="Gazetteer of a test")
    load_package(write(folder / "package", tiny()))
    person = get_user_model().objects.create_user("ola@example.org", "a long pass phrase")
    until = timezone.now() + datetime.timedelta(days=1)
    Session.objects.create(session_key="s" * 32, session_data="x", expire_date=until)
    with change_set(origin=Origin.WEB, reason="A birth — 京", actor=str(person.opaque_id)):
        city = City.objects.order_by("slug").first()
        city.population = 12_345
        city.save()
    assert Entry.objects.count() > 20


def everything(*, with_gazetteer: bool = False) -> Rows:
    """Every row of every table of a backup, and the search index."""
    models = [*tables(with_gazetteer=with_gazetteer), NetworkTerm, CityTerm]
    rows = {}
    for model in models:
        names = [field.attname for field in columns(model)]
        if model in (NetworkTerm, CityTerm):
            names.remove("id")
        rows[model._meta.label] = list(model._base_manager.order_by(*names[:3]).values_list(*names))
    return rows


def empty_the_system() -> None:
    """Delete all rows, past every guard, as after `migrate`."""
    with transaction.atomic():
        for model in [*tables(with_gazetteer=True), NetworkTerm, CityTerm]:
            model._base_manager.all()._raw_delete(using="default")
            if model._meta.auto_field:
                continue_from(model, 0)


def alter(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Write the backup anew after changing its files, with checksums that gzip believes."""
    with tarfile.open(path, "r:gz") as tar:
        members = {member.name: tar.extractfile(member).read() for member in tar}
    change(members)
    altered = path.with_name("altered.tar.gz")
    with tarfile.open(altered, "w:gz") as tar:
        for name, text in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text))
    return altered


def address(folder: Path) -> str:
    """DATABASE_URL of the test database, or on SQLite of a copy in a file: it is in memory."""
    if connection.vendor == "postgresql":
        about = connection.settings_dict
        login = f"{about['USER']}:{about['PASSWORD']}"
        return f"postgresql://{login}@{about['HOST']}:{about['PORT']}/{about['NAME']}"
    connection.ensure_connection()
    file = folder / "copy.sqlite3"
    with sqlite3.connect(file) as target:
        connection.connection.backup(target)
    target.close()
    return f"sqlite:///{file}"


def run(url: str, code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own, with Django on that database."""
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    start = "import django; django.setup(); from django.core.management import call_command\n"
    return subprocess.run(
        [sys.executable, "-c", start + code, *map(str, arguments)],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
