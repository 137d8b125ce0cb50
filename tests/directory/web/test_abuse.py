"""What people try on purpose: forged forms, smuggled fields, scripts, endless and broken text."""

import html
import re
import uuid

import pytest
from django.core.cache import cache
from django.test import Client

from directory.accounts.models import User
from directory.models import ChangeSet, City, Claim, Membership, Network, ReviewItem
from directory.registration import facts, memberships, queue, submissions
from directory.registration.statements import Evidence
from tests.directory.accounts.people import PASSWORD, make_user
from tests.directory.registration.people import make_staff, taken
from tests.directory.web.editors.browsers import make_editor
from tests.directory.web.test_permissions import ROWS, World
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

POSTS = [row for row in ROWS if row["method"] == "post"]
SCRIPT = """</title></textarea>'"><script>alert(1)</script><img src=x onerror=alert(1)>"""
FIELD = re.compile(r'<(?:input|textarea|select)[^>]* name="([^"]+)"')
BROKEN = ["x" * 150_000, "a\x00b", "a\x1b[31m", "\u202egpj.exe", "😀" * 5_000, "９" * 400]


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def allowed_role(row):
    return next(role for role, answer in row.items() if answer in ("yes", "gone"))


def strict(browser):
    """The same person in a browser whose forms are checked as they are on the site."""
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = browser.cookies
    return checked


def test_a_form_from_another_site_is_refused_wherever_something_can_be_sent():
    world = World()
    before = ChangeSet.objects.count(), Claim.objects.count(), ReviewItem.objects.count()
    for row in POSTS:
        # Mail programs send this one without a cookie; the signed address is the proof.
        if "reminders-off" in row["address"] or "yes" not in row.values():
            continue
        answer = strict(world.browsers[allowed_role(row)]).post(world.address(row))
        assert answer.status_code == 403, world.address(row)
    after = ChangeSet.objects.count(), Claim.objects.count(), ReviewItem.objects.count()
    assert after == before


def test_broken_and_endless_text_is_refused_in_every_field_of_every_form():
    """Never a 500, and nothing of it is kept."""
    world = World()
    tried = 0
    for row in POSTS:
        role = next((role for role, answer in row.items() if answer == "yes"), None)
        if role is None:
            continue
        address, browser = world.address(row), world.browsers[role]
        page = browser.get(address, follow=True)
        names = set(FIELD.findall(page.content.decode())) - {"csrfmiddlewaretoken", "q"}
        for text in BROKEN:
            cache.clear()
            answer = browser.post(address, dict.fromkeys(names, text))
            assert answer.status_code < 500, (address, text[:20])
            tried += len(names)
    assert tried > 500
    assert not City.objects.filter(name__contains="\u202e").exists()
    assert not Claim.objects.filter(role__contains="\u202e").exists()


@pytest.mark.parametrize("parameter", ["next", "back", "redirect"])
@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"]
)
def test_no_page_leads_to_another_site(parameter, elsewhere):
    world = World()
    make_user("kari@bergen.example")
    answer = Client().post(
        f"/account/login/?{parameter}={elsewhere}",
        {"login": "kari@bergen.example", "password": PASSWORD, parameter: elsewhere},
    )
    assert "evil" not in answer.headers["Location"]
    for row in POSTS:
        cache.clear()
        role = next((role for role, given in row.items() if given == "yes"), None)
        if role is None:
            continue
        answer = world.browsers[role].post(
            f"{world.address(row)}?{parameter}={elsewhere}", {parameter: elsewhere}
        )
        assert "evil" not in answer.headers.get("Location", "").partition("?")[0]


