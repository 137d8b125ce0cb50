"""What is told of an entity wherever it is offered: its id, name, kind, and what tells it apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.models import City, FocusArea, Network
from directory.reconciliation.kinds import CITY, FOCUS_AREA, NETWORK, Kind


@dataclass(frozen=True, slots=True)
class Entity:
    """A city, a network or a focus area."""

    id: str
    name: str
    description: str
    kind: Kind


def entities(kind: Kind, slugs: Iterable[str]) -> dict[str, Entity]:
    """Return the entities of a kind by slug, in one query; unknown slugs are passed over."""
    related = {CITY: ("country",), FOCUS_AREA: ("parent",), NETWORK: ()}[kind]
    rows = kind.model._default_manager.public().filter(slug__in=set(slugs))
    return {row.slug: entity(kind, row) for row in rows.select_related(*related)}


def entity(kind: Kind, record: City | Network | FocusArea) -> Entity:
    """Return what is told of a record."""
    return Entity(kind.entity_id(record.slug), record.name, _description(record), kind)


def _description(record: City | Network | FocusArea) -> str:
    match record:
        case City():
            ended = _("ended") if record.has_ended else ""
            return ", ".join(filter(None, (record.admin1_name, record.country.name, ended)))
        case Network():
            facts = (record.acronym, record.get_kind_display(), record.get_status_display())
            return ", ".join(filter(None, map(str, facts)))
        case _:
            return record.parent.name if record.parent else ""
