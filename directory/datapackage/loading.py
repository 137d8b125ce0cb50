"""Loading a data package: all of it, or nothing."""

from pathlib import Path

from django.db import transaction

from directory.datapackage.checking import check_package
from directory.datapackage.package import Package
from directory.datapackage.plan import (
    TablePlan,
    is_all_of_the_package,
    make_plan,
    planned_package,
    present_package,
    report,
)
from directory.datapackage.reading import Progress, read_package
from directory.datapackage.report import LoadReport, PackageRefusedError
from directory.datapackage.writing import lock_tables, write_plan
from directory.history import Changes, change_set
from directory.models.choices import Origin
from directory.models.tables import TABLES


def load_package(
    folder: Path,
    *,
    dry_run: bool = False,
    remove_missing: bool = False,
    reason: str = "Load a data package",
    progress: Progress | None = None,
) -> LoadReport:
    """Check the package in the folder, then write what it says that the directory does not.

    Touches only records whose last word is a loaded one. Raises PackageRefusedError with every
    problem, having written nothing.
    """
    package = checked_package(folder, progress)
    if dry_run:
        with transaction.atomic():
            plans = _plan(package, remove_missing=remove_missing)
    else:
        with change_set(origin=Origin.LOAD, reason=reason) as changes:
            lock_tables()
            plans = _plan(package, remove_missing=remove_missing)
            _log(changes, plans)
            write_plan(plans)
    return report(plans, dry_run=dry_run, remove_missing=remove_missing)


def checked_package(folder: Path, progress: Progress | None = None) -> Package:
    """Read and check a package by itself; raises PackageRefusedError with every problem."""
    package = read_package(folder, progress)
    check_package(package)
    if package.problems:
        raise PackageRefusedError(package.problems)
    return package


def is_empty() -> bool:
    """Return whether the directory holds no public record at all."""
    return not any(table.model._default_manager.exists() for table in TABLES.values())


def _plan(package: Package, *, remove_missing: bool) -> dict[str, TablePlan]:
    plans = make_plan(package, remove_missing=remove_missing)
    if not is_all_of_the_package(package, plans):
        _check_beside_the_rest(package, plans)
    return plans


def _check_beside_the_rest(package: Package, plans: dict[str, TablePlan]) -> None:
    """Refuse a package that does not fit what stays in the database.

    What the database says wrongly by itself, with or without the package, is no reason.
    """
    planned = planned_package(package, plans)
    check_package(planned)
    if planned.problems:
        present = present_package(plans)
        check_package(present)
        new = set(planned.problems) - set(present.problems)
        if new:
            raise PackageRefusedError(list(new))


def _log(changes: Changes, plans: dict[str, TablePlan]) -> None:
    for name, plan in plans.items():
        for record, row in plan.written.items():
            changes.record(name, record, plan.before.get(record), row)
