"""What a row of registration can state wrongly is refused by the database itself."""

import datetime
import uuid

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from directory.models import (
    AccessToken,
    Claim,
    IdempotencyKey,
    ReviewItem,
    Submission,
    Upload,
    UploadRow,
    VerifiedDomain,
)
from tests.directory.registration.people import make_person
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

MODELS = (
    *(Claim, VerifiedDomain, Submission, ReviewItem, Upload, UploadRow),
    *(AccessToken, IdempotencyKey),
)
CONSTRAINTS = {constraint.name: model for model in MODELS for constraint in model._meta.constraints}


@pytest.fixture
def rows():
    """One row of each table."""
    claim = Claim.objects.create(
        person=make_person(), city=make_city(), role="Adviser", work_address="a@b.no"
    )
    VerifiedDomain.objects.create(domain="b.no", city=claim.city)
    submission = Submission.objects.create(
        kind="correction", source="https://example.org/", form_key=uuid.uuid4()
    )
    ReviewItem.objects.create(kind="submission", submission=submission)
    upload = Upload.objects.create(person=claim.person, city=claim.city, origin="web")
    UploadRow.objects.create(upload=upload, number=2, verdict="new")
    token = AccessToken.objects.create(
        person=claim.person,
        city=claim.city,
        name="Register",
        prefix="0" * 8,
        digest="0" * 64,
        expires_at=timezone.now() + datetime.timedelta(days=1),
    )
    IdempotencyKey.objects.create(token=token, key="a", fingerprint="0" * 64)


def again(claim: Claim, **fields: object) -> None:
    Claim.objects.create(person=claim.person, role="x", work_address="a@b.no", **fields)


def two_disputes() -> None:
    membership = make_membership()
    for _ in range(2):
        ReviewItem.objects.create(kind="dispute", membership=membership)


def two_claims_for_a_network() -> None:
    network = make_network()
    for _ in range(2):
        again(Claim.objects.first(), network=network)


SPECIAL = {
    "claim_of_one_office": lambda: Claim.objects.update(network=make_network()),
    "verified_domain_of_one_office": lambda: VerifiedDomain.objects.update(city=None),
    "claim_live_once_per_city": lambda: again(
        Claim.objects.first(), city=Claim.objects.first().city
    ),
    "claim_live_once_per_network": two_claims_for_a_network,
    "review_of_one_thing": lambda: ReviewItem.objects.update(kind="claim"),
    "review_taken_for_a_time": lambda: ReviewItem.objects.update(taken_until=timezone.now()),
    "review_one_open_dispute": two_disputes,
    "upload_of_one_office": lambda: Upload.objects.update(network=make_network()),
    "upload_decided_at_a_time": lambda: Upload.objects.update(decided_at=timezone.now()),
    "access_token_of_one_office": lambda: AccessToken.objects.update(network=make_network()),
    "access_token_expires_later": lambda: AccessToken.objects.update(
        made_at=timezone.now() + datetime.timedelta(days=2)
    ),
    "idempotency_key_once": lambda: IdempotencyKey.objects.create(
        token=AccessToken.objects.get(), key="a", fingerprint="1"
    ),
    "upload_row_once": lambda: UploadRow.objects.create(
        upload=Upload.objects.get(), number=2, verdict="new"
    ),
}


def break_constraint(name: str) -> None:
    """Write what the constraint forbids."""
    if name in SPECIAL:
        SPECIAL[name]()
        return
    model = CONSTRAINTS[name]
    column, _, kind = name.rpartition("_")
    fields = {field.name: field for field in model._meta.concrete_fields}
    column = max((field for field in fields if column.endswith(f"_{field}")), key=len)
    length = (fields[column].max_length or 0) + 1
    wrong = {"length": "x" * length, "filled": "", "known": "odd", "plausible": 1492}
    model.objects.update(**{column: wrong[kind]})


@pytest.mark.parametrize("name", sorted(CONSTRAINTS))
def test_the_database_refuses(rows, name):
    with pytest.raises(DatabaseError), transaction.atomic():
        break_constraint(name)


def test_a_claim_that_is_over_leaves_room_for_another(rows):
    Claim.objects.update(state="revoked")
    again(Claim.objects.first(), city=Claim.objects.first().city)
    assert Claim.objects.count() == 2
