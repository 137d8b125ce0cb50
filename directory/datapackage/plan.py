"""What loading a package would do: the package's rows compared with those of the database."""

from dataclasses import dataclass, field

from directory.datapackage.package import Package
from directory.datapackage.report import LoadReport, TableReport
from directory.history import last_spoken_by_people
from directory.models.choices import NetworkStatus
from directory.models.columns import Row
from directory.models.tables import TABLES


@dataclass
class TablePlan:
    """What happens to the records of one table.

    ``written`` are new rows by public id, ``before`` the rows of the database.
    """

    before: dict[str, Row] = field(default_factory=dict)
    written: dict[str, Row] = field(default_factory=dict)
    report: TableReport = field(default_factory=TableReport)

    @property
    def after(self) -> dict[str, Row]:
        """The rows of the table once the plan is carried out."""
        return self.before | self.written


def make_plan(package: Package, *, remove_missing: bool) -> dict[str, TablePlan]:
    """Compare a package without problems with the database; reads only.

    Records of which people have spoken since they were loaded are never written. With
    ``remove_missing`` networks and memberships that the package no longer names end.
    """
    plans: dict[str, TablePlan] = {}
    before = {
        name: {table.record_id(row): row for row in table.rows()} for name, table in TABLES.items()
    }
    spoken = _spoken_by_people(before, package)
    for name in TABLES:
        plan = plans[name] = TablePlan(before=before[name])
        rows = package.rows(name)
        for record, row in rows.items():
            _plan_row(plan, record, row, spoken[name])
        for record in before[name].keys() - rows.keys() if remove_missing else ():
            _plan_ending(plan, name, record, spoken[name])
        plan.report.ended.sort()
        plan.report.left_alone.sort()
    return plans


def report(plans: dict[str, TablePlan], *, dry_run: bool, remove_missing: bool) -> LoadReport:
    """Return the report of a plan."""
    tables = {name: plan.report for name, plan in plans.items()}
    return LoadReport(dry_run=dry_run, removes_missing=remove_missing, tables=tables)


def planned_package(package: Package, plans: dict[str, TablePlan]) -> Package:
    """Return all rows as they will be, to be checked together once more.

    What people have said since may not fit what is loaded: two open memberships, for example.
    """
    planned = Package()
    for name, plan in plans.items():
        held = planned.tables[name]
        held.rows = plan.after
        numbers = package.tables[name].numbers
        held.numbers = {record: numbers[record] for record in plan.written if record in numbers}
    return planned


def present_package(plans: dict[str, TablePlan]) -> Package:
    """Return all rows as they are in the database now."""
    present = Package()
    for name, plan in plans.items():
        present.tables[name].rows = plan.before
    return present


def is_all_of_the_package(package: Package, plans: dict[str, TablePlan]) -> bool:
    """Return whether the database will say what the package says and nothing else."""
    return all(
        plan.after.keys() == package.rows(name).keys() and not plan.report.kept
        for name, plan in plans.items()
    )


def _spoken_by_people(before: dict[str, dict[str, Row]], package: Package) -> dict[str, set[str]]:
    """Return by table the records that are people's now.

    A membership and its statements are one thing here: its standing follows from all of them.
    """
    spoken = {name: last_spoken_by_people(name) for name in TABLES}
    statements = before["statements"]
    memberships = spoken["memberships"] | {
        statements[record]["membership"] for record in spoken["statements"] if record in statements
    }
    spoken["memberships"] = memberships
    for rows in (statements, package.rows("statements")) if memberships else ():
        spoken["statements"] |= {
            record for record, row in rows.items() if row["membership"] in memberships
        }
    return spoken


def _plan_row(plan: TablePlan, record: str, row: Row, spoken: set[str]) -> None:
    now = plan.before.get(record)
    if now == row:
        plan.report.unchanged += 1
    elif record in spoken:
        plan.report.kept.append(record)
    else:
        plan.written[record] = row
        (plan.report.added if now is None else plan.report.updated).append(record)


def _plan_ending(plan: TablePlan, table: str, record: str, spoken: set[str]) -> None:
    row = plan.before[record]
    is_over = (
        row["status"] in (NetworkStatus.ENDED, NetworkStatus.MERGED)
        if table == "networks"
        else table == "memberships" and bool(row["left"] or row["ended"])
    )
    if record in spoken:
        plan.report.kept.append(record)
    elif table not in ("networks", "memberships") or is_over:
        plan.report.left_alone.append(record)
    else:
        ending = {"status": NetworkStatus.ENDED.value} if table == "networks" else {"ended": True}
        plan.written[record] = row | ending
        plan.report.ended.append(record)
