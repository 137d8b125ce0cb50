"""Lines to copy: how the files of a release are opened in pandas, R, DuckDB and on a command line.

The tests run every one of them as it stands on the page.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Recipe(NamedTuple):
    """Lines for one tool; ``anchor`` names them on the page."""

    anchor: str
    tool: str | Promise
    about: str | Promise
    lines: str


CURL = """\
curl -sSfO {url}citynet.zip
curl -sSfO {url}SHA256SUMS
sha256sum --check --ignore-missing SHA256SUMS
"""

PANDAS = """\
import pandas as pd

release = "{url}"
known = {{"keep_default_na": False, "na_values": [""]}}
cities = pd.read_csv(release + "cities.csv", **known)
memberships = pd.read_csv(release + "memberships.csv", **known)
members = memberships.merge(cities, left_on="city", right_on="id", suffixes=("", "_of_city"))
print(members.loc[members["country"] == "NA", ["network", "city", "joined"]])  # Namibia
"""

R = """\
release <- "{url}"
cities <- read.csv(paste0(release, "cities.csv"), na.strings = "", encoding = "UTF-8")
memberships <- read.csv(paste0(release, "memberships.csv"), na.strings = "", encoding = "UTF-8")
members <- merge(memberships, cities, by.x = "city", by.y = "id", suffixes = c("", "_of_city"))
print(subset(members, country == "NA", c(network, city, joined)))  # Namibia
"""

DUCKDB_FILES = """\
curl -sSfO {url}cities.parquet
curl -sSfO {url}memberships.parquet
"""

DUCKDB = """\
SELECT c.country, count(DISTINCT m.network) AS networks
FROM 'memberships.parquet' m JOIN 'cities.parquet' c ON m.city = c.id
GROUP BY c.country ORDER BY networks DESC, c.country LIMIT 10;
"""

SQLITE = """\
curl -sSfO {url}citynet.sqlite
sqlite3 citynet.sqlite 'SELECT f.focus_areas, count(*) FROM networks_focus_areas f
  GROUP BY f.focus_areas ORDER BY count(*) DESC LIMIT 10'
"""


def recipes(url: str) -> list[Recipe]:
    """Return the lines for a release whose files begin with this address."""
    return [
        Recipe(
            "curl",
            _("On a command line"),
            _("The whole data package, and the proof that none of it is cut off."),
            CURL.format(url=url),
        ),
        Recipe(
            "pandas",
            _("In pandas"),
            _("Tell pandas that NA is the code of Namibia and only an empty cell is not known."),
            PANDAS.format(url=url),
        ),
        Recipe("r", _("In R"), _("R must be told the same."), R.format(url=url)),
        Recipe(
            "duckdb-files",
            _("In DuckDB"),
            _("Fetch the Parquet files, then ask them in SQL."),
            DUCKDB_FILES.format(url=url),
        ),
        Recipe("duckdb", "", "", DUCKDB),
        Recipe(
            "sqlite",
            _("In SQLite"),
            _("All tables in one file, with keys between them."),
            SQLITE.format(url=url),
        ),
    ]
