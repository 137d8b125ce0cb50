"""What a network or a city is, in the few words that the picture beside a shared link has room for.

The picture itself is drawn by ``preview_pictures``.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.insights.city_networks import CityMemberships
from directory.models import City, Network
from directory.models.choices import NetworkStatus
from directory.search.names import named
from directory.web.templatetags.citynet import number

AREAS_SHOWN = 4
PLACES_SHOWN = 3
# The scripts that the font of the pictures has, as the names of Unicode's letters begin.
DRAWN = re.compile(r"(LATIN|GREEK|CYRILLIC|COMBINING|MODIFIER LETTER|(FEMI|MASCU)\w+ ORDINAL) ")


@dataclass(frozen=True)
class Preview:
    """The words of a picture, and its address."""

    path: str
    kind: str
    name: str
    areas: tuple[str, ...]
    count: str

    @property
    def alt(self) -> str:
        """The picture in one sentence, for who does not see it."""
        said = [self.name, self.kind, ", ".join(self.areas), self.count]
        return "; ".join(part for part in said if part)


def network_preview(network: Network, *, listed: int) -> Preview:
    """Return the preview of a network with its facts, and of its so many listed members."""
    kind = f"{capfirst(network.get_scope_display())} {network.get_kind_display()}"
    places = [*network.countries.all(), *network.regions.all()][:PLACES_SHOWN]
    told = [kind, ", ".join(named(place) for place in places)]
    if network.status != NetworkStatus.ACTIVE:
        told.append(network.get_status_display())
    links = network.focus_area_links.all()[:AREAS_SHOWN]
    words = ngettext("%(number)s member city listed", "%(number)s member cities listed", listed)
    return Preview(
        path=reverse("network-preview", args=[network.slug]),
        kind=" · ".join(part for part in told if part),
        name=_drawable(network.name, network.slug),
        areas=tuple(named(link.focus_area) for link in links),
        count=words % {"number": number(listed)} if listed else _("no member city listed"),
    )


def city_preview(city: City, memberships: CityMemberships) -> Preview:
    """Return the preview of a city and of its memberships."""
    country = named(city.country)
    groups = [group for group in memberships.current if group.area]
    groups.sort(key=lambda group: -len(group.memberships))
    words = ngettext(
        "%(number)s network membership listed",
        "%(number)s network memberships listed",
        memberships.count,
    )
    return Preview(
        path=reverse("city-preview", args=[city.slug]),
        kind=f"{city.admin1_name}, {country}" if city.admin1_name else country,
        name=_drawable(city.name, city.slug),
        areas=tuple(named(group.area) for group in groups[:AREAS_SHOWN] if group.area),
        count=words % {"number": number(memberships.count)}
        if memberships.count
        else _("no network membership listed"),
    )


def _drawable(name: str, slug: str) -> str:
    """Return a name; the id in its place where the name has letters that would be empty boxes."""
    letters = (letter for letter in name if unicodedata.category(letter)[0] in "LM")
    return name if all(DRAWN.match(unicodedata.name(each, "")) for each in letters) else slug
