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
    Kind("/", "Women&#x27;s safety", 14),
    Kind("/search/", "Search the directory", 6),
    Kind("/search/?q=womens+safety", "Safe Cities", 12),
    Kind("/search/?q=accessibilty", "Search instead for “accessibilty”", 17),
    Kind("/search/?q=barcelona", "Barcelona, Spain", 14),
    Kind("/networks/", "497 networks", 6),
    Kind("/networks/?focus_area=womens-safety&scope=global", "Remove filter Scope: global", 7),
    Kind("/networks/?as_of=2019-12-31&member=bergen-no", "As of 31 December 2019", 7),
    Kind("/networks/eurocities/?as_of=2000-12-31", "Back to today", 21),
    Kind("/networks/eurocities/", "eurocities.eu", 23),
    Kind("/networks/unesco-creative-cities-network/?page=2", "UNESCO Creative Cities", 23),
    Kind("/networks/eurocities/history/", "Follow these changes", 9),
    Kind("/networks/eurocities/history/?revision=2", "The issues it works on", 6),
    Kind("/cities/", "3,539 cities", 7),
    Kind("/cities/?country=no&population_min=50000", "Bergen", 8),
    Kind("/cities/?as_of=2010-01-01&network=c40-cities", "possible</strong>", 8),
    Kind("/cities/barcelona-es/?as_of=2005-01-01", "memberships of that day", 14),
    Kind("/cities/barcelona-es/", "Gazetteer population", 15),
    Kind("/cities/barcelona-es/history/", "Barcelona in 100 Resilient Cities", 8),
    Kind("/memberships/m00007/history/", "What it said", 8),
    Kind("/memberships/m00007/", "rockefellerfoundation.org", 2),
    Kind("/focus-areas/", "Disability access", 2),
    Kind("/focus-areas/womens-safety/", "networks work on it", 7),
    Kind("/focus-areas/inclusion/", "Within Rights and inclusion", 9),
    Kind("/countries/", "no position on status is taken", 1),
    Kind("/countries/tw/", "Not listed in M49", 5),
    Kind("/countries/no/", "Norway", 5),
    Kind("/funders/", "Rockefeller Foundation", 1),
    Kind("/funders/rockefeller-foundation/", "100 Resilient Cities", 7),
    Kind("/changes/", "Revision", 2),
    Kind("/changes/?table=networks&origin=load", "497 networks", 2),
    Kind("/changes/2/", "3,539 cities added", 6),
    Kind("/changes/2/?table=statements", "Only one table is shown", 6),
    Kind("/about/", "CC BY 4.0", 10),
    Kind("/data/", "datapackage.json", 10),
    Kind("/contact/", "report a mistake", 0),
    Kind("/privacy/", "set no cookies", 0),
    Kind("/accessibility/", "WCAG", 0),
]
