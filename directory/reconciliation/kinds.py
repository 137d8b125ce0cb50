"""The kinds of entities that can be reconciled, and the ids by which they are known outside.

An id is unique among all entities. A city's is its slug, since cities are what people look for;
the others say first what they are: ``network:eurocities``, ``focus-area:climate``.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.models import City, FocusArea, Network, Redirect
from directory.models.choices import RecordType
from directory.models.columns import Table
from directory.models.tables import TABLES

ID = re.compile(r"([a-z-]+:)?[a-z0-9-]{1,80}")


@dataclass(frozen=True)
class Kind:
    """One kind of entity: ``id`` names it, ``prefix`` stands before the slugs of its records."""

    id: str
    name: str | Promise
    description: str | Promise
    model: type[Model]
    table: Table
    record_type: RecordType
    prefix: str = ""

    def entity_id(self, slug: str) -> str:
        """Return the id of an entity of this kind."""
        return f"{self.prefix}{slug}"


CITY = Kind(
    "City",
    _("City"),
    _("A municipality that is named in memberships."),
    City,
    TABLES["cities"],
    RecordType.CITY,
)
NETWORK = Kind(
    "Network",
    _("City network"),
    _("An organisation, coalition, programme, charter or forum whose members are cities."),
    Network,
    TABLES["networks"],
    RecordType.NETWORK,
    "network:",
)
FOCUS_AREA = Kind(
    "FocusArea",
    _("Focus area"),
    _("An issue that networks work on."),
    FocusArea,
    TABLES["focus_areas"],
    RecordType.FOCUS_AREA,
    "focus-area:",
)
KINDS = {kind.id: kind for kind in (CITY, NETWORK, FOCUS_AREA)}
KIND_OF_TABLE = {kind.table.name: kind for kind in KINDS.values()}


def kind_and_slug(entity_id: str) -> tuple[Kind, str]:
    """Return the kind that an id speaks of and the slug in it; neither needs to exist."""
    for kind in (NETWORK, FOCUS_AREA):
        if entity_id.startswith(kind.prefix):
            return kind, entity_id.removeprefix(kind.prefix)
    return CITY, entity_id


def present_slugs(entity_ids: Iterable[str]) -> dict[str, tuple[Kind, str]]:
    """Return the kind and present slug for each id; a former id leads on, none needs to exist.

    What cannot be an id is passed over.
    """
    asked = {
        entity_id: kind_and_slug(entity_id)
        for entity_id in dict.fromkeys(entity_ids)
        if ID.fullmatch(entity_id)
    }
    former = Redirect.objects.public().filter(old_slug__in={slug for _kind, slug in asked.values()})
    present = {
        (record_type, old): new
        for record_type, old, new in former.values_list("record_type", "old_slug", "new_slug")
    }
    return {
        entity_id: (kind, present.get((kind.record_type, slug), slug))
        for entity_id, (kind, slug) in asked.items()
    }


def existing_slugs(kind: Kind, slugs: Collection[str]) -> set[str]:
    """Return those of the slugs that a record of the kind has."""
    if not slugs:
        return set()
    rows = kind.model._default_manager.public().filter(slug__in=slugs)
    return set(rows.values_list("slug", flat=True))
