"""Taking a change set back: every record of it says again what it said before, or none does.

The log keeps both: what was said, and that it was taken back, by which office and why. So what
somebody added leaves the records without disappearing.
"""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from directory.datapackage.checking_memberships import words_by_membership
from directory.datapackage.plan import TablePlan
from directory.datapackage.renames import follow_redirects
from directory.datapackage.revert_conflicts import (
    RevertRefusedError,
    refuse_what_came_later,
    refuse_what_would_not_fit,
)
from directory.datapackage.writing import lock_tables, remove_records, write_plan
from directory.history import Changes, is_derived
from directory.history import change_set as open_change_set
from directory.history.renames import Rename, follows, renames_of
from directory.models import ChangeSet, Entry
from directory.models.choices import Origin
from directory.models.columns import Row
from directory.models.standing import standing
from directory.models.tables import TABLES

Targets = dict[str, dict[str, Row | None]]
"""What each record shall say, by table and public id; None: it shall not be there."""
Rows = dict[str, dict[str, Row]]

__all__ = ["RevertRefusedError", "revert", "take_back", "taken_back_by"]


def revert(
    change_set: ChangeSet,
    *,
    actor: str,
    office: str,
    reason: str,
    origin: Origin = Origin.COMMAND,
) -> ChangeSet:
    """Take a change set back by a new one, which is returned; all of its records, or none.

    Records that it added are removed, those that it changed or removed say again what they said
    before. Where it renamed a record, the address that it gave leads back to the older one.
    Raises RevertRefusedError, naming every conflict, where a later change set spoke of one of
    the records, or where something that stays refers to a record that would go. A later change
    set that was taken back itself stands in nobody's way, nor does a standing that follows.
    """
    with open_change_set(
        origin=origin, reason=reason, actor=actor, office=office, reverts=change_set
    ) as changes:
        take_back(changes, change_set)
    return taken_back_by(change_set)


def take_back(changes: Changes, change_set: ChangeSet) -> None:
    """Do what ``revert`` does within a change set that is open, and says what it reverts."""
    lock_tables()
    refuse_what_came_later(change_set)
    entries = [entry for entry in change_set.entries.order_by("id") if not is_derived(entry)]
    renames = renames_of(entries)
    entries = [entry for entry in entries if not follows(entry, renames)]
    for rename in renames:
        _rename_back(changes, rename)
    present = {
        name: {table.record_id(row): row for row in table.rows()} for name, table in TABLES.items()
    }
    targets = _targets(entries, renames, present)
    plans = _plans(present, targets)
    _derive_standings(plans, targets, present)
    refuse_what_would_not_fit(present, plans, _removed(targets))
    _log(changes, present, targets, renames)
    _write(plans, _removed(targets))


def taken_back_by(change_set: ChangeSet) -> ChangeSet:
    """Return the newest change set that took this one back."""
    return ChangeSet.objects.filter(reverts=change_set).latest("revision")


def _rename_back(changes: Changes, rename: Rename) -> None:
    """Give a record its former id again, in place, so that all that refers to it follows."""
    table = TABLES[rename.table]
    for row in table.rows([rename.new]):
        changes.record(table.name, rename.new, row, None)
    table.model._default_manager.filter(slug=rename.new).update(slug=rename.old)


def _targets(entries: Iterable[Entry], renames: Iterable[Rename], present: Rows) -> Targets:
    said: Targets = {name: {} for name in TABLES}
    for entry in entries:
        said[entry.table][entry.record] = entry.before
    # What the change set merged is there again, and its redirect is not: what referred to it then
    # does so anew, while what was renamed or merged since is called by the id that it has now.
    there = {name: _without_none(rows | said[name]) for name, rows in present.items()}
    targets: Targets = {
        name: {
            record: row and follow_redirects(TABLES[name], row, there)
            for record, row in rows.items()
        }
        for name, rows in said.items()
    }
    for rename in renames:
        targets[rename.table].pop(rename.new)
        redirect = rename.redirect_back()
        targets["redirects"][TABLES["redirects"].record_id(redirect)] = redirect
    return targets


def _without_none(rows: Mapping[str, Row | None]) -> dict[str, Row]:
    return {record: row for record, row in rows.items() if row is not None}


def _plans(present: Rows, targets: Targets) -> dict[str, TablePlan]:
    plans = {}
    for name, rows in present.items():
        plan = plans[name] = TablePlan(before=dict(rows))
        for record, row in targets[name].items():
            if row is None:
                plan.before.pop(record, None)
            elif rows.get(record) != row:
                plan.written[record] = row
                (plan.report.updated if record in rows else plan.report.added).append(record)
    return plans


def _derive_standings(plans: dict[str, TablePlan], targets: Targets, present: Rows) -> None:
    """Let the standing of every membership follow from the statements that there will be."""
    spoken_of = {record for record, row in targets["memberships"].items() if row}
    for record, row in targets["statements"].items():
        spoken_of |= {
            said["membership"] for said in (row, present["statements"].get(record)) if said
        }
    words = words_by_membership(plans["statements"].after)
    plan = plans["memberships"]
    for record in sorted(spoken_of & plan.after.keys()):
        row = plan.after[record] | {"standing": standing(words[record]).value}
        if row != plan.after[record]:
            targets["memberships"][record] = plan.written[record] = row


def _removed(targets: Targets) -> dict[str, set[str]]:
    return {
        name: {record for record, row in rows.items() if row is None}
        for name, rows in targets.items()
    }


def _log(changes: Changes, present: Rows, targets: Targets, renames: Collection[Rename]) -> None:
    came_back = {(rename.table, rename.old) for rename in renames}
    for name, rows in targets.items():
        for record, row in rows.items():
            before = None if (name, record) in came_back else present[name].get(record)
            changes.record(name, record, before, row)
    if not any(changes.entries()):
        raise RevertRefusedError([_("Every record of it says already what it said before.")])


def _write(plans: dict[str, TablePlan], removed: dict[str, set[str]]) -> None:
    try:
        remove_records(removed, referred_to=False)
        write_plan(plans)
        remove_records(removed, referred_to=True)
    except ProtectedError as error:
        kinds = sorted({str(row._meta.verbose_name) for row in error.protected_objects})
        raise RevertRefusedError(
            [
                _("%(kinds)s, not public, refer to a record that would go; end them first.")
                % {"kinds": ", ".join(kinds)}
            ]
        ) from error
