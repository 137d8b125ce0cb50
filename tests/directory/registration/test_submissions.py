"""Anyone may suggest; nothing changes until an editor has decided, once."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import connection, connections  # noqa: F401, used by skipif

from directory.history import current_revision
from directory.models import (
    ChangeSet,
    City,
    Entry,
    Membership,
    Place,
    ReviewItem,
    Statement,
    Submission,
)
from directory.models.review import ReviewState
from directory.registration import editing, queue, review, submissions
from directory.registration.problems import Invalid, NotPossible
from tests.directory.registration.people import make_editor, make_person
from tests.directory.registration.suggestions import (
    BERGEN,
    NETWORK,
    SOURCE,
    approve,
    propose_city,
    propose_network,
    suggest,
)
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("actor", [None, AnonymousUser()])
def test_a_visitor_may_suggest_a_correction_and_nothing_changes_yet(actor):
    make_city("bergen-no")
    revision = current_revision()
    suggest(actor)
    assert current_revision() == revision
    assert Submission.objects.get().person is None


def test_an_approved_correction_is_published_with_reason_and_office():
    make_city("bergen-no")
    person = make_person()
    item = suggest(person)
    assert approve(item, reason="Seen there").website == "https://bergen.example/"
    assert City.objects.get().website == "https://bergen.example/"
    opened = ChangeSet.objects.order_by("revision").last()
    assert (opened.office, opened.reason) == ("Editors", "Seen there")
    assert mail.outbox[-1].to == [person.email]


def test_an_approval_may_say_something_else_and_why():
    make_city("bergen-no")
    item = suggest()
    with pytest.raises(Invalid):
        approve(item, changes={"website": "https://www.bergen.example/"})
    item.refresh_from_db()
    item = ReviewItem.objects.get()
    ReviewItem.objects.update(state="waiting", taken_by=None, taken_until=None)
    approve(item, changes={"website": "https://www.bergen.example/"}, reason="It redirects")
    assert City.objects.get().website == "https://www.bergen.example/"
    assert ReviewItem.objects.get().state == ReviewState.CHANGED


def test_an_approval_that_fails_leaves_all_as_it_was():
    make_city("bergen-no")
    make_city("oslo-no", wikidata="Q585")
    item = suggest(wikidata="Q585")
    editor = make_editor()
    queue.take(actor=editor, item=item)
    with pytest.raises(Invalid) as refusal:
        review.approve(actor=editor, item=item)
    assert list(refusal.value.errors) == ["wikidata"]
    assert ReviewItem.objects.get().state == "taken"


def test_a_refusal_mails_its_reason_and_never_the_note():
    make_city("bergen-no")
    editor, item = make_editor(), suggest(make_person())
    queue.take(actor=editor, item=item)
    with pytest.raises(Invalid):
        review.refuse(actor=editor, item=item, reason="")
    review.refuse(actor=editor, item=item, reason="Not on that page", note="A troll")
    assert "Not on that page" in mail.outbox[-1].body
    assert "troll" not in mail.outbox[-1].body
    assert not City.objects.get().website


@pytest.mark.parametrize(
    "values",
    [
        {"id": "oslo-no"},
        {"slug": "x"},
        {"geonameid": 3},
        {"is_editor": True},
        {"website": "javascript:alert(1)"},
        {"name": "x" * 201},
        {"name": "a\x00b"},
        {"name": ""},
        {"latitude": 91},
        {"population": "many"},
        {"population": [1]},
        {"name": "Bergen"},
    ],
)
def test_a_correction_names_what_may_be_corrected_and_what_differs(values):
    make_city("bergen-no", name="Bergen")
    with pytest.raises(Invalid):
        suggest(**values)


@pytest.mark.parametrize("source", ["", "the town hall", "javascript:alert(1)"])
def test_a_suggestion_needs_a_source(source):
    make_city("bergen-no")
    with pytest.raises(Invalid) as refusal:
        suggest(source=source)
    assert "source" in refusal.value.errors


def test_the_same_form_sent_twice_is_one_submission():
    make_city("bergen-no")
    key = uuid.uuid4()
    made = [
        submissions.correct(
            actor=None,
            table="cities",
            record="bergen-no",
            values={"population": 1},
            source=SOURCE,
            form_key=key,
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert ReviewItem.objects.count() == 1


def test_a_correction_that_was_overtaken_is_shown_as_such():
    make_city("bergen-no", population=1)
    item = suggest(population=2)
    approve(suggest(population=3))
    (difference,) = review.differences(item.submission)
    assert (difference.before, difference.now, difference.proposed) == (1, 3, 2)


def test_an_approved_correction_of_a_membership_rests_on_its_source():
    membership = make_membership(joined="2019")
    item = submissions.correct(
        actor=None,
        table="memberships",
        record=membership.public_id,
        values={"joined": "2018"},
        source=SOURCE,
        form_key=uuid.uuid4(),
    ).review
    assert approve(item).joined == "2018"
    assert Statement.objects.order_by("pk").last().source == SOURCE


def test_a_membership_is_named_as_the_site_names_it():
    membership = make_membership("north", "bergen-no")
    suggested = submissions.correct(
        actor=None,
        table="memberships",
        record=membership.public_id.replace("m", "m00"),
        values={"role": "chair"},
        source=SOURCE,
        form_key=uuid.uuid4(),
    )
    assert suggested.record == membership.public_id
    assert review.differences(suggested)[0].now == "member"


def test_a_missing_membership_is_added_with_its_source():
    city, network = make_city(), make_network()
    item = submissions.propose_membership(
        actor=None, city=city, network=network, joined="2019", source=SOURCE, form_key=uuid.uuid4()
    ).review
    assert approve(item).standing == "sourced"
    assert Membership.objects.get().joined == "2019"


def test_a_city_is_proposed_from_the_gazetteer():
    make_city("oslo-no")
    place = Place.objects.create(
        geonameid=1,
        name="Łódź Nord",
        country_code="NO",
        latitude=70.1,
        longitude=20.5,
        population=9,
        timezone="Europe/Oslo",
    )
    city = approve(propose_city(place=place))
    assert (city.slug, city.place_id) == ("lodz-nord-no", 1)


def test_a_city_that_the_gazetteer_lacks_needs_coordinates():
    make_city("oslo-no")
    with pytest.raises(Invalid) as refusal:
        propose_city(name="Bergen", country="NO")
    assert set(refusal.value.errors) == {"latitude", "longitude"}
    assert approve(propose_city(**BERGEN)).slug == "bergen-no"


def test_a_city_in_another_script_needs_an_id_from_the_editor():
    make_city("oslo-no")
    values = BERGEN | {"name": "東京", "latitude": 10}
    with pytest.raises(Invalid):
        approve(propose_city(**values))
    made = approve(propose_city(**values), changes={"id": "tokyo-no"}, reason="Id")
    assert made.slug == "tokyo-no"


def test_an_id_that_was_never_comes_back():
    make_city("bergen-no", latitude=10, name="Otherwise")
    assert approve(propose_city(**BERGEN, admin1_name="Vestland")).slug == "bergen-vestland-no"


def test_a_network_is_proposed_with_its_name_and_completed_by_the_editor():
    make_network("north")
    with pytest.raises(Invalid):
        propose_network(name=" ")
    item = propose_network(name=NETWORK["name"])
    network = approve(item, changes=NETWORK, reason="Completed")
    assert (network.slug, network.sources) == ("cities-of-the-sea", [SOURCE])
    assert [link.focus_area.slug for link in network.focus_area_links.all()] == ["climate"]
    assert Entry.objects.filter(table="networks", record="cities-of-the-sea").exists()


def test_several_submissions_of_one_source_are_one_change_set():
    make_city("bergen-no")
    make_city("oslo-no")
    items = [suggest(record=record, population=5) for record in ("bergen-no", "oslo-no")]
    revision = current_revision()
    review.approve_together(actor=make_editor(), items=items, reason="Census")
    assert current_revision() == revision + 1
    other = suggest(source="https://example.org/other", population=6)
    with pytest.raises(Invalid):
        review.approve_together(actor=make_editor(), items=[*items, other], reason="Census")


def test_a_form_key_of_another_account_is_refused_and_shows_nothing():
    make_city("bergen-no")
    said = {"table": "cities", "record": "bergen-no", "values": {"population": 5}}
    said |= {"source": SOURCE, "form_key": uuid.uuid4()}
    submissions.correct(actor=make_person(), **said)
    for actor in (make_person(), None):
        with pytest.raises(NotPossible) as refused:
            submissions.correct(actor=actor, **said)
        assert refused.value.code == "form"
    assert Submission.objects.count() == 1


def test_the_log_says_of_every_record_from_which_suggestion_it_came():
    make_city("bergen-no")
    one, other = (
        suggest(population=2),
        propose_city(name="Voss", country="NO", latitude=60.6, longitude=6.4),
    )
    editor = make_editor()
    review.approve_together(actor=editor, items=[one, other], reason="Minutes")
    opened = ChangeSet.objects.latest("revision")
    said = dict(opened.entries.values_list("record", "submission"))
    assert said == {"bergen-no": one.submission_id, "voss-no": other.submission_id}
    editing.edit_record(
        actor=editor, table="cities", record="voss-no", values={"population": 5}, reason="Census"
    )
    assert Entry.objects.latest("pk").submission is None
