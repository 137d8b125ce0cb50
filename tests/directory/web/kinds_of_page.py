"""One address of every kind of page on the starting data: a fact that it shows, and its cost.

``queries`` is how many SQL queries the page takes once the tables of search stand in memory. A
change of it is a decision: fewer is welcome, more needs a reason.
"""

from typing import NamedTuple


class Kind(NamedTuple):
    """A page, a fact on it, and how many queries it takes."""

    path: str
    shows: str
    queries: int


KINDS = [
    Kind("/", "Women&#x27;s safety", 15),
    Kind("/search/", "Search the directory", 1),
    Kind("/search/?q=womens+safety", "Safe Cities", 4),
    Kind("/search/?q=accessibilty", "Search instead for “accessibilty”", 6),
    Kind("/search/?q=barcelona", "Barcelona, Spain", 7),
    Kind("/networks/", "497 networks", 1),
    Kind("/networks/?focus_area=womens-safety&scope=global", "Remove filter Scope: global", 2),
    Kind("/networks/eurocities/", "eurocities.eu", 3),
    Kind("/networks/unesco-creative-cities-network/?page=2", "UNESCO Creative Cities", 3),
    Kind("/networks/eurocities/history/", "Follow these changes", 10),
    Kind("/networks/eurocities/history/?revision=2", "The issues it works on", 7),
    Kind("/cities/", "3,539 cities", 9),
    Kind("/cities/?country=no&population_min=50000", "Bergen", 9),
    Kind("/cities/barcelona-es/", "Gazetteer population", 7),
    Kind("/cities/barcelona-es/history/", "Barcelona in 100 Resilient Cities", 9),
    Kind("/for/bergen-no/", "already in", 15),
    Kind("/for/bergen-no/?focus_area=inclusion&page=2", "works on Rights and inclusion", 18),
    Kind("/compare/networks/", "Choose the first", 1),
    Kind("/compare/networks/?network=c40-cities", "Or one of the networks most like it", 6),
    Kind("/compare/networks/?network=c40-cities&network=eurocities", "Bloomberg", 10),
    Kind("/compare/cities/", "Choose the first", 1),
    Kind("/compare/cities/?city=bergen-no&city=oslo-no&city=barcelona-es", "In common", 7),
    Kind("/compare/networks/list/?network=cemr&network=efus&of=efus", "Only in European", 8),
    Kind("/compare/cities/list/?city=bergen-no&city=oslo-no&of=oslo-no", "Only Oslo", 4),
    Kind("/cities/barcelona-es/neighbours/", "Networks in common", 7),
    Kind("/networks/eurocities/neighbours/?nodes=60", "Cities in common", 5),
    Kind("/memberships/m00007/history/", "What it said", 9),
    Kind("/memberships/m00007/", "rockefellerfoundation.org", 3),
    Kind("/focus-areas/", "Disability access", 3),
    Kind("/focus-areas/womens-safety/", "networks work on it", 9),
    Kind("/focus-areas/inclusion/", "Within Rights and inclusion", 11),
    Kind("/countries/", "no position on status is taken", 2),
    Kind("/countries/tw/", "Not listed in M49", 6),
    Kind("/countries/no/", "Norway", 6),
    Kind("/coverage/", "The largest gaps, in words", 4),
    Kind("/coverage/?area=climate&region=europe&year=2010", "As of the end of 2010", 13),
    Kind("/coverage/climate/africa/", "With listed members there", 15),
    Kind("/coverage/funders/", "What they pay for", 13),
    Kind("/timelines/", "Networks by year", 3),
    Kind("/funders/", "Rockefeller Foundation", 2),
    Kind("/funders/rockefeller-foundation/", "100 Resilient Cities", 7),
    Kind("/changes/", "Revision", 3),
    Kind("/changes/?table=networks&origin=load", "497 networks", 3),
    Kind("/changes/2/", "3,539 cities added", 7),
    Kind("/changes/2/?table=statements", "Only one table is shown", 7),
    Kind("/about/", "CC BY 4.0", 11),
    Kind("/data/", "datapackage.json", 13),
    Kind("/data/dictionary/", "Year in which it was founded", 1),
    Kind("/data/releases/", "2026-11-01.r2", 2),
    Kind("/data/releases/2026-11-01.r2/", "networks.csv", 3),
    Kind("/contact/", "report a mistake", 1),
    Kind("/privacy/", "set no cookies", 1),
    Kind("/accessibility/", "WCAG", 1),
    Kind("/data/vocabulary/", "cn:standing", 1),
    Kind("/networks/?as_of=2019-12-31&member=bergen-no", "As of 31 December 2019", 2),
    Kind("/networks/eurocities/?as_of=2000-12-31", "Back to today", 6),
    Kind("/cities/?as_of=2010-01-01&network=c40-cities", "possible</strong>", 9),
    Kind("/cities/barcelona-es/?as_of=2005-01-01", "memberships of that day", 7),
]
