"""`kill -9` at moments that a seed chooses; it counts only where it struck a transaction in flight.

Whoever is to be struck is held still first. If a transaction of theirs has written and not ended
then, it cannot end any more: they, or the database's process that works for them, are killed.
"""

import enum
import random
import time
from dataclasses import dataclass, field

from tests.faults import processes
from tests.faults.cluster import Cluster
from tests.faults.crowd import Crowd
from tests.faults.deeds import Kind
from tests.faults.in_flight import Look
from tests.faults.site import Site

SECONDS_TO_STRIKE = 120
# An INSERT under way in the database ends although its client is held; so may a COMMIT.
SECONDS_TO_SETTLE = 0.01
# Up to how long after its beginning a transaction is struck: about as long as they last.
LONGEST = {"worker": 0.15, "load": 1.0, "release": 0.005}


class Victim(enum.StrEnum):
    """What is killed."""

    WORKER = "a worker of the site"
    LOAD = "load_package"
    RELEASE = "make_release"
    SITE = "the whole site"
    BACKEND = "a backend of PostgreSQL"
    POSTGRESQL = "PostgreSQL, all of it"


ON_SQLITE = [Victim.WORKER, Victim.LOAD, Victim.WORKER, Victim.RELEASE, Victim.SITE]
ON_POSTGRESQL = [
    *(Victim.WORKER, Victim.LOAD, Victim.BACKEND, Victim.RELEASE, Victim.POSTGRESQL),
]


@dataclass
class Striker:
    """Kills, and counts how often it tried and how often it struck."""

    crowd: Crowd
    site: Site
    look: Look
    cluster: Cluster | None
    chance: random.Random
    tried: dict[Victim, int] = field(default_factory=dict)
    struck: dict[Victim, int] = field(default_factory=dict)

    def strike(self, victim: Victim) -> None:
        """Try until a transaction in flight was struck, and start again what was killed."""
        until = time.monotonic() + SECONDS_TO_STRIKE
        while time.monotonic() < until:
            found = self.look(self._targets(victim))
            if not found:
                time.sleep(0.001)
                continue
            time.sleep(self.chance.uniform(0, self._longest(victim)))
            if self._struck(victim, self.chance.choice(sorted(found))):
                return
        raise RuntimeError(f"nothing to strike for {victim}")

    def _struck(self, victim: Victim, pid: int) -> bool:
        self.tried[victim] = self.tried.get(victim, 0) + 1
        if not processes.stop(pid):
            return False
        try:
            time.sleep(SECONDS_TO_SETTLE)
            server = self.look([pid]).get(pid)
            if server is not None:
                self.crowd.gate.close()
                self._kill(victim, pid, server)
            elif victim == Victim.WORKER:
                # It has just ended, and whoever asked for it may not know: another fault.
                processes.kill([pid])
        finally:
            processes.go_on(pid)
        if server is None:
            self.site.wait()
            return False
        self.struck[victim] = self.struck.get(victim, 0) + 1
        self._start_again(victim)
        return True

    def _kill(self, victim: Victim, pid: int, server: int) -> None:
        if victim == Victim.SITE:
            self.site.kill()
        elif victim == Victim.BACKEND:
            processes.kill([server])
        elif victim == Victim.POSTGRESQL:
            assert self.cluster is not None
            self.cluster.kill()
        else:
            processes.kill([pid])

    def _start_again(self, victim: Victim) -> None:
        if victim == Victim.POSTGRESQL:
            assert self.cluster is not None
            self.cluster.start()
        if victim == Victim.SITE:
            self.site.start()
        self.site.wait()

    def _targets(self, victim: Victim) -> list[int]:
        if victim in (Victim.LOAD, Victim.RELEASE):
            kind = Kind.LOAD if victim == Victim.LOAD else Kind.RELEASE
            return [self.crowd.call(kind).pid]
        return self.site.workers()

    def _longest(self, victim: Victim) -> float:
        name = {Victim.LOAD: "load", Victim.RELEASE: "release"}.get(victim, "worker")
        return LONGEST[name]
