"""Two people write at the same moment: neither loses what the other wrote without being told.

Each test lets the second one write after the first one has read and before it writes.
"""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections

from directory.models import ChangeSet, City, Membership, Network, Statement, Upload
from directory.registration import (
    applying,
    bulk,
    claims,
    facts,
    memberships,
    merge_moves,
    merging,
    queue,
    review,
    submissions,
)
from directory.registration.bulk import confirming
from directory.registration.problems import NotAllowed, NotPossible
from directory.registration.versions import version_of
from tests.directory.registration.people import make_editor, make_person, make_staff
from tests.factories import make_city, make_funder, make_membership, make_network

pytestmark = [
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer"),
    pytest.mark.django_db(transaction=True),
]
WAIT = 1.0


class Other:
    """Somebody who writes just before a function is called, and may have to wait for it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._thread: threading.Thread | None = None

    def writes_before(self, owner: Any, name: str, write: Callable[[], Any]) -> None:
        called = getattr(owner, name)

        def interrupted(*args: Any, **kwargs: Any) -> Any:
            self._monkeypatch.setattr(owner, name, called)
            self._thread = threading.Thread(target=_written, args=[write])
            self._thread.start()
            self._thread.join(WAIT)
            return called(*args, **kwargs)

        self._monkeypatch.setattr(owner, name, interrupted)

    def finish(self) -> None:
        assert self._thread is not None, "nobody else wrote"
        self._thread.join()


def _written(write: Callable[[], Any]) -> None:
    try:
        write()
    finally:
        connections.close_all()


@pytest.fixture
def other(monkeypatch):
    return Other(monkeypatch)


def suggested(table: str, record: str, **values: Any) -> Any:
    return submissions.correct(
        actor=make_person(),
        table=table,
        record=record,
        values=values,
        source="https://example.org/minutes",
        form_key=uuid.uuid4(),
    ).review


def test_an_approved_correction_leaves_the_facts_that_the_network_publishes_meanwhile(other):
    north, editor = make_network("north"), make_editor()
    nils = make_staff(north)
    item = queue.take(actor=editor, item=suggested("networks", "north", founded=1999))
    other.writes_before(
        applying,
        "write",
        lambda: facts.edit_network(
            actor=nils, network=north, values={"website": "https://north.example/"}
        ),
    )
    review.approve(actor=editor, item=item)
    other.finish()
    north = Network.objects.get()
    assert (north.founded, north.website) == (1999, "https://north.example/")


def test_an_approved_correction_leaves_what_the_city_says_of_a_membership_meanwhile(other):
    bergen, editor = make_city("bergen-no"), make_editor()
    kari, membership = make_staff(bergen), make_membership("north", bergen, joined="2019")
    item = suggested("memberships", membership.public_id, role="chair")
    item = queue.take(actor=editor, item=item)
    other.writes_before(
        applying,
        "lock_city",
        lambda: memberships.change_membership(
            actor=kari, office=bergen, membership=membership, joined="2015"
        ),
    )
    review.approve(actor=editor, item=item)
    other.finish()
    membership = Membership.objects.get()
    assert (membership.role, membership.joined) == ("chair", "2015")


@pytest.mark.parametrize("table", ["networks", "funders"])
def test_a_merge_leaves_the_facts_that_a_network_beside_it_publishes_meanwhile(table, other):
    editor = make_editor()
    make = {"networks": make_network, "funders": make_funder}[table]
    kept, gone = make("kept"), make("gone")
    named = {"parent": gone} if table == "networks" else {"funders": ["gone"]}
    child = make_network("child", **named)
    nils = make_staff(child)
    other.writes_before(
        *{"networks": (Network, "save"), "funders": (merge_moves, "write")}[table],
        lambda: facts.edit_network(
            actor=nils, network=child, values={"website": "https://child.example/"}
        ),
    )
    merging.merge_duplicates(
        actor=editor, table=table, kept="kept", duplicate="gone", reason="The same"
    )
    other.finish()
    child.refresh_from_db()
    assert child.website == "https://child.example/"
    assert (child.parent or child.funders.get()) == kept


def test_a_list_is_not_published_over_what_a_city_says_meanwhile(other):
    north, bergen = make_network("north"), make_city("bergen-no")
    nils, kari = make_staff(north), make_staff(bergen)
    membership = make_membership(north, bergen, joined="2019")
    upload = bulk.preview_text(actor=nils, office=north, text="city,joined\nBergen,2001\n")
    other.writes_before(
        confirming,
        "lock_cities",
        lambda: memberships.change_membership(
            actor=kari, office=bergen, membership=membership, joined="2015"
        ),
    )
    with pytest.raises(NotPossible) as refusal:
        bulk.confirm(actor=nils, upload=upload)
    other.finish()
    assert refusal.value.code == "moved"
    membership.refresh_from_db()
    assert membership.joined == "2015"


def test_a_list_is_published_though_somebody_writes_elsewhere_meanwhile(other):
    north, oslo = make_network("north"), make_city("oslo-no")
    make_city("bergen-no")
    nils, ola = make_staff(north), make_staff(oslo)
    upload = bulk.preview_text(actor=nils, office=north, text="city\nBergen\n")
    other.writes_before(
        confirming,
        "lock_cities",
        lambda: memberships.add_membership(
            actor=ola, office=oslo, city=oslo, network=make_network("south")
        ),
    )
    bulk.confirm(actor=nils, upload=upload)
    other.finish()
    assert set(Membership.objects.values_list("city__slug", "network__slug")) == {
        ("bergen-no", "north"),
        ("oslo-no", "south"),
    }


def test_a_city_waits_while_a_list_that_speaks_of_it_is_published(other):
    north, bergen = make_network("north"), make_city("bergen-no")
    nils, kari = make_staff(north), make_staff(bergen)
    membership = make_membership(north, bergen, joined="2019")
    upload = bulk.preview_text(actor=nils, office=north, text="city,joined\nBergen,2001\n")
    seen, refused = version_of(Membership.objects.with_names().get()), []

    def change() -> None:
        try:
            memberships.change_membership(
                actor=kari, office=bergen, membership=membership, role="chair", versions=[seen]
            )
        except NotPossible as refusal:
            refused.append(refusal.code)

    other.writes_before(confirming._Writer, "write", change)
    bulk.confirm(actor=nils, upload=upload)
    other.finish()
    membership.refresh_from_db()
    assert (refused, membership.joined, membership.role) == (["changed"], "2001", "member")


def test_a_row_that_was_chosen_away_meanwhile_is_not_left_out_in_silence(other):
    north = make_network("north")
    make_city("bergen-no")
    nils = make_staff(north)
    upload = bulk.preview_text(actor=nils, office=north, text="city\nBergen\n")
    other.writes_before(
        confirming,
        "recorded",
        lambda: bulk.choose(
            actor=nils, upload=upload, choices={2: bulk.Choice(typed="No such city")}
        ),
    )
    with pytest.raises(NotPossible) as refusal:
        bulk.confirm(actor=nils, upload=upload)
    assert refusal.value.code == "unusable"


def test_a_list_that_is_confirmed_by_two_at_once_is_published_once():
    north = make_network("north")
    for slug in ("bergen-no", "oslo-no", "voss-no"):
        make_city(slug)
    nils = make_staff(north)
    upload = bulk.preview_text(actor=nils, office=north, text="city\nbergen-no\noslo-no\n")

    def confirm(_: int) -> int | None:
        try:
            return bulk.confirm(actor=nils, upload=Upload.objects.get()).confirmed_revision
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        revisions = set(pool.map(confirm, range(4)))
    assert len(revisions) == 1
    assert Statement.objects.count() == Membership.objects.count() == 2
    upload.refresh_from_db()
    assert {upload.confirmed_revision} == revisions
    assert ChangeSet.objects.filter(revision=upload.confirmed_revision).count() == 1


def test_lists_of_two_networks_about_the_same_cities_never_wait_for_each_other():
    slugs = [make_city().slug for _ in range(30)]
    uploads = []
    for network in (make_network("north"), make_network("south")):
        for slug in slugs:
            make_membership(network, slug, joined="2019")
        rows = slugs if network.slug == "north" else slugs[::-1]
        text = "city,joined\n" + "".join(f"{slug},2001\n" for slug in rows)
        nils = make_staff(network)
        uploads.append((nils, bulk.preview_text(actor=nils, office=network, text=text)))

    def confirm(made: tuple[Any, Upload]) -> str:
        try:
            bulk.confirm(actor=made[0], upload=made[1])
        except NotPossible as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "published"

    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(confirm, uploads))
    assert set(codes) <= {"published", "moved"}
    assert "published" in codes


def test_a_claim_that_is_revoked_meanwhile_writes_nothing(monkeypatch):
    city, network = make_city("bergen-no"), make_network("north")
    staff, editor, other = make_staff(city), make_editor(), Other(monkeypatch)
    claim = staff.claims.get()
    other.writes_before(
        memberships,
        "recorded",
        lambda: claims.revoke(actor=editor, claim=claim, reason="Left the office"),
    )
    with pytest.raises(NotAllowed, match="do not act for"):
        memberships.add_membership(actor=staff, office=city, city=city, network=network)
    other.finish()
    assert not Membership.objects.exists()


def test_two_editors_who_approve_together_never_wait_for_each_other(monkeypatch, other):
    cities = [make_city("bergen-no"), make_city("oslo-no")]
    make_network("north")
    batches = [
        [suggested("cities", city.slug, website=f"https://{number}.example/") for city in order]
        for number, order in enumerate([cities, cities[::-1]])
    ]
    approve, called = review.approve, []

    def approving(**arguments: Any) -> Any:
        called.append(arguments)
        if len(called) == 1:
            other.writes_before(
                review,
                "approve",
                lambda: review.approve_together(
                    actor=make_editor(), items=batches[1], reason="The same minutes"
                ),
            )
        return approve(**arguments)

    monkeypatch.setattr(review, "approve", approving)
    review.approve_together(actor=make_editor(), items=batches[0], reason="Minutes")
    other.finish()
    assert {city.website for city in City.objects.all()} == {"https://1.example/"}
