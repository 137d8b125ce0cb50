"""Making one record of two that are the same; the other's address leads to the one that stays.

Also what is no mistake in the data: a network or a city that became part of another one.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from directory.models import City, Network, Submission
from directory.models.choices import NetworkStatus
from directory.models.columns import Row
from directory.models.tables import TABLES
from directory.registration.editing import NOT_EDITED, redirect
from directory.registration.merge_moves import lock, move
from directory.registration.merge_policies import FILLED, JOINED, POLICIES, RELATIONS, Policy
from directory.registration.permissions import Action, require
from directory.registration.problems import Invalid
from directory.registration.recording import recorded
from directory.registration.records import record_of, write
from directory.registration.values import checked

__all__ = [
    "POLICIES",
    "RELATIONS",
    "Policy",
    "end_city",
    "merge_duplicates",
    "merge_network_into",
    "merged_values",
]

OTHER_NAMES = {"networks": "aliases", "focus_areas": "synonyms"}
"""The column that takes the duplicate's name, so that it is still found."""


def merged_values(table: str, kept: Row, duplicate: Row) -> Row:
    """Return what the merged record says by the policies, to be shown before it is done."""
    row = dict(kept)
    for column, policy in POLICIES[table].items():
        if policy is JOINED:
            row[column] = list(dict.fromkeys([*kept[column], *duplicate[column]]))
        elif policy is FILLED and kept[column] in ("", None):
            row[column] = duplicate[column]
    others = OTHER_NAMES.get(table)
    if others and duplicate["name"] not in (kept["name"], *row[others]):
        row[others].append(duplicate["name"])
    return row


def merge_duplicates(
    *,
    actor: Any,
    table: str,
    kept: str,
    duplicate: str,
    reason: str,
    values: Mapping[str, Any] | None = None,
) -> Any:
    """Make one record of two that are the same; returns it.

    ``values`` are the editor's choices by column, over those of the policies. Memberships,
    statements, names, claims and domains move; the duplicate's address redirects.
    """
    require(actor, Action.EDIT_RECORD)
    if table not in POLICIES:
        raise Invalid({"table": [_("Such records are not merged.")]})
    if kept == duplicate:
        raise Invalid({"duplicate": [_("Choose two different records.")]})
    chosen = checked(TABLES[table], values or {}, allowed=POLICIES[table].keys() - NOT_EDITED)
    with recorded(actor=actor, office=None, reason=reason) as changes:
        lock(table, kept, duplicate)
        changes.touch(table, [kept, duplicate])
        stays, goes = record_of(TABLES[table], kept), record_of(TABLES[table], duplicate)
        before, other = TABLES[table].row(stays), TABLES[table].row(goes)
        row = merged_values(table, before, other) | chosen
        move(table, stays, goes)
        goes.delete()
        news = {name: value for name, value in row.items() if value != before[name]}
        stays = write(TABLES[table], record_of(TABLES[table], kept), news)
        redirect(table, duplicate, kept)
        Submission.objects.filter(table=table, record=duplicate).update(record=kept)
    return stays


def merge_network_into(
    *, actor: Any, network: Network, successor: Network, reason: str, ended: int | None = None
) -> Network:
    """Say that a network became part of another one; its page and its members' history stay."""
    require(actor, Action.EDIT_RECORD, network)
    table = TABLES["networks"]
    said = checked(table, {"ended": ended}, allowed=("ended",))
    with recorded(actor=actor, office=None, reason=reason) as changes:
        changes.touch("networks", [network.slug])
        return write(
            table,
            record_of(table, network.slug),
            said | {"status": NetworkStatus.MERGED.value, "merged_into": successor.slug},
        )


def end_city(
    *, actor: Any, city: City, reason: str, ended: int | None = None, successor: City | None = None
) -> City:
    """Say that a city is a municipality no more: when, what it became part of, or both.

    Its page and its history stay. So do its memberships, until somebody says what became of them,
    and its claims, so that its people can say it.
    """
    require(actor, Action.EDIT_RECORD, city)
    if ended is None and successor is None:
        raise Invalid({"ended": [_("Write the year, or the city that it became part of.")]})
    table = TABLES["cities"]
    said = checked(
        table,
        {"ended": ended, "successor": successor.slug if successor else ""},
        allowed=("ended", "successor"),
    )
    with recorded(actor=actor, office=None, reason=reason) as changes:
        # The successor too: two cities must not come to be part of each other at once.
        changes.touch("cities", {city.slug, *([successor.slug] if successor else [])})
        return write(table, record_of(table, city.slug), said)
