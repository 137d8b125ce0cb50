"""Two editors at one suggestion, two offices at one record, in the same moment, on both databases.

One of them comes first, and the other is told; or both words stand. Never a mixture.
"""

import pytest

from directory.integrity.checks import find_disagreements
from directory.models import ChangeSet, City, Entry, Membership, Network, ReviewItem, Statement
from directory.models.review import ReviewState
from directory.registration import facts, memberships, objections, queue, review
from directory.registration.problems import NotPossible
from directory.registration.versions import version_of
from tests.another_connection import at_once
from tests.directory.registration.people import make_editor, make_person, make_staff
from tests.directory.registration.suggestions import suggest
from tests.factories import make_city, make_membership, make_network


@pytest.fixture
def bergen(transactional_db):
    return make_city("bergen-no")


@pytest.fixture
def membership(bergen):
    """Bergen in a network since 2019, by a source."""
    return make_membership(make_network("north"), bergen, joined="2019")


@pytest.fixture
def item(bergen) -> ReviewItem:
    """A suggestion that waits in the queue."""
    return suggest(make_person())


@pytest.fixture
def editors(transactional_db):
    return [make_editor(), make_editor()]


def codes(results):
    """How each of those ended who came second."""
    return [each.code for each in results if isinstance(each, NotPossible)]


def unexpected(results):
    return [
        each
        for each in results
        if isinstance(each, Exception) and not isinstance(each, NotPossible)
    ]


@pytest.fixture(autouse=True)
def nothing_disagrees(shared_database):
    """Whoever came first, what is stored agrees."""
    yield
    assert list(find_disagreements()) == []


def test_one_of_two_editors_gets_a_suggestion(item, editors, shared_database):
    results = at_once(
        [lambda who=editor: queue.take(actor=who, item=item) for editor in editors],
        shared_database,
    )
    assert codes(results) == ["taken"]
    assert not unexpected(results)
    [got] = [each for each in results if isinstance(each, ReviewItem)]
    assert ReviewItem.objects.get().taken_by == got.taken_by


def test_what_is_approved_in_two_windows_is_published_once(item, editors, shared_database):
    editor = editors[0]
    queue.take(actor=editor, item=item)
    before = ChangeSet.objects.count()
    results = at_once(
        [lambda: review.approve(actor=editor, item=ReviewItem.objects.get())] * 2,
        shared_database,
    )
    assert len(codes(results)) == 1, results
    assert not unexpected(results)
    assert ChangeSet.objects.count() == before + 1
    assert Entry.objects.filter(submission=item.submission_id).count() == 1


def test_a_suggestion_is_approved_or_refused_and_never_both(item, editors, shared_database):
    editor = editors[0]
    queue.take(actor=editor, item=item)
    results = at_once(
        [
            lambda: review.approve(actor=editor, item=ReviewItem.objects.get()),
            lambda: review.refuse(actor=editor, item=ReviewItem.objects.get(), reason="No"),
        ],
        shared_database,
    )
    assert len(codes(results)) == 1, results
    assert not unexpected(results)
    is_published = City.objects.get().website == "https://bergen.example/"
    assert (ReviewItem.objects.get().state == ReviewState.APPROVED) is is_published


def test_of_two_offices_that_change_what_they_read_one_is_told(membership, shared_database):
    sides = [membership.city, membership.network]
    people = [make_staff(side) for side in sides]
    seen = version_of(Membership.objects.with_names().get())

    def change(number):
        return memberships.change_membership(
            actor=people[number],
            office=sides[number],
            membership=Membership.objects.with_names().get(),
            joined=f"200{number}",
            versions=[seen],
        )

    results = at_once([lambda: change(0), lambda: change(1)], shared_database)
    assert codes(results) == ["changed"]
    assert not unexpected(results)
    said = Statement.objects.exclude(voice="source").get()
    now = Membership.objects.get()
    assert now.joined == said.joined == ("2000" if said.voice == "city" else "2001")


def test_two_offices_that_disagree_are_both_heard(membership, shared_database):
    city, network = membership.city, membership.network
    kari, nils = make_staff(city), make_staff(network)
    results = at_once(
        [
            lambda: memberships.confirm(actor=kari, office=city, membership=membership),
            lambda: objections.dispute(
                actor=nils, office=network, membership=membership, reason="Never"
            ),
        ],
        shared_database,
    )
    assert not codes(results)
    assert not unexpected(results)
    assert set(Statement.objects.values_list("voice", "says")) >= {
        ("city", "member"),
        ("network", "not a member"),
    }
    assert Membership.objects.get().standing == "disputed"


def test_two_people_of_one_office_lose_no_column_of_each_other(membership, shared_database):
    north = membership.network
    people = [make_staff(north), make_staff(north)]
    values = [{"website": "https://north.example/"}, {"eligibility": "Any city"}]
    results = at_once(
        [
            lambda number=number: facts.edit_network(
                actor=people[number], network=Network.objects.get(), values=values[number]
            )
            for number in range(2)
        ],
        shared_database,
    )
    assert not unexpected(results)
    assert not codes(results)
    now = Network.objects.get()
    assert (now.website, now.eligibility) == ("https://north.example/", "Any city")
