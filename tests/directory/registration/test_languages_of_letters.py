"""Letters speak the language of who gets them, whoever causes them, and lead to pages in it."""

import datetime
import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import gettext, override

from directory.accounts.languages import language_of
from directory.accounts.outbox import OutgoingMail
from directory.models.review import ReviewState
from directory.models.submission import SubmissionKind
from directory.registration import claims, handing_on, queue, reminders, review
from tests.directory.registration.people import (
    granted_claim,
    make_editor,
    make_person,
    make_staff,
    request,
    verified_claim,
)
from tests.directory.registration.suggestions import suggest
from tests.factories import make_city, make_label, make_membership, make_network

pytestmark = pytest.mark.django_db

LONDON = {"en": "London", "fr": "Londres", "ar": "لندن"}


@pytest.fixture
def london():
    city = make_city("london-gb", country="GB", name="London")
    for language in ("fr", "ar"):
        make_label(city, language, LONDON[language])
    return city


@pytest.fixture(autouse=True, params=["en", "de"])
def _another_language_is_active(request):
    """That of the page, or of the command, that causes the letter."""
    with override(request.param):
        yield


def say(language: str, text: str, **values: str) -> str:
    with override(language):
        if "office" in values:
            values["office"] = gettext("City of %(name)s") % {"name": values["office"]}
        # A subject is one line, with plain blanks.
        return " ".join((gettext(text) % values).split())


def assert_leads_to_pages_in(language: str, body: str) -> None:
    paths = [urlsplit(address).path for address in re.findall(r"http\S+", body)]
    # The foot names the home page, without its last slash.
    home = f"/{language}" if language != "en" else ""
    assert home in paths
    for path in paths:
        path = path.removesuffix("/") + "/"
        assert language_of(path) == language
        with override(language):
            assert resolve(path)


@pytest.mark.parametrize("language", LONDON)
def test_the_link_of_a_claim(london, language):
    request(make_person(language=language), london)
    letter = mail.outbox[-1]
    assert letter.subject == say(
        language, "Confirm your work address for %(office)s", office=LONDON[language]
    )
    assert_leads_to_pages_in(language, letter.body)


@pytest.mark.parametrize("language", LONDON)
def test_what_an_editor_decides_on_a_claim(london, language):
    claim, editor = verified_claim(make_person(language=language), london), make_editor()
    queue.take(actor=editor, item=claim.review)
    claims.refuse(actor=editor, claim=claim, reason="No such office")
    letter = mail.outbox[-1]
    assert letter.subject == say(
        language, "Your claim for %(office)s was refused", office=LONDON[language]
    )
    assert "No such office" in letter.body
    assert_leads_to_pages_in(language, letter.body)


@pytest.mark.parametrize("language", LONDON)
def test_what_an_editor_asks_and_decides_on_a_suggestion(language):
    make_city("bergen-no")
    person, editor = make_person(language=language), make_editor()
    item = suggest(person)
    with override(language):
        about = f"{SubmissionKind.CORRECTION.label}: bergen-no"
        outcome = f"{ReviewState.REFUSED.label}"
    queue.take(actor=editor, item=item)
    queue.ask_back(actor=editor, item=item, question="Which page?")
    asked = mail.outbox[-1]
    assert asked.subject == say(
        language, "An editor of CityNet has a question: %(about)s", about=about
    )
    assert_leads_to_pages_in(language, asked.body)
    queue.answer(actor=person, item=item, text="The third one")
    queue.take(actor=editor, item=item)
    review.refuse(actor=editor, item=item, reason="Not on that page")
    decided = mail.outbox[-1]
    assert decided.subject == say(
        language, "Your suggestion (%(what)s): %(outcome)s", what=about, outcome=outcome
    )
    assert_leads_to_pages_in(language, decided.body)


@pytest.mark.parametrize("language", LONDON)
def test_a_successor_reads_their_own_language_else_that_of_the_colleague(london, language):
    holder = make_person(language="es")
    claim = granted_claim(holder, london)
    make_person("ola@bergen.kommune.no", language=language)
    handing_on.hand_on(actor=holder, claim=claim, address="ola@bergen.kommune.no")
    assert_leads_to_pages_in(language, mail.outbox[-1].body)
    claims.Claim.objects.update(link_sent_at=timezone.now() - claims.PAUSE_BETWEEN_LINKS)
    handing_on.hand_on(actor=holder, claim=claim, address="new@bergen.kommune.no")
    assert_leads_to_pages_in("es", mail.outbox[-1].body)


@pytest.mark.parametrize("language", LONDON)
def test_a_reminder_and_the_way_to_switch_it_off(london, language, client):
    network = make_network("north")
    make_staff(network, language=language)
    make_membership(network, london)
    later = timezone.now() + datetime.timedelta(days=91)
    assert reminders.remind_offices(now=later) == 1
    letter = OutgoingMail.objects.get()
    assert letter.language == language
    assert f"- {LONDON[language]}: " in letter.body
    assert_leads_to_pages_in(language, letter.body)
    path = urlsplit(letter.unsubscribe).path
    assert language_of(path) == language
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
