"""Suggestions as one types: entities, kinds of entities, and their properties."""

import datetime
from collections.abc import Collection, Iterator

from directory.models import City, FocusArea
from directory.models.text import fold
from directory.reconciliation.entities import Entity, entities
from directory.reconciliation.kinds import (
    CITY,
    FOCUS_AREA,
    KINDS,
    NETWORK,
    Kind,
    existing_slugs,
    present_slugs,
)
from directory.reconciliation.properties import PROPERTIES, Property
from directory.search.cities import score_cities
from directory.search.facets import network_table
from directory.search.names import words_in_any_language
from directory.search.networks import score_networks
from directory.search.scoring import ranked

MOST_SUGGESTIONS = 20
# Of each kind; whoever wants more types more.
MOST_OF_A_KIND = 200


def suggest_entities(
    text: str, kinds: Collection[Kind], *, day: datetime.date, skip: int = 0
) -> list[Entity]:
    """Return a page of the entities whose names or ids may begin with ``text``.

    The one of that id first, then those whose own name begins so, then others.
    """
    if not fold(text):
        return []
    slugs = {kind: list(dict.fromkeys(_slugs(kind, text, day))) for kind in kinds}
    found = [
        (kind, known[slug], place)
        for kind in kinds
        if slugs[kind] and (known := entities(kind, slugs[kind]))
        for place, slug in enumerate(slugs[kind])
        if slug in known
    ]
    beginning = fold(text)
    order = list(kinds)
    found.sort(
        key=lambda one: (
            one[1].id != text,
            not fold(one[1].name).startswith(beginning),
            one[2],
            order.index(one[0]),
        )
    )
    return [entity for _kind, entity, _place in found[skip : skip + MOST_SUGGESTIONS]]


def _slugs(kind: Kind, text: str, day: datetime.date) -> Iterator[str]:
    named, slug = present_slugs([text]).get(text, (None, ""))
    if named is kind:
        yield from existing_slugs(kind, [slug])
    yield from {CITY: _cities, NETWORK: _networks, FOCUS_AREA: _focus_areas}[kind](text, day)


def _cities(text: str, day: datetime.date) -> list[str]:
    scores = score_cities(text, day)
    rows = City.objects.public().filter(pk__in=list(scores))
    names = {pk: (key, slug) for pk, key, slug in rows.values_list("pk", "name_key", "slug")}
    likeliest = ranked({pk: scores[pk] for pk in names}, names)[:MOST_OF_A_KIND]
    return [names[pk][1] for pk in likeliest]


def _networks(text: str, day: datetime.date) -> list[str]:
    table = network_table.get(day)
    scores = score_networks(text, table, day, by_members=False)
    names = {row.pk: (row.name_key, row.slug) for row in table.rows}
    return [names[pk][1] for pk in ranked(scores, names)[:MOST_OF_A_KIND]]


def _focus_areas(text: str, day: datetime.date) -> Iterator[str]:
    beginning = fold(text)
    foreign = words_in_any_language(FocusArea)
    for area in FocusArea.objects.public().in_display_order():
        names = map(fold, (area.name, *area.synonyms, *foreign.get(area.pk, ())))
        if any(f" {name}".find(f" {beginning}") >= 0 for name in names):
            yield area.slug


def suggest_kinds(text: str) -> list[Kind]:
    """Return the kinds of which the id or a word of the name begins with ``text``; all for none."""
    return [kind for kind in KINDS.values() if _begins(text, kind.id, str(kind.name))]


def suggest_properties(text: str, kinds: Collection[Kind]) -> list[Property]:
    """Return the properties of some kinds whose id or words begin with ``text``, each id once."""
    found: dict[str, Property] = {}
    for kind in kinds:
        for one in PROPERTIES[kind.id].values():
            if _begins(text, one.id, str(one.name)):
                found.setdefault(one.id, one)
    return sorted(found.values(), key=lambda one: not one.id.startswith(text))


def _begins(text: str, *names: str) -> bool:
    beginning = fold(text)
    return not beginning or any(f" {fold(name)}".find(f" {beginning}") >= 0 for name in names)
