"""Readers and writers who go on whatever happens, and count what became of what they asked."""

import itertools
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.replicas.website import Website

# With a number each, so that no two answers are the same and most are made from the database.
PAGES = (
    "/networks/{network}/?number={number}",
    "/api/v1/memberships/?network={network}&page_size={size}",
    "/cities/bergen-no/?number={number}",
    "/api/v1/networks/{network}/",
)


class Readers:
    """Visitors who look at networks, one page after the other."""

    def __init__(self, site: Website, networks: Sequence[str], *, readers: int = 2) -> None:
        self.site, self.networks, self.readers = site, networks, readers
        self.answers: Counter[int] = Counter()
        self.failed: list[str] = []
        self._over = threading.Event()

    def _read(self, own: int) -> None:
        for number in itertools.count(own * 7):
            if self._over.is_set():
                return
            page = PAGES[number % len(PAGES)].format(
                network=self.networks[number % len(self.networks)],
                number=number,
                size=number % 90 + 1,
            )
            answer = self.site.ask(page)
            self.answers[answer.status] += 1
            if answer.status != 200:
                self.failed.append(f"{page}: {answer.status} {answer.body[:200]!r}")


class Writers:
    """An office whose program registers memberships, each until it is answered with success."""

    def __init__(self, site: Website, token: str, networks: Sequence[str], *, writers: int = 2):
        self.site, self.token = site, token
        self._shares = [networks[number::writers] for number in range(writers)]
        self.acknowledged: list[str] = []
        self.refused: Counter[int] = Counter()
        self._over = threading.Event()

    def _write(self, own: int) -> None:
        for network in self._shares[own]:
            if self._over.is_set():
                return
            # A key each time: that of a request that was cut off is held for ten minutes, and no
            # city enters a network twice.
            while not self._over.is_set() and not self.writes(network, str(uuid.uuid4())):
                time.sleep(0.2)
            time.sleep(0.05)

    def writes(self, network: str, key: str) -> bool:
        """Register a membership; tell whether that was answered with success."""
        answer = self.site.ask(
            "/api/v1/memberships/",
            method="POST",
            body={
                "city": "bergen-no",
                "network": network,
                "joined": "2020",
                "source": "https://www.bergen.kommune.no/",
            },
            Authorization=f"Bearer {self.token}",
            Idempotency_Key=key,
        )
        if answer.status in (200, 201):
            self.acknowledged.append(network)
            return True
        if answer.status == 409 and "existing" in answer.json():
            # It was committed, and the word of it lost: it is there, which is what was asked for.
            self.acknowledged.append(network)
            return True
        self.refused[answer.status] += 1
        return False


@contextmanager
def going_on(*parties: Readers | Writers) -> Iterator[None]:
    """Let them go on while the block lasts."""
    threads = []
    for party in parties:
        work = party._read if isinstance(party, Readers) else party._write
        number = party.readers if isinstance(party, Readers) else len(party._shares)
        threads += [threading.Thread(target=work, args=(own,)) for own in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for party in parties:
            party._over.set()
        for thread in threads:
            thread.join(timeout=90)
    assert not any(thread.is_alive() for thread in threads)
