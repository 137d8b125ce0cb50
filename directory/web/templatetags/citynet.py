"""How figures, dates, addresses and standing are written on pages."""

import datetime
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from django import template
from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy as _pgettext

from directory.accounts.gates import PRIVATE_PREFIXES
from directory.accounts.languages import in_language, without_language
from directory.history.reading import TableCount
from directory.insights.members import Member
from directory.insights.statements import (
    is_old,
    last_confirmed,
    newest_year,
    statement_year,
    unconfirmed_by,
)
from directory.models import City, Entry, FocusArea, Membership, Network, Statement
from directory.models.choices import Role, Voice
from directory.models.text import fold
from directory.registration.offices import office_called
from directory.search import names
from directory.web.catalogues import reviewed_by
from directory.web.listing import Listing
from directory.web.membership_rows import MembershipRow, row_beside_city, row_beside_network
from directory.web.table_names import ONE_RECORD, TABLE_NAMES

register = template.Library()

# In one language, for who works on CityNet itself.
WITHOUT_LANGUAGES = ("/styleguide/",)

# On a page that is read from right to left, English still begins on the left.
ENGLISH = mark_safe(' lang="en"')
ENGLISH_AMONG_RIGHT_TO_LEFT = mark_safe(' lang="en" dir="ltr"')

LONGEST_SHOWN = 60
# Of a kilobyte each.
ROWS_KEPT = 10_000


@register.filter
def number(value: int) -> str:
    """Write a whole number with its thousands apart."""
    return number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def named(record: Model) -> str:
    """Return what a record is called in the language of the page."""
    return names.named(record)


@register.filter
def other_words(area: FocusArea) -> Sequence[str]:
    """Return the synonyms of a focus area in the language of the page."""
    return names.other_words(area)


@register.filter
def host(address: str) -> str:
    """Return the site of an address, as a name for a link to it."""
    return urlsplit(address).netloc.removeprefix("www.") or address


@register.filter
def short_address(address: str) -> str:
    """Return an address as a reader needs it: site and path, cut where it gets long."""
    shown = host(address) + unquote(urlsplit(address).path).rstrip("/")
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[: LONGEST_SHOWN - 1]}…"


@register.filter
def period(membership: Membership | Statement) -> str:
    """Write when a membership began and ended, as far as is known; empty where nothing is."""
    joined, left = membership.joined, membership.left
    if getattr(membership, "role", "") == Role.TITLE_HOLDER and joined and joined == left:
        return _("title of %(year)s") % {"year": joined}
    if joined and left:
        return joined if joined == left else f"{joined}–{left}"
    if membership.ended:
        since = {"joined": joined}
        return _("from %(joined)s, end not known") % since if joined else _("ended, year not known")
    if joined:
        return _("since %(joined)s") % {"joined": joined}
    return _("until %(left)s") % {"left": left} if left else ""


SPEAKERS = {Voice.SOURCE: _lazy("A source"), Voice.EDITOR: _lazy("An editor")}


@register.filter
def speaker(statement: Statement) -> str:
    """Name who speaks in a statement, to begin a sentence with: an office with its day."""
    membership = statement.membership
    if statement.voice == Voice.CITY:
        return office_word(membership.city, statement.made)
    if statement.voice == Voice.NETWORK:
        return office_word(membership.network, statement.made)
    return str(SPEAKERS[Voice(statement.voice)])


@register.simple_tag
def office_word(office: City | Network, day: datetime.date) -> str:
    """Write under which name an office said on a day: "City of Bergen, 2026-11-24"."""
    return f"{office_called(office)}, {day.isoformat()}"


@register.filter
def year_of(spoken: Membership | Statement) -> int | None:
    """Return the year of a statement, or of the newest one of a membership."""
    return statement_year(spoken) if isinstance(spoken, Statement) else newest_year(spoken)


@register.filter
def old_on(membership: Membership, day: datetime.date) -> bool:
    """Tell whether the newest word on a membership is older than five years."""
    return is_old(membership, day)


@register.filter
def confirmed_on(membership: Membership) -> str:
    """Write when city or network last said that it is a membership; empty where neither did."""
    confirmed = last_confirmed(membership)
    return confirmed.isoformat() if confirmed else ""


@register.filter
def unconfirmed_on(membership: Membership, day: datetime.date) -> bool:
    """Tell whether it was confirmed once, and not in the last twelve months."""
    return unconfirmed_by(last_confirmed(membership), day) is not None


@register.filter
def coordinate(degrees: float) -> str:
    """Write a coordinate with four decimals, about ten metres."""
    return f"{degrees:.4f}"


