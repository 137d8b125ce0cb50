"""Anyone may suggest; nothing changes until an editor has decided, once."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import connection, connections  # noqa: F401, used by skipif
from django.utils import timezone

from directory.history import current_revision
from directory.models import (
    ChangeSet,
    City,
    Entry,
    Membership,
    Network,
    Place,
    PlaceName,
    ReviewItem,
    Statement,
    Submission,
)
from directory.models.review import ReviewState
from directory.registration import queue, review, submissions
from directory.registration.likeness import cities_like, networks_like, skeleton
from directory.registration.problems import Invalid, NotAllowed, NotPossible
from directory.registration.transitions import check
from tests.directory.registration.people import make_editor, make_person, make_staff
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

SOURCE = "https://example.org/minutes"
BERGEN = {"name": "Bergen", "country": "NO", "latitude": 60.39, "longitude": 5.32}
NETWORK = {
    "name": "Cities of the Sea",
    "kind": "association",
    "scope": "global",
    "members_are": "cities",
    "regions": ["World"],
    "focus_areas": ["climate"],
    "summary": "Cities by the sea.",
}


def suggest(actor=None, record="bergen-no", source=SOURCE, **values) -> ReviewItem:
    """Suggest a correction of a city."""
    made = submissions.correct(
        actor=actor,
        table="cities",
        record=record,
        values=values or {"website": "https://bergen.example/"},
        source=source,
        form_key=uuid.uuid4(),
    )
    return made.review


def propose_city(actor=None, **values) -> ReviewItem:
    return submissions.propose_city(
        actor=actor or make_person(), source=SOURCE, form_key=uuid.uuid4(), **values
    ).review


def propose_network(**values) -> ReviewItem:
    return submissions.propose_network(
        actor=make_person(), source=SOURCE, form_key=uuid.uuid4(), **values
    ).review


def approve(item: ReviewItem, **decision):
    editor = make_editor()
    return review.approve(actor=editor, item=queue.take(actor=editor, item=item), **decision)


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


def test_an_editor_asks_back_and_gets_an_answer():
    make_city("bergen-no")
    editor, person = make_editor(), make_person()
    item = suggest(person)
    queue.take(actor=editor, item=item)
    queue.ask_back(actor=editor, item=item, question="Which page?", note="Odd")
    assert "Which page?" in mail.outbox[-1].body
    assert "Odd" not in mail.outbox[-1].body
    with pytest.raises(NotAllowed):
        queue.answer(actor=make_person(), item=item, text="This one")
    queue.answer(actor=person, item=item, text="This one")
    assert ReviewItem.objects.get().state == "waiting"


def test_a_visitor_cannot_be_asked():
    make_city("bergen-no")
    editor, item = make_editor(), suggest()
    queue.take(actor=editor, item=item)
    with pytest.raises(NotPossible):
        queue.ask_back(actor=editor, item=item, question="Which page?")
    assert ReviewItem.objects.get().state == "taken"


def test_nobody_approves_what_they_suggested():
    make_city("bergen-no")
    editor = make_editor()
    item = suggest(editor)
    with pytest.raises(NotAllowed):
        queue.take(actor=editor, item=item)
    with pytest.raises(NotAllowed):
        review.approve(actor=editor, item=item)


def test_nobody_but_editors_decides_though_they_call_the_function():
    city = make_city("bergen-no")
    item = suggest()
    with pytest.raises(NotAllowed):
        review.approve(actor=make_staff(city), item=item)


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


def test_a_lookalike_is_named_and_passed_over_only_on_purpose():
    city = make_city("bergen-no", name="Bergen")
    with pytest.raises(NotPossible) as refusal:
        approve(propose_city(**BERGEN | {"name": "Вergen"}))
    assert refusal.value.existing == city
    assert (
        approve(
            propose_city(**BERGEN), changes={"id": "bergen-2-no"}, reason="Id", is_distinct=True
        ).slug
        == "bergen-2-no"
    )


def test_a_network_is_proposed_with_its_name_and_completed_by_the_editor():
    make_network("north")
    with pytest.raises(Invalid):
        propose_network(name=" ")
    item = propose_network(name=NETWORK["name"])
    network = approve(item, changes=NETWORK, reason="Completed")
    assert (network.slug, network.sources) == ("cities-of-the-sea", [SOURCE])
    assert [link.focus_area.slug for link in network.focus_area_links.all()] == ["climate"]
    assert Entry.objects.filter(table="networks", record="cities-of-the-sea").exists()


@pytest.mark.parametrize(
    "name",
    [
        "Cities of the Sea",
        "cities  of the SEA",
        "Cіtіеs оf the Sеа",
        "Ｃities of the Sea",
        "C1ties of the Sea",
        "Cities of the Seas",
        "The Sea of Cities",
    ],
)
def test_a_network_that_looks_like_another_is_found(name):
    network = make_network(name="Cities of the Sea")
    make_network(name="Women in Mayors' Offices")
    assert [each.record for each in networks_like(name)] == [network]


def test_a_network_is_found_by_acronym_and_website():
    network = make_network(name="Long Name", acronym="C40", website="https://www.c40.example/a")
    assert networks_like("C4O")[0].record == network
    assert networks_like("Other", website="https://c40.example")[0].record == network
    assert networks_like("Wholly Different") == []


def test_cities_are_like_by_place_by_other_name_and_by_what_lies_close():
    city = make_city("oslo-no", name="Oslo", latitude=59.9, longitude=10.7)
    assert cities_like("Olso", country="NO", latitude=59.91, longitude=10.71)[0].record == city
    assert cities_like("Olso", country="NO", latitude=69.91, longitude=10.71) == []
    place = Place.objects.create(
        geonameid=7, name="X", country_code="NO", latitude=0, longitude=0, population=1
    )
    PlaceName.objects.create(place=place, name="Kristiania", key="kristiania")
    made = make_city("x-no", name="Elsewhere", place=place)
    assert [each.record for each in cities_like("Kristiania", country="NO")] == [made]


def test_a_skeleton_is_what_the_eye_sees():
    assert skeleton("ЕUROCІТІЕЅ") == skeleton("Eurocities")
    assert skeleton("Modern") == skeleton("Modem")


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


def test_a_withdrawn_submission_is_decided_by_nobody():
    make_city("bergen-no")
    person = make_person()
    item = suggest(person)
    submissions.withdraw(actor=person, submission=item.submission)
    with pytest.raises(NotPossible):
        approve(item)


def test_an_item_is_free_again_after_half_an_hour():
    make_city("bergen-no")
    item, one, other = suggest(), make_editor(), make_editor()
    queue.take(actor=one, item=item)
    with pytest.raises(NotPossible):
        queue.take(actor=other, item=item)
    ReviewItem.objects.update(taken_until=timezone.now())
    queue.take(actor=other, item=item)
    with pytest.raises(NotPossible):
        review.approve(actor=one, item=item)


def test_the_queue_is_for_editors_and_oldest_first():
    make_city("bergen-no")
    items = [suggest(), suggest()]
    assert list(queue.open_items(make_editor())) == items
    with pytest.raises(NotAllowed):
        queue.open_items(make_person())


ALLOWED_STEPS = {
    ("waiting", "taken"),
    ("taken", "waiting"),
    ("taken", "asked back"),
    ("taken", "approved"),
    ("taken", "approved with changes"),
    ("taken", "refused"),
    ("asked back", "waiting"),
    ("waiting", "withdrawn"),
    ("taken", "withdrawn"),
    ("asked back", "withdrawn"),
}


@pytest.mark.parametrize("source", ReviewState.values)
@pytest.mark.parametrize("target", ReviewState.values)
def test_every_step_that_is_not_in_the_table_is_refused(source, target):
    item = ReviewItem(kind="dispute", state=source)
    if (source, target) in ALLOWED_STEPS:
        check(queue.TRANSITIONS, item, target, actor=make_editor(), reason="A reason")
    else:
        with pytest.raises(NotPossible):
            check(queue.TRANSITIONS, item, target, actor=make_editor(), reason="A reason")


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_one_item_is_taken_by_one_editor_and_approved_once():
    make_city("bergen-no", population=1)
    item = suggest(population=2)
    editors = [make_editor() for _ in range(8)]

    def decide(editor) -> int:
        try:
            held = queue.take(actor=editor, item=ReviewItem.objects.get(pk=item.pk))
            review.approve(actor=editor, item=held)
        except NotPossible:
            return 0
        finally:
            connections.close_all()
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(decide, editors)) == 1
    assert Entry.objects.filter(table="cities", action="changed").count() == 1
    assert Network.objects.count() == 0


@pytest.mark.parametrize("website", ["http://[", "example", ""])
def test_what_is_no_address_is_like_no_website(website):
    make_network(website="")
    assert networks_like("Something else entirely", website=website) == []


def test_a_dispute_over_a_membership_that_is_gone_waits_for_nobody():
    item = ReviewItem.objects.create(kind="dispute", membership=make_membership())
    editor = make_editor()
    assert [each.pk for each in queue.open_items(editor)] == [item.pk]
    ReviewItem.objects.update(membership=None)
    assert not queue.open_items(editor).exists()


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
