"""Checking that what refers to another record of its own table does not lead back to itself."""

from directory.datapackage.package import Package


def check_chain(package: Package, table: str, column: str, phrase: str) -> None:
    """Report every record from which following the column leads back to itself."""
    following = {record: row[column] for record, row in package.rows(table).items()}
    settled: set[str] = set()
    for start in following:
        path: list[str] = []
        record = start
        while record and record not in settled and record not in path:
            path.append(record)
            record = following.get(record, "")
        if record in path:
            for member in path[path.index(record) :]:
                package.report(
                    table,
                    member,
                    column,
                    f"“{member}” {phrase} “{following[member]}”, which leads back to it; "
                    "break the circle",
                )
        settled.update(path)


def check_city_successors(package: Package) -> None:
    """No city became part of itself, nor of one that became part of it."""
    check_chain(package, "cities", "successor", "became part of")
