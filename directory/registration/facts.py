"""What a city's and a network's own people may say of it: published at once."""

from collections.abc import Mapping
from typing import Any

from directory.models import City, Network
from directory.models.choices import Origin
from directory.models.tables import TABLES
from directory.registration.labels import check_names, write_names
from directory.registration.permissions import Action, require
from directory.registration.recording import recorded
from directory.registration.records import record_of, write
from directory.registration.values import checked

CITY_FACTS = ("website",)
NETWORK_FACTS = (
    *("website", "joining", "fee", "eligibility", "members_url"),
    *("stated_members", "stated_members_as_of", "stated_members_source", "funders"),
)


def edit_city(
    *,
    actor: Any,
    city: City,
    values: Mapping[str, Any],
    names: Mapping[str, str] | None = None,
    reason: str = "",
    origin: Origin = Origin.WEB,
) -> City:
    """Change facts of one's own city: columns of ``CITY_FACTS`` and its names by language.

    A language without a name loses its label. Whatever else is sent is refused by its name.
    """
    require(actor, Action.EDIT_FACTS, city)
    return _edit("cities", city, CITY_FACTS, actor, values, names, reason, origin)


def edit_network(
    *,
    actor: Any,
    network: Network,
    values: Mapping[str, Any],
    names: Mapping[str, str] | None = None,
    reason: str = "",
    origin: Origin = Origin.WEB,
) -> Network:
    """Change facts of one's own network: columns of ``NETWORK_FACTS`` and its names by language.

    A stated number of members needs its source.
    """
    require(actor, Action.EDIT_FACTS, network)
    return _edit("networks", network, NETWORK_FACTS, actor, values, names, reason, origin)


def _edit(
    table_name: str,
    record: Any,
    allowed: tuple[str, ...],
    actor: Any,
    values: Mapping[str, Any],
    names: Mapping[str, str] | None,
    reason: str,
    origin: Origin,
) -> Any:
    table = TABLES[table_name]
    facts = checked(table, values, allowed=allowed)
    labels = check_names(names or {})
    why = reason or "Facts changed"
    with recorded(actor=actor, office=record, reason=why, origin=origin) as changes:
        changes.touch(table_name, [record.slug])
        found = write(table, record_of(table, record.slug), facts)
        write_names(found, labels)
    return found
