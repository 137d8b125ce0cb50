"""What the rows of a package get wrong together is reported at its row and column."""

from collections.abc import Callable
from pathlib import Path

import pytest

from directory.datapackage.loading import checked_package, load_package
from directory.datapackage.report import PackageRefusedError
from tests.directory.datapackage.tiny import Tables, tiny, write


def problems_of(folder: Path) -> list[str]:
    """Return the problems for which a package is refused; none of these needs a database."""
    with pytest.raises(PackageRefusedError) as refusal:
        load_package(folder)
    return [str(problem) for problem in refusal.value.problems]


def set_cells(table: str, row: int, **cells: str) -> Callable[[Tables], object]:
    """Return a change of one row; rows count as in the file."""
    return lambda tables: tables[table][row - 2].update(cells)


def add_row(table: str, like: int, **cells: str) -> Callable[[Tables], object]:
    """Return a change that adds a row like another one."""
    return lambda tables: tables[table].append(tables[table][like - 2] | cells)


def both(*changes: Callable[[Tables], object]) -> Callable[[Tables], object]:
    return lambda tables: [change(tables) for change in changes]


CASES = {
    "an unknown focus area in a list": (
        set_cells("networks", 2, focus_areas="energy;climat"),
        "networks.csv:2:focus_areas: “climat” is not in focus_areas; did you mean “climate”?",
    ),
    "an unknown country in a list": (
        set_cells("networks", 2, countries="NO;XX"),
        "networks.csv:2:countries: “XX” is not in countries; add it there, or correct it",
    ),
    "an unknown funder in a list": (
        set_cells("networks", 2, funders="a-fundd"),
        "networks.csv:2:funders: “a-fundd” is not in funders; did you mean “a-fund”?",
    ),
    "an unknown region": (
        set_cells("networks", 2, regions="Europe;Northen Europe"),
        "networks.csv:2:regions: “Northen Europe” is not in regions; "
        "did you mean “Northern Europe”?",
    ),
    "an unknown city": (
        set_cells("memberships", 2, city="bergen"),
        "memberships.csv:2:city: “bergen” is not in cities; did you mean “bergen-no”?",
    ),
    "a label of nothing": (
        set_cells("labels", 2, record="cities/bergen"),
        "labels.csv:2:record: “bergen” is not in cities; did you mean “bergen-no”?",
    ),
    "a part of two regions": (
        set_cells("countries", 3, region="Asia"),
        "countries.csv:3:subregion: “Northern Europe” lies in Europe elsewhere; "
        "a region has one place in the tree",
    ),
    "a region that is a part elsewhere": (
        set_cells("countries", 3, region="Northern Europe"),
        "countries.csv:3:region: “Northern Europe” lies in Europe elsewhere; "
        "a region has one place in the tree",
    ),
    "a region called World": (
        set_cells("countries", 3, region="World", subregion="World"),
        "countries.csv:3:region: “World” lies in above all regions elsewhere; "
        "a region has one place in the tree",
    ),
    "a region without an address": (
        set_cells("countries", 3, region="欧洲", subregion="北欧"),
        "countries.csv:3:region: “欧洲” gives no address of its own; write a name in Latin letters "
        "that no other region has",
    ),
    "a focus area that is its own parent": (
        set_cells("focus_areas", 2, parent="climate"),
        "focus_areas.csv:2:parent: an area is not its own parent; leave it empty",
    ),
    "three levels of focus areas": (
        add_row("focus_areas", 3, slug="heat", parent="energy", position="3"),
        "focus_areas.csv:4:parent: “energy” lies under “climate” itself; the tree has two levels, "
        "write an area at the top",
    ),
    "a network that is its own parent": (
        set_cells("networks", 2, parent="north"),
        "networks.csv:2:parent: “north” is a section of “north”, which leads back to it; "
        "break the circle",
    ),
    "networks that are sections of each other": (
        set_cells("networks", 2, parent="north-section"),
        "networks.csv:3:parent: “north-section” is a section of “north”, which leads back to it; "
        "break the circle",
    ),
    "networks merged into each other": (
        set_cells("networks", 2, status="merged", merged_into="old"),
        "networks.csv:2:merged_into: “north” was merged into “old”, which leads back to it; "
        "break the circle",
    ),
    "cities that became part of each other": (
        set_cells("cities", 2, ended="2020", successor="ytrebygda-no"),
        "cities.csv:2:successor: “bergen-no” became part of “ytrebygda-no”, which leads back to "
        "it; break the circle",
    ),
    "a city that became part of nothing": (
        set_cells("cities", 4, successor="bergen"),
        "cities.csv:4:successor: “bergen” is not in cities; did you mean “bergen-no”?",
    ),
    "a city that ended before our time": (
        set_cells("cities", 4, ended="1066"),
        "cities.csv:4:ended: 1066 is too small; write a whole number from 1800 to 2100",
    ),
    "merged into nothing": (
        set_cells("networks", 4, merged_into=""),
        "networks.csv:4:merged_into: the network is merged; write the id of the network that it "
        "became part of",
    ),
    "merged though active": (
        set_cells("networks", 3, merged_into="north"),
        "networks.csv:3:merged_into: the network is active; leave this empty, or write status "
        "merged",
    ),
    "ended though active": (
        set_cells("networks", 2, ended="2020"),
        "networks.csv:2:ended: the network is active; leave this empty, or write status ended",
    ),
    "ended before it was founded": (
        set_cells("networks", 4, ended="1970"),
        "networks.csv:4:ended: 1970 is before it was founded (1980); correct one of them",
    ),
    "a year of no stated number": (
        set_cells("networks", 2, stated_members="", stated_members_source=""),
        "networks.csv:2:stated_members_as_of: there is no stated number of members; leave this "
        "empty",
    ),
    "a source of no stated number": (
        set_cells("networks", 2, stated_members="", stated_members_as_of=""),
        "networks.csv:2:stated_members_source: there is no stated number of members; leave this "
        "empty",
    ),
    "a stated number without source": (
        set_cells("networks", 2, stated_members_source=""),
        "networks.csv:2:stated_members_source: a stated number needs its source; write the "
        "address where it stands",
    ),
    "a day that is not in the calendar": (
        set_cells("memberships", 2, joined="2019-02-30"),
        "memberships.csv:2:joined: “2019-02-30” is not in the calendar; write a day of the "
        "calendar",
    ),
    "a year outside history": (
        set_cells("memberships", 2, joined="1066"),
        "memberships.csv:2:joined: the year 1066 lies outside 1800 to 2100; write a day of the "
        "calendar",
    ),
    "left before joined": (
        set_cells("memberships", 3, left="1995-05-02"),
        "memberships.csv:3:left: 1995-05-02 is before 1995-05-03, when it joined; correct one of "
        "them",
    ),
    "left before joined, in a statement": (
        set_cells("statements", 3, left="1994"),
        "statements.csv:3:left: 1994 is before 1995-05-03, when it joined; correct one of them",
    ),
    "ended with a date": (
        set_cells("memberships", 3, ended="yes"),
        "memberships.csv:3:ended: ended means that the date of leaving is not known, but left has "
        "one; write no",
    ),
    "two open memberships": (
        both(
            add_row("memberships", 2, id="m00004", joined="2020"),
            add_row("statements", 2, id="s00004", membership="m00004", joined="2020"),
        ),
        "memberships.csv:5:left: bergen-no has the open membership m00001 in north already; write "
        "when one of the two ended",
    ),
    "periods that overlap": (
        both(
            add_row("memberships", 3, id="m00004", joined="2005", left="2015"),
            add_row("statements", 3, id="s00004", membership="m00004"),
        ),
        "memberships.csv:5:joined: malmo-se was a member of north by m00002 at that time already; "
        "correct the dates, or make one membership of the two",
    ),
    "a long period around two short ones": (
        both(
            add_row("memberships", 3, id="m00004", joined="1996", left="1998"),
            add_row("memberships", 3, id="m00005", joined="2001", left="2003"),
            add_row("statements", 3, id="s00004", membership="m00004"),
            add_row("statements", 3, id="s00005", membership="m00005"),
        ),
        "memberships.csv:6:joined: malmo-se was a member of north by m00002 at that time already; "
        "correct the dates, or make one membership of the two",
    ),
    "a source without address": (
        set_cells("statements", 4, source=""),
        "statements.csv:4:source: a source speaks, so its address is needed; write where it can "
        "be read",
    ),
    "a standing that does not follow": (
        set_cells("memberships", 4, standing="sourced"),
        "memberships.csv:4:standing: “sourced” does not follow from its 1 statements; write "
        "unverified",
    ),
    "a standing without any statement": (
        lambda tables: tables["statements"].pop(0),
        "memberships.csv:2:standing: “confirmed” does not follow from its 0 statements; write "
        "unverified",
    ),
    "a redirect of an id in use": (
        set_cells("redirects", 2, old="malmo-se"),
        "redirects.csv:2:old: cities has a record “malmo-se”; a former id must not be in use",
    ),
    "a redirect to nothing": (
        set_cells("redirects", 2, new="bergen"),
        "redirects.csv:2:new: “bergen” is not in cities; did you mean “bergen-no”?",
    ),
    "a redirect to a redirect": (
        add_row("redirects", 2, old="bjoergvin-no", new="bjorgvin-no"),
        "redirects.csv:4:new: “bjorgvin-no” leads on to “bergen-no”; write where it ends",
    ),
    "a redirect to itself": (
        set_cells("redirects", 2, new="bjorgvin-no"),
        "redirects.csv:2:new: “bjorgvin-no” leads back to itself; write an id that is in use",
    ),
    "redirects in a circle": (
        both(
            set_cells("redirects", 2, new="bjoergvin-no"),
            add_row("redirects", 2, old="bjoergvin-no", new="bjorgvin-no"),
        ),
        "redirects.csv:4:new: “bjoergvin-no” leads back to itself; write an id that is in use",
    ),
    "an empty item of a list": (
        set_cells("networks", 2, aliases="One;;Two"),
        "networks.csv:2:aliases: “One;;Two” has an empty item or blanks around one; write "
        "first;second",
    ),
    "an item twice in a list": (
        set_cells("networks", 2, countries="NO;NO"),
        "networks.csv:2:countries: “NO” stands in the list twice; name it once",
    ),
    "an item that is no address": (
        set_cells("networks", 2, sources="https://a.example;b"),
        "networks.csv:2:sources: “b” is not an address; write it in full, such as "
        "https://example.org/page",
    ),
    "an address that would run a script": (
        set_cells("networks", 2, website="javascript:alert(1)"),
        "networks.csv:2:website: “javascript:alert(1)” is not an address; write it in full, such "
        "as https://example.org/page",
    ),
    "an item that is too long": (
        set_cells("networks", 2, aliases="x" * 201),
        f"networks.csv:2:aliases: the item “{'x' * 60}…” has 201 characters; at most 200 fit",
    ),
    "an invisible character": (
        set_cells("networks", 2, name="Nor\u202eth"),
        "networks.csv:2:name: the invisible character U+202E is in it; remove it",
    ),
    "blanks around text": (
        set_cells("networks", 2, name=" North"),
        "networks.csv:2:name: “ North” begins or ends with a blank; remove it",
    ),
}


