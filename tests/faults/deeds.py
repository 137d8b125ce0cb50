"""What people and programs do while faults strike, and how each of it is done again.

A deed is done (answered with success), refused, or cut off: then nobody knows what became of it
until it is looked up, and it is asked for again under the same key.
"""

import enum
import itertools
import time
from dataclasses import dataclass, field

from tests.faults import asking
from tests.faults.asking import CutOff, Said
from tests.faults.site import Site
from tests.faults.world import ROWS_OF_A_LIST, World, suggested_website

FIRST_YEAR = 1900
MOST_TRIES = 40


class Kind(enum.StrEnum):
    """Kinds of deeds, in the order in which they are printed."""

    ADDING = "memberships by API"
    UPLOAD = "uploads of 150 rows"
    REVIEW = "reviews by editors"
    LOAD = "loads of a package"
    RELEASE = "releases"


class State(enum.StrEnum):
    """What came of a deed, as far as who did it knows."""

    DONE, REFUSED, CUT_OFF = "done", "refused", "cut off"


@dataclass
class Deed:
    """One of them. ``key`` is that of the list or of the queue's item where there is one."""

    kind: Kind
    number: int
    state: State = State.CUT_OFF
    key: str = ""
    said: str = ""


@dataclass
class Doer:
    """Does deeds on a site; each call of a method is one, from its beginning to its answer."""

    world: World
    site: Site
    numbers: dict[Kind, "itertools.count[int]"] = field(
        default_factory=lambda: {kind: itertools.count(1) for kind in Kind}
    )

    def add(self, deed: Deed) -> None:
        """A city's program adds a membership."""
        city, network, year = added(self.world, deed.number)
        body = {"city": city, "network": network, "joined": str(year), "left": str(year)}
        said = self._send(city, "memberships/", body, f"add-{deed.number}")
        _note(deed, said, 201)

    def upload(self, deed: Deed) -> None:
        """A network's program hands in a list, and publishes it."""
        network, year, cities = listed(self.world, deed.number)
        rows = [{"city": city, "joined": str(year), "left": str(year)} for city in cities]
        body = {"rows": rows, "source": list_address(deed.number)}
        said = self._send(network, "uploads/", body, f"list-{deed.number}")
        if said.status != 201:
            _note(deed, said, 201)
            return
        deed.key = said.json["id"]
        for _ in range(MOST_TRIES):
            path = f"uploads/{deed.key}/confirm/"
            said = self._send(network, path, {}, f"confirm-{deed.number}")
            # Somebody else wrote meanwhile, and the preview shows what that changes.
            if said.status != 409 or said.json.get("code") != "moved":
                break
        _note(deed, said, 200)

    def review(self, deed: Deed) -> None:
        """An editor takes a suggestion and approves it."""
        sessions = self.world.sessions
        session = sessions[deed.number % len(sessions)]
        path = f"/editors/items/{deed.key}"
        asking.press(self.site.port, session, f"{path}/take/")
        proposed = suggested_website(deed.number)
        # What the form showed goes along with what was left as it was.
        form = {"website": proposed, "initial-website": proposed}
        said = asking.press(self.site.port, session, f"{path}/approve/", **form)
        _note(deed, said, 302)

    def _send(self, office: str, path: str, body: object, key: str) -> Said:
        secret = self.world.secrets[office]
        return asking.send(self.site.port, secret, path, body, key)


def do(doer: Doer, deed: Deed) -> None:
    """Carry a deed out, or out again."""
    ways = {Kind.ADDING: doer.add, Kind.UPLOAD: doer.upload, Kind.REVIEW: doer.review}
    try:
        ways[deed.kind](deed)
    except CutOff as cut_off:
        deed.state, deed.said = State.CUT_OFF, str(cut_off)
        # Whoever lost the connection waits a moment before the next try.
        time.sleep(0.05)


def added(world: World, number: int) -> tuple[str, str, int]:
    """Return which city says that it was in which network in which year."""
    cities, networks = world.own_cities, world.own_networks
    rest, city = divmod(number, len(cities))
    years, network = divmod(rest, len(networks))
    return cities[city], networks[network], FIRST_YEAR + years


def listed(world: World, number: int) -> tuple[str, int, list[str]]:
    """Return which network says which cities were its members in which year."""
    years, network = divmod(number, len(world.own_networks))
    return world.own_networks[network], FIRST_YEAR + years, world.cities[:ROWS_OF_A_LIST]


def list_address(number: int) -> str:
    """The source by which the list of that number is known."""
    return f"https://faults.example/list-{number}"


def _note(deed: Deed, said: Said, success: int) -> None:
    deed.state = State.DONE if said.status == success else State.REFUSED
    deed.said = f"{said.status} {said.body[:300]!r}"