@register.filter
def other_names(network: Network) -> list[str]:
    """Return the aliases of a network that are more than its name in other letters."""
    known = {fold(network.name), fold(network.acronym)}
    return [alias for alias in network.aliases if fold(alias) not in known]


@register.simple_tag
def standing(record: object) -> SafeString:
    """Show how well a record is known, as a word and a shape."""
    return _standing(record.standing, str(record.get_standing_display()))


@lru_cache(maxsize=100)
def _standing(standing: str, label: str) -> SafeString:
    shown = {"standing": standing, "label": label}
    return render_to_string("includes/standing.html", shown)


@register.simple_tag
def rows_beside_city(
    memberships: Iterable[Membership], day: datetime.date, *, current: bool
) -> SafeString:
    """Show memberships on the page of their city."""
    return _rows(row_beside_city(each, day, is_current=bool(current)) for each in memberships)


@register.simple_tag
def rows_beside_network(
    members: Iterable[Member], day: datetime.date, *, current: bool
) -> SafeString:
    """Show memberships on the page of their network."""
    language = get_language()
    return _rows(
        row_beside_network(each, day, is_current=bool(current), language=language)
        for each in members
    )


def _rows(rows: Iterable[MembershipRow]) -> SafeString:
    language = get_language()
    return format_html_join("\n", "{}", ((_membership_row(language, row),) for row in rows))


@lru_cache(maxsize=ROWS_KEPT)
def _membership_row(_language: str, row: MembershipRow) -> SafeString:
    return render_to_string("memberships/row.html", {"row": row})


@register.filter
def asked(listing: Listing, parameter: str) -> str:
    """Return what was asked for in a parameter of a list, as it was typed."""
    return " ".join(listing.address.values(parameter))


NAVIGATION = (
    ("networks", _lazy("Networks")),
    ("cities", _lazy("Cities")),
    ("focus-areas", _lazy("Focus areas")),
    ("countries", _lazy("Countries")),
    ("funders", _lazy("Funders")),
    ("coverage", _lazy("Coverage")),
    ("about", _pgettext("navigation", "About")),
    # The same words for everyone: whoever is signed in comes to their account by it. Private pages,
    # which are never the same for everyone, call it by its name.
    ("account", _lazy("Sign in")),
)


@register.inclusion_tag("includes/navigation.html", takes_context=True)
def navigation(context: template.Context) -> dict[str, list[dict[str, object]]]:
    """Show the ways into the directory; the one that the page lies on is marked."""
    path = context["request"].path if "request" in context else ""
    is_known = (
        not context.get("asks_nobody")
        and without_language(path).startswith(PRIVATE_PREFIXES)
        and context["request"].user.is_authenticated
    )
    items = []
    for name, label in NAVIGATION:
        if is_known and name == "account":
            label = _("Your account")
        url = reverse(name)
        current = "page" if path == url else "true" if path.startswith(url) else ""
        items.append({"url": url, "label": label, "current": current})
    return {"items": items}


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[dict[str, str]]:
    """Return the page in each language: code, own name, address; none where it has only one."""
    request = context.get("request")
    if request is None or without_language(request.path).startswith(WITHOUT_LANGUAGES):
        return []
    is_private = without_language(request.path).startswith(PRIVATE_PREFIXES)
    query = f"?{request.GET.urlencode()}" if request.GET and not is_private else ""
    return [
        {"code": code, "name": name, "url": in_language(request.path, code) + query}
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag
def english() -> SafeString:
    """Mark an element of which the text is in English whatever the language of the page.

    Such are what the data say in sentences, and the names that the data package has for itself
    (WCAG 2.2, 3.1.2).
    """
    if get_language() == settings.LANGUAGE_CODE:
        return mark_safe("")
    return ENGLISH_AMONG_RIGHT_TO_LEFT if get_language_bidi() else ENGLISH


@register.simple_tag
def is_reviewed(language: str) -> bool:
    """Tell whether anybody has reviewed what the page says in a language."""
    return language == settings.LANGUAGE_CODE or bool(reviewed_by(language))


@register.simple_tag
def absolute(path: object) -> str:
    """Return the public address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


@register.filter
def change_count(count: TableCount) -> str:
    """Write how many records of a table were treated in one way: ``497 networks added``."""
    names = ONE_RECORD if count.records == 1 else TABLE_NAMES
    words = {
        "number": number(count.records),
        "records": names.get(count.table, count.table),
        "action": Entry.Action(count.action).label,
    }
    return _("%(number)s %(records)s %(action)s") % words
