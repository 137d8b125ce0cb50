"""What editors do with records: make, edit, rename and end them; all by the common writers."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from directory.models import FocusArea, Network, Redirect
from directory.models.choices import NetworkStatus
from directory.models.tables import SLUG_TABLES, TABLES
from directory.registration.applying import new_city, new_network
from directory.registration.labels import check_names, write_names
from directory.registration.permissions import Action, require
from directory.registration.problems import Invalid, NotPossible
from directory.registration.recording import recorded
from directory.registration.records import (
    RECORD_TYPES,
    create,
    free_slug,
    is_free,
    record_of,
    write,
)
from directory.registration.values import checked

# Merging has a function of its own, and an id changes by renaming alone.
NOT_EDITED = {"id", "slug", "merged_into", "successor"}
EDITED_TABLES = tuple(SLUG_TABLES.values())


def create_record(
    *,
    actor: Any,
    table: str,
    values: Mapping[str, Any],
    reason: str,
    is_distinct: bool = False,
) -> Any:
    """Make a network (its first source under ``sources``), a city, a focus area or a funder.

    The id follows from the name unless it is given. Raises ``NotPossible`` with the ``existing``
    record where a network or a city looks like one that is there, unless ``is_distinct``.
    """
    require(actor, Action.EDIT_RECORD)
    columns = _columns(table) | {TABLES[table].key[0]}
    said = checked(TABLES[table], values, allowed=columns)
    if not said.get("name"):
        raise Invalid({"name": [_("This is needed.")]})
    with recorded(actor=actor, office=None, reason=reason):
        if table == "cities":
            return new_city(said, is_distinct=is_distinct)
        if table == "networks":
            sources = said.pop("sources", [])
            if not sources:
                raise Invalid({"sources": [_("Write where this can be read.")]})
            network = new_network(said, source=sources[0], is_distinct=is_distinct)
            return write(TABLES[table], network, {"sources": sources})
        key = TABLES[table].key[0]
        said[key] = free_slug(TABLES[table], said.get(key) or said["name"])
        if table == "focus_areas":
            said.setdefault("position", FocusArea.objects.count() + 1)
        return create(TABLES[table], said)


def edit_record(
    *,
    actor: Any,
    table: str,
    record: str,
    values: Mapping[str, Any],
    reason: str,
    names: Mapping[str, str] | None = None,
) -> Any:
    """Change columns of a record, and its names by language."""
    require(actor, Action.EDIT_RECORD)
    said = checked(TABLES[table], values, allowed=_columns(table))
    labels = check_names(names or {})
    with recorded(actor=actor, office=None, reason=reason) as changes:
        changes.touch(table, [record])
        found = write(TABLES[table], record_of(TABLES[table], record), said)
        if labels:
            write_names(found, labels)
    return found


def rename_record(*, actor: Any, table: str, record: str, new: str, reason: str) -> Any:
    """Give a record another id; its former address leads to the new one for ever."""
    require(actor, Action.EDIT_RECORD)
    if table not in EDITED_TABLES:
        raise Invalid({"table": [_("Such records keep their ids.")]})
    key = TABLES[table].key[0]
    new = checked(TABLES[table], {key: new}, allowed=(key,))[key]
    comes_back = Redirect.objects.filter(
        record_type=RECORD_TYPES[table], old_slug=new, new_slug=record
    )
    if not comes_back.exists() and not is_free(TABLES[table], new):
        raise Invalid({key: [_("Another record has or had this id, or a page of the site has.")]})
    with recorded(actor=actor, office=None, reason=reason) as changes:
        # Both ids: a record is named by what it is called when it is written.
        changes.touch(table, [record, new])
        found = record_of(TABLES[table], record)
        comes_back.delete()
        found.slug = new
        found.save()
        redirect(table, record, new)
    return found


def end_network(*, actor: Any, network: Network, reason: str, ended: int | None = None) -> Network:
    """Say that a network has ended (in a year, or nobody knows when); its page stays."""
    require(actor, Action.EDIT_RECORD, network)
    if network.status == NetworkStatus.MERGED:
        raise NotPossible(_("It was merged already."), code="merged", existing=network.merged_into)
    return edit_record(
        actor=actor,
        table="networks",
        record=network.slug,
        values={"status": NetworkStatus.ENDED.value, "ended": ended},
        reason=reason,
    )


def redirect(table: str, old: str, new: str) -> None:
    """Let a former id, and all that led to it, lead to the present one; inside a change set."""
    record_type = RECORD_TYPES[table]
    for earlier in Redirect.objects.filter(record_type=record_type, new_slug=old):
        earlier.new_slug = new
        earlier.save()
    Redirect.objects.create(record_type=record_type, old_slug=old, new_slug=new)


def _columns(table: str) -> set[str]:
    if table not in EDITED_TABLES:
        raise Invalid({"table": [_("Such records are not edited here.")]})
    return set(TABLES[table].column_names) - NOT_EDITED