class TestSmuggledFields:
    """Fields that a form does not show change nothing."""

    def test_signing_up_makes_nobody_an_editor(self, client):
        fields = {"email": "eve@example.org", "password1": PASSWORD}
        client.post("/account/signup/", fields | {"is_editor": "on", "is_active": "on"})
        assert not User.objects.get(email="eve@example.org").is_editor

    def test_a_profile_holds_no_power(self, client):
        person = make_user("eve@example.org")
        client.force_login(person)
        powers = {"is_editor": "on", "email": "a@b.example"}
        client.post("/account/profile/", {"name": "Eve", "language": "en"} | powers)
        person.refresh_from_db()
        assert (person.name, person.is_editor, person.email) == ("Eve", False, "eve@example.org")

    def test_a_claim_is_for_oneself_and_not_granted(self, client):
        make_city("bergen-no")
        eve, ada = make_user("eve@example.org"), make_user("ada@example.org")
        client.force_login(eve)
        fields = {"role": "Adviser", "work_address": "eve@bergen.kommune.no", "person": ada.pk}
        client.post(
            "/account/claims/new/cities/bergen-no/",
            fields | {"state": "granted", "granted_at": "2026-01-01", "is_editor": "on"},
        )
        claim = Claim.objects.get()
        assert (claim.person, claim.state, claim.granted_at) == (eve, "requested", None)

    def test_an_office_adds_members_for_itself_alone(self, client):
        bergen, oslo, north = make_city("bergen-no"), make_city("oslo-no"), make_network("north")
        client.force_login(make_staff(bergen))
        fields = {"network": "north", "role": "member", "city": oslo.slug, "office": oslo.slug}
        client.post(
            "/account/cities/bergen-no/memberships/add/",
            fields | {"standing": "sourced", "voice": "editor", "made": "2001-01-01"},
        )
        membership = Membership.objects.get()
        assert (membership.city, membership.network) == (bergen, north)
        assert membership.standing == "confirmed"
        assert membership.statements.get().voice == "city"

    def test_the_facts_of_a_network_leave_its_standing_and_name(self, client):
        north = make_network("north", name="North")
        client.force_login(make_staff(north))
        client.post(
            "/account/networks/north/facts/",
            {"website": "https://north.example", "joining": "open", "fee": "none", "name": "South"}
            | {"standing": "unverified", "slug": "south", "status": "ended", "reason": "New"},
        )
        north.refresh_from_db()
        assert (north.name, north.slug, north.status) == ("North", "north", "active")
        assert north.website == "https://north.example"

    def test_a_correction_names_no_id_and_no_standing(self, client):
        make_city("bergen-no")
        client.post(
            "/corrections/cities/bergen-no/",
            {"name": "Bjørgvin", "source": "https://example.org/", "form_key": uuid.uuid4()}
            | {"id": "oslo-no", "geonameid": "1", "state": "approved", "person": "1"},
        )
        item = ReviewItem.objects.get()
        assert item.state == "waiting"
        assert not {"id", "geonameid"} & item.submission.proposed.keys()
        assert item.submission.person is None