@pytest.mark.parametrize(("change", "expected"), CASES.values(), ids=CASES)
def test_a_package_that_contradicts_itself_is_refused(tmp_path, change, expected):
    tables = tiny()
    change(tables)
    assert expected in problems_of(write(tmp_path, tables))


@pytest.mark.parametrize("slug", ["search", "page", "compare", "feed", "new"])
@pytest.mark.parametrize("table", ["networks", "cities", "focus_areas", "funders"])
def test_addresses_of_the_site_are_no_ids(tmp_path, table, slug):
    tables = tiny()
    key = "id" if "id" in tables[table][0] else "slug"
    tables[table].append(tables[table][1] | {key: slug})
    row = len(tables[table]) + 1
    expected = f"{table}.csv:{row}:{key}: “{slug}” is an address of the site; choose another id"
    assert expected in problems_of(write(tmp_path, tables))


def test_all_problems_are_reported_at_once_in_the_order_of_the_files(tmp_path):
    tables = tiny()
    tables["cities"][1]["latitude"] = "north"
    tables["networks"][0]["kind"] = "club"
    tables["networks"][2]["ended"] = "1970"
    tables["memberships"][0]["joined"] = "2019-13"
    places = [problem.split(": ")[0] for problem in problems_of(write(tmp_path, tables))]
    assert places == [
        "cities.csv:3:latitude",
        "memberships.csv:2:joined",
        "networks.csv:2:kind",
        "networks.csv:4:ended",
    ]


def test_a_broken_row_makes_no_problems_elsewhere(tmp_path):
    tables = tiny()
    tables["cities"][0]["latitude"] = "north"
    assert len(problems_of(write(tmp_path, tables))) == 1


def test_periods_that_touch_in_one_imprecise_year_do_not_overlap(tmp_path):
    tables = tiny()
    tables["memberships"].append(
        tables["memberships"][1] | {"id": "m00004", "joined": "2010", "left": "2015"}
    )
    tables["statements"].append(tables["statements"][1] | {"id": "s00004", "membership": "m00004"})
    assert not checked_package(write(tmp_path, tables)).problems
