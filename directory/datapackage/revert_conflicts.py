"""What stands in the way of taking a change set back, told record by record."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from directory.datapackage.checking import check_package
from directory.datapackage.package import Package
from directory.datapackage.plan import TablePlan, present_package
from directory.history import later_entries
from directory.models import ChangeSet
from directory.models.choices import RecordType
from directory.models.columns import Row
from directory.models.tables import LABEL_TABLES, SLUG_TABLES, TABLES

SHOWN = 50


class RevertRefusedError(Exception):
    """Raised when a change set cannot be taken back; nothing was written.

    ``conflicts`` are sentences, one for each thing that stands in the way.
    """

    def __init__(self, conflicts: list[str]) -> None:
        self.conflicts = conflicts
        shown = conflicts[:SHOWN]
        if len(conflicts) > SHOWN:
            shown.append(_("and %(number)d more") % {"number": len(conflicts) - SHOWN})
        super().__init__("\n".join([_("Nothing was changed."), *shown]))


def refuse_what_came_later(change_set: ChangeSet) -> None:
    """Raise RevertRefusedError where there is nothing to take back, or a later word on it."""
    revision = {"revision": change_set.revision}
    if not change_set.entries.exists():
        raise RevertRefusedError([_("Revision %(revision)d changed no record.") % revision])
    later = later_entries(change_set)
    for entry in later:
        if entry.change_set.reverts_id == change_set.pk:
            words = revision | {"later": entry.change_set.revision}
            raise RevertRefusedError(
                [_("Revision %(revision)d was taken back already, by revision %(later)d.") % words]
            )
    if later:
        raise RevertRefusedError(
            [
                _(
                    "%(table)s/%(record)s was %(action)s later, by revision %(later)d "
                    "(%(reason)s); take that back first, or change the record itself."
                )
                % {
                    "table": entry.table,
                    "record": entry.record,
                    "action": entry.get_action_display(),
                    "later": entry.change_set.revision,
                    "reason": entry.change_set.reason,
                }
                for entry in later
            ]
        )


def refuse_what_would_not_fit(
    present: Mapping[str, dict[str, Row]],
    plans: dict[str, TablePlan],
    removed: Mapping[str, set[str]],
) -> None:
    """Raise RevertRefusedError where the records that stay would not fit those put back.

    What the directory says wrongly already is no reason.
    """
    left_behind = [
        _("%(table)s/%(record)s (%(column)s) refers to %(gone)s, which would go; end it first.")
        % {"table": table, "record": record, "column": column, "gone": gone}
        for table, record, column, gone in _references(plans, removed)
    ]
    if left_behind:
        raise RevertRefusedError(left_behind)
    planned = Package()
    for name, plan in plans.items():
        planned.tables[name].rows = plan.after
    check_package(planned)
    if planned.problems:
        now = present_package({name: TablePlan(before=rows) for name, rows in present.items()})
        check_package(now)
        new = sorted(set(planned.problems) - set(now.problems))
        if new:
            raise RevertRefusedError([str(problem) for problem in new])


def _references(
    plans: dict[str, TablePlan], removed: Mapping[str, set[str]]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield what refers to a record that goes: table, record, column, and the one that goes."""
    for name, plan in plans.items():
        columns = [
            (column.name, column.references)
            for column in TABLES[name].columns
            if removed.get(column.references)
        ]
        for record, row in plan.after.items():
            for column, target in columns:
                value = row[column]
                for item in value if isinstance(value, list) else [value]:
                    if item in removed[target]:
                        yield name, record, column, f"{target}/{item}"
    for record, row in plans["labels"].after.items():
        kind, _slash, owner = row["record"].partition("/")
        if owner in removed[LABEL_TABLES[kind]]:
            yield "labels", record, "record", row["record"]
    for record, row in plans["redirects"].after.items():
        target = SLUG_TABLES[RecordType(row["record_type"])]
        if row["new"] in removed[target]:
            yield "redirects", record, "new", f"{target}/{row['new']}"