class TestStoredScripts:
    """What people write is shown as text, on every page that shows it."""

    @pytest.fixture
    def world(self):
        world = World()
        bergen, north = City.objects.get(slug="bergen-no"), Network.objects.get(slug="north")
        staff, secretariat, editor = make_staff(bergen), make_staff(north), make_editor()
        asker = make_user("asker@example.org", name=SCRIPT)
        membership = memberships.add_membership(
            actor=staff,
            office=bergen,
            city=bergen,
            network=make_network("scripted", name=SCRIPT, summary=SCRIPT, eligibility=SCRIPT),
            reason=SCRIPT,
            evidence=Evidence(source="https://example.org/?q=" + "%3Cscript%3E"),
        )
        make_membership("scripted", make_city("scripted-no", name=SCRIPT, admin1_name=SCRIPT))
        facts.edit_network(
            actor=secretariat, network=north, values={"joining": "open"}, reason=SCRIPT
        )
        claim = Claim.objects.create(
            person=asker,
            city=bergen,
            role=SCRIPT[:100],
            department=SCRIPT[:100],
            evidence=SCRIPT,
            work_address="asker@example.org",
            state="verified",
        )
        items = [ReviewItem.objects.create(kind="claim", claim=claim)]
        items.append(
            submissions.correct(
                actor=asker,
                table="cities",
                record="bergen-no",
                values={"name": SCRIPT},
                source="https://example.org/",
                comment=SCRIPT,
                form_key=uuid.uuid4(),
            ).review
        )
        for item in items:
            queue.ask_back(actor=editor, item=taken(editor, item), question=SCRIPT, note=SCRIPT)
            queue.answer(actor=asker, item=item, text=SCRIPT)
        world.browsers["asker"] = Client()
        world.browsers["asker"].force_login(asker)
        world.browsers["staff"] = Client()
        world.browsers["staff"].force_login(staff)
        world.seen = [
            *(("editor", f"/editors/items/{item.pk}/") for item in items),
            *(("editor", path) for path in ["/editors/", "/editors/claims/", "/editors/people/"]),
            ("editor", "/editors/people/?q=asker@example.org"),
            ("editor", "/editors/records/?table=networks&q=script"),
            ("editor", "/editors/records/networks/scripted/"),
            ("editor", f"/editors/changes/{ChangeSet.objects.latest('revision').revision}/"),
            ("asker", "/account/"),
            ("asker", f"/account/claims/{claim.pk}/"),
            ("asker", f"/account/suggestions/{items[1].submission.pk}/"),
            ("asker", "/account/claims/new/?q=script"),
            ("asker", "/corrections/networks/scripted/"),
            ("staff", "/account/cities/bergen-no/"),
            ("staff", f"/account/cities/bergen-no/memberships/{membership.public_id}/change/"),
            *(
                ("visitor", path)
                for path in [
                    "/networks/",
                    "/networks/scripted/",
                    "/networks/scripted/history/",
                    "/networks/scripted/feed/",
                    "/networks/north/history/",
                    "/cities/",
                    "/cities/scripted-no/",
                    "/cities/bergen-no/",
                    "/cities/bergen-no/history/",
                    "/cities/bergen-no/feed/",
                    f"/memberships/{membership.public_id}/",
                    f"/memberships/{membership.public_id}/history/",
                    "/changes/",
                    "/changes/feed/",
                    f"/changes/{ChangeSet.objects.latest('revision').revision}/",
                    "/search/?q=%3Cscript%3Ealert(1)",
                ]
            ),
        ]
        return world

    def test_nothing_runs_on_any_page(self, world):
        shown = 0
        for role, path in world.seen:
            answer = world.browsers[role].get(path)
            assert answer.status_code == 200, (role, path, answer.status_code)
            page = answer.content.decode()
            assert "<script>alert" not in page, path
            assert "<img src=x" not in page, path
            shown += "<script>alert(1)" in html.unescape(page)
        assert shown > 20

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,<script>", "//x"])
    def test_an_address_that_would_run_is_refused(self, client, address):
        city = make_city("voss-no", website="https://voss.example")
        client.force_login(make_staff(city))
        client.post("/account/cities/voss-no/facts/", {"website": address, "reason": "New"})
        city.refresh_from_db()
        assert city.website == "https://voss.example"


def test_a_network_in_letters_of_another_alphabet_is_shown_as_a_likeness(client):
    make_network("cities-alliance", name="Cities Alliance")
    client.force_login(make_user("eve@example.org"))
    shown = client.post(
        "/account/proposals/networks/new/",
        # Cyrillic letters that look Latin.
        {"name": "Сіtіеѕ Аllіаnсе", "source": "https://evil.example/"} | {"form_key": uuid.uuid4()},
    )
    assert 'href="/networks/cities-alliance/"' in shown.content.decode()
    assert not ReviewItem.objects.exists()


def test_what_was_private_is_kept_by_no_cache():
    """So that the way back, after signing out, shows nothing."""
    world = World()
    for row in ROWS:
        role = next(role for role, given in row.items() if given in ("yes", "gone", "none"))
        answer = getattr(world.browsers[role], row["method"])(world.address(row))
        assert answer.headers["Cache-Control"] == "private, no-store", row["address"]


def test_broken_text_in_an_address_is_never_a_fault_of_ours():
    world = World()
    names = ("q", "find", "text", "host", "city", "network", "place", "other", "address", "show")
    for row in ROWS:
        role = next((role for role, answer in row.items() if answer == "yes"), None)
        if row["method"] != "get" or role is None:
            continue
        for name in names:
            answer = world.browsers[role].get(world.address(row), {name: "a\0b"})
            assert answer.status_code < 500, (row["address"], name)
