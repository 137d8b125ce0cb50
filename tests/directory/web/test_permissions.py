"""Who may open and send which page: every cell of permissions.csv, which is written by hand.

``yes``: the page, or what follows on it; ``no``: 403; ``none``: 404, as if it were not there;
``gone``: 410, a link that is good no more; ``sign in`` and ``factor``: led to signing in, or to
setting up a second factor.
"""

import csv
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from directory.accounts.gates import PRIVATE_PREFIXES
from directory.models import ChangeSet, Claim, Membership, ReviewItem
from directory.registration import bulk, claims, submissions
from directory.registration.tokens import issue_token
from tests.directory.accounts.people import make_user
from tests.directory.registration.people import make_staff, newest_token, verified_claim
from tests.directory.web.editors.browsers import browser_of, make_editor
from tests.factories import make_city, make_focus_area, make_funder, make_membership, make_network

FILE = Path(__file__).with_name("permissions.csv")
with FILE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
ROLES = [name for name in ROWS[0] if name not in ("method", "address")]
ANSWERS = {200: "yes", 403: "no", 404: "none", 410: "gone"}

pytestmark = pytest.mark.django_db


class World:
    """The people with their browsers, and the things that addresses name."""

    def __init__(self) -> None:
        cache.clear()
        city, other_city = make_city("bergen-no"), make_city("oslo-no")
        network = make_network("north", focus_areas=[make_focus_area("climate")])
        make_funder("fund")
        membership = make_membership(network, city)
        other = make_membership("south", other_city)
        owner, editor = make_user("owner@bergen.example"), make_editor()
        staff, inactive = make_staff(city), make_staff(city)
        people = {
            "stranger": make_user("stranger@bergen.example"),
            "city staff": staff,
            "colleague": make_staff(city),
            "other city staff": make_staff(other_city),
            "network staff": make_staff(network),
            "revoked staff": make_staff(city, state="revoked"),
            "expired staff": make_staff(city, state="expired"),
            "inactive staff": inactive,
            "owner": owner,
            "editor without factor": make_editor(),
        }
        self.browsers = {"visitor": Client(), "editor": browser_of(editor)}
        for role, person in people.items():
            self.browsers[role] = Client()
            self.browsers[role].force_login(person)
        inactive.is_active = False
        inactive.save()
        claim = verified_claim(owner, other_city)
        claims.request_claim(
            actor=owner, office=network, role="Adviser", work_address="ada@north.example"
        )
        token = newest_token()
        mail.outbox.clear()
        submission = submissions.correct(
            actor=owner,
            table="cities",
            record="bergen-no",
            values={"website": "https://bergen.example/"},
            source="https://example.org/minutes",
            form_key=uuid.uuid4(),
        )
        dispute = ReviewItem.objects.create(kind="dispute", membership=membership)
        upload = bulk.preview_text(actor=staff, office=city, text="network\nnorth\nno such\n")
        access_token, _ = issue_token(actor=staff, office=city, name="Nightly", days=30)
        self.names = {
            "upload": upload.key,
            "access token": access_token.pk,
            "claim": claim.pk,
            "claim item": claim.review.pk,
            "token": token,
            "submission": submission.pk,
            "submission item": submission.review.pk,
            "dispute item": dispute.pk,
            "membership": membership.public_id,
            "other membership": other.public_id,
            "revision": ChangeSet.objects.latest("revision").revision,
            "editor": editor.pk,
        }

    def ask(self, row: dict[str, str], role: str) -> str:
        """Return what somebody gets; whatever it changed is taken back."""
        address = self.address(row)
        with transaction.atomic():
            answer = getattr(self.browsers[role], row["method"])(address)
            transaction.set_rollback(True)
        if answer.status_code in (301, 302):
            if answer.url.startswith("/account/login/"):
                return "sign in"
            return "factor" if answer.url == "/account/2fa/" else "yes"
        return ANSWERS.get(answer.status_code, str(answer.status_code))

    def address(self, row: dict[str, str]) -> str:
        return re.sub(r"\{([^}]+)\}", lambda found: str(self.names[found[1]]), row["address"])


def test_every_cell_of_the_table_is_as_written():
    world = World()
    wrong = []
    for row in ROWS:
        for role in ROLES:
            answer = world.ask(row, role)
            if answer != row[role]:
                wrong.append(
                    f"{row['method']} {row['address']} as {role}: {answer}, not {row[role]}"
                )
    assert not wrong, "\n".join(wrong)


def test_refusals_leave_no_trace():
    world = World()
    before = (ChangeSet.objects.count(), Claim.objects.count(), Membership.objects.count())
    for row in ROWS:
        for role in ROLES:
            if row["method"] == "post" and row[role] not in ("yes", "factor"):
                world.browsers[role].post(world.address(row))
    after = (ChangeSet.objects.count(), Claim.objects.count(), Membership.objects.count())
    assert after == before


def test_the_table_names_every_private_page_of_ours():
    world = World()
    tested = {resolve(world.address(row)).url_name for row in ROWS}
    assert set(_private_names(get_resolver())) - tested == set()


def _private_names(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from _private_names(pattern, address)
        elif address.startswith(PRIVATE_PREFIXES) and _is_ours(pattern):
            yield str(pattern.name)


def _is_ours(pattern: URLPattern) -> bool:
    return pattern.callback.__module__.startswith("directory.web.")
