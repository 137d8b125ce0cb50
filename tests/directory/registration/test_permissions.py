"""Who may do what to what: every cell of permissions.csv, which is written by hand."""

import csv
import uuid
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from directory.models import AccessToken, Claim, ReviewItem, Submission
from directory.models.claim import ClaimState
from directory.registration.permissions import Action, may, require
from directory.registration.problems import NotAllowed
from tests.directory.registration.people import make_editor, make_person, make_staff
from tests.factories import make_city, make_membership, make_network

FILE = Path(__file__).with_name("permissions.csv")
with FILE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
ROLES = [name for name in ROWS[0] if name not in ("action", "object")]

pytestmark = pytest.mark.django_db


class World:
    """The people and the things of the table."""

    def __init__(self) -> None:
        self.city, self.other_city = make_city("bergen-no"), make_city("oslo-no")
        self.network, self.other_network = make_network("north"), make_network("south")
        self.owner, self.owning_editor = make_person(), make_editor()
        self.actors = {
            "visitor": AnonymousUser(),
            "stranger": make_person(),
            "city staff": make_staff(self.city),
            "other city staff": make_staff(self.other_city),
            "network staff": make_staff(self.network),
            "other network staff": make_staff(self.other_network),
            "inactive staff": make_staff(self.city, is_active=False),
            "editor": make_editor(),
            "inactive editor": make_editor(is_active=False),
            "owner": self.owner,
            "owning editor": self.owning_editor,
        }
        for state in set(ClaimState.values) - {"granted"}:
            self.actors[state] = make_staff(self.city, state=state)
        claims = {
            "claim": self._claim(self.owner),
            "editor's claim": self._claim(self.owning_editor),
        }
        submissions = {
            "submission": self._submission(self.owner),
            "visitor's submission": self._submission(None),
            "editor's submission": self._submission(self.owning_editor),
        }
        membership = make_membership(self.network, self.city)
        self.objects = {
            "nothing": None,
            "city": self.city,
            "other city": self.other_city,
            "network": self.network,
            "other network": self.other_network,
            "membership": membership,
            "other membership": make_membership(self.other_network, self.other_city),
            "dispute's item": ReviewItem.objects.create(kind="dispute", membership=membership),
            "token": self._token(self.owner),
            "editor's token": self._token(self.owning_editor),
            **claims,
            **submissions,
            **{
                f"{name}'s item": ReviewItem.objects.create(kind="claim", claim=claim)
                for name, claim in claims.items()
            },
            **{
                f"{name}'s item": ReviewItem.objects.create(kind="submission", submission=found)
                for name, found in submissions.items()
            },
        }

    def _claim(self, person) -> Claim:
        return Claim.objects.create(
            person=person, city=self.city, role="Adviser", work_address="a@bergen.kommune.no"
        )

    def _token(self, person) -> AccessToken:
        return AccessToken(person=person, city=self.city)

    def _submission(self, person) -> Submission:
        return Submission.objects.create(
            kind="correction",
            person=person,
            table="cities",
            record="bergen-no",
            source="https://example.org/",
            form_key=uuid.uuid4(),
        )


def test_every_cell_of_the_table_is_as_written():
    world = World()
    wrong = []
    for row in ROWS:
        for role in ROLES:
            decision = may(world.actors[role], Action(row["action"]), world.objects[row["object"]])
            if decision.allowed != (row[role] == "yes"):
                wrong.append((row["action"], row["object"], role, decision))
            assert bool(decision.reason) != decision.allowed
    assert wrong == []


def test_the_table_names_every_action_and_every_state_of_a_claim():
    assert {row["action"] for row in ROWS} == set(Action)
    assert set(ClaimState.values) - {"granted"} <= set(ROLES)
    assert {row[role] for row in ROWS for role in ROLES} == {"yes", "no"}


def test_a_refusal_says_why():
    with pytest.raises(NotAllowed, match="do not act for Bergen"):
        require(make_person(), Action.SPEAK_FOR, make_city("bergen-no"))


def test_an_erased_person_loses_what_was_granted():
    city = make_city()
    person = make_staff(city)
    Claim.objects.update(person=None)
    assert not may(person, Action.SPEAK_FOR, city).allowed
