"""Checking what a package says of networks: their tree, their mergers, years and counts."""

from directory.datapackage.checking_chains import check_chain
from directory.datapackage.package import Package
from directory.models.choices import NetworkStatus


def check_network_tree(package: Package) -> None:
    """No network is a section of itself, nor of one of its sections."""
    check_chain(package, "networks", "parent", "is a section of")


def check_merging(package: Package) -> None:
    """Merged networks, and no others, name the network they became part of; none in a circle."""
    for slug, row in package.rows("networks").items():
        if row["status"] == NetworkStatus.MERGED and not row["merged_into"]:
            package.report(
                "networks",
                slug,
                "merged_into",
                "the network is merged; write the id of the network that it became part of",
            )
        if row["merged_into"] and row["status"] != NetworkStatus.MERGED:
            package.report(
                "networks",
                slug,
                "merged_into",
                f"the network is {row['status']}; leave this empty, or write status merged",
            )
    check_chain(package, "networks", "merged_into", "was merged into")


def check_network_years(package: Package) -> None:
    """A network ends after it begins, and only one that has ended has a year of ending."""
    for slug, row in package.rows("networks").items():
        if row["ended"] is None:
            continue
        if row["status"] not in (NetworkStatus.ENDED, NetworkStatus.MERGED):
            package.report(
                "networks",
                slug,
                "ended",
                f"the network is {row['status']}; leave this empty, or write status ended",
            )
        if row["founded"] is not None and row["ended"] < row["founded"]:
            package.report(
                "networks",
                slug,
                "ended",
                f"{row['ended']} is before it was founded ({row['founded']}); correct one of them",
            )


def check_stated_members(package: Package) -> None:
    """A stated number of members has a source, and only such a number has one."""
    for slug, row in package.rows("networks").items():
        if row["stated_members"] is None:
            for column in ("stated_members_as_of", "stated_members_source"):
                if row[column]:
                    package.report(
                        "networks",
                        slug,
                        column,
                        "there is no stated number of members; leave this empty",
                    )
        elif not row["stated_members_source"]:
            package.report(
                "networks",
                slug,
                "stated_members_source",
                "a stated number needs its source; write the address where it stands",
            )
