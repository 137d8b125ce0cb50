"""Which token may do what: every cell of permissions.csv, which is written by hand.

``yes``: it is done; ``no``: 403; ``none``: 404, as if it were not there; ``who``: 401.
"""

import csv
import datetime
import json
import re
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import get_resolver
from django.utils import timezone

from directory.models import AccessToken, ChangeSet, Claim, Membership, Upload
from directory.registration import bulk, memberships, tokens
from tests.api.writing.programs import Program, program_for
from tests.directory.registration.people import make_staff
from tests.factories import make_city, make_membership, make_network

FILE = Path(__file__).with_name("permissions.csv")
with FILE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
ROLES = [name for name in ROWS[0] if name not in ("method", "address", "body")]
ANSWERS = {401: "who", 403: "no", 404: "none", 200: "yes", 201: "yes", 204: "yes"}

pytestmark = pytest.mark.django_db


class World:
    """Programs by role, and the things that addresses name."""

    def __init__(self) -> None:
        bergen, oslo = make_city("bergen-no", name="Bergen"), make_city("oslo-no", name="Oslo")
        north, south = make_network("north"), make_network("south")
        membership = make_membership(north, bergen, joined="2019")
        other = make_membership(south, oslo)
        staff = make_staff(bergen)
        for office in (bergen, north):
            memberships.confirm(actor=make_staff(office), office=office, membership=membership)
        _token, secret = tokens.issue_token(actor=staff, office=bergen, name="Own", days=30)
        upload = bulk.preview(actor=staff, office=bergen, rows=[{"network": "south"}])
        browser = Program()
        browser.client.force_login(make_staff(bergen))
        self.programs = {
            "no token": Program(),
            "signed-in browser": browser,
            "wrong token": Program(f"{secret[:-4]}aaaa"),
            "expired token": self._spoilt(bergen, self._expire),
            "revoked token": self._spoilt(bergen, self._revoke),
            "token of a revoked claim": self._spoilt(bergen, self._claim("revoked")),
            "token of an expired claim": self._spoilt(bergen, self._claim("expired")),
            "token of a closed account": self._spoilt(bergen, self._close),
            "city": Program(secret),
            "colleague of the city": program_for(bergen),
            "other city": program_for(oslo),
            "network": program_for(north),
            "other network": program_for(south),
        }
        self.names = {
            "membership": membership.public_id,
            "other membership": other.public_id,
            "upload": str(upload.key),
        }

    def ask(self, row: dict[str, str], role: str) -> str:
        """Return what a program gets; whatever it changed is taken back."""
        address = re.sub(r"\{([^}]+)\}", lambda found: self.names[found[1]], row["address"])
        body = json.loads(row["body"]) if row["body"] else None
        headers = {"If-Match": "*"} if row["method"] == "patch" else {}
        with transaction.atomic():
            answer = self.programs[role].send(row["method"].upper(), address, body, **headers)
            transaction.set_rollback(True)
        return ANSWERS.get(answer.status_code, f"{answer.status_code} {answer.content.decode()}")

    def _spoilt(self, city, spoil) -> Program:
        program = program_for(city)
        spoil(AccessToken.objects.latest("pk"))
        return program

    def _expire(self, token: AccessToken) -> None:
        token.made_at = timezone.now() - datetime.timedelta(days=2)
        token.expires_at = timezone.now() - datetime.timedelta(days=1)
        token.save()

    def _revoke(self, token: AccessToken) -> None:
        tokens.revoke_token(actor=token.person, token=token)

    def _claim(self, state: str):
        return lambda token: Claim.objects.filter(person=token.person).update(state=state)

    def _close(self, token: AccessToken) -> None:
        token.person.is_active = False
        token.person.save()


def test_every_cell_of_the_table_is_as_written():
    world = World()
    before = ChangeSet.objects.count(), Membership.objects.count(), Upload.objects.count()
    wrong = []
    for row in ROWS:
        for role in ROLES:
            answer = world.ask(row, role)
            if answer != row[role]:
                wrong.append(
                    f"{row['method']} {row['address']} {row['body']} as {role}: {answer}, "
                    f"not {row[role]}"
                )
    assert not wrong, "\n".join(wrong)
    after = ChangeSet.objects.count(), Membership.objects.count(), Upload.objects.count()
    assert after == before


def test_the_table_names_every_address_that_writes():
    world = World()
    tested = set()
    for row in ROWS:
        address = re.sub(r"\{([^}]+)\}", lambda found: world.names[found[1]], row["address"])
        match = get_resolver().resolve(f"/api/v1/{address.partition('?')[0]}")
        tested.add((match.url_name, row["method"]))
    writing = {
        (pattern.name, method)
        for pattern in get_resolver("api.urls").url_patterns
        for method in getattr(pattern.callback, "actions", None) or {}
        if pattern.name and method in ("post", "patch", "put", "delete")
    }
    assert writing - tested == set()
    assert len(writing) >= 9
