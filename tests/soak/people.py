"""Who comes: readers, a researcher, ten city offices, two editors, a network with a long list.

Locust runs this file, in a place of its own without Django: what it needs to know stands in a file
(``SOAK_WORLD``), and what was answered with success is noted in another (``SOAK_LEDGER``).
"""

import itertools
import json
import os
import random
import threading
from pathlib import Path
from typing import Any

from locust import HttpUser, between, constant, task
from locust.exception import StopUser

WORLD = json.loads(Path(os.environ["SOAK_WORLD"]).read_text())
LEDGER = Path(os.environ["SOAK_LEDGER"])
READ = "read"
FIRST_YEAR = 1900
MOST_TRIES = 40
MOVED = 409

_lock = threading.Lock()
_offices = iter(sorted(WORLD["offices"].items()))
_editors = iter(WORLD["editors"])
_items = iter(WORLD["items"])


def note(kind: str, what: Any) -> None:
    """Write down that something was answered with success."""
    with _lock, LEDGER.open("a") as file:
        file.write(json.dumps([kind, what]) + "\n")


class Reader(HttpUser):
    """Browses and searches, each from an address of their own."""

    fixed_count = 8
    wait_time = between(0.3, 1.2)

    def on_start(self) -> None:
        """Take an address."""
        parts = ".".join(str(random.randrange(1, 250)) for _part in range(4))
        self.client.headers["X-Forwarded-For"] = parts
        self.known: dict[str, str] = {}

    @task(4)
    def search(self) -> None:
        """Ask for words as people do."""
        query = {"q": random.choice(WORLD["queries"])}
        path = random.choice(("/search/", "/networks/", "/api/v1/search/"))
        self.client.get(path, params=query, name=f"{READ}: search")

    @task(3)
    def city(self) -> None:
        """Open a city."""
        self.client.get(f"/cities/{random.choice(WORLD['cities'])}/", name=f"{READ}: city")

    @task(3)
    def network(self) -> None:
        """Open a network, or page through its members by the API."""
        network = random.choice(WORLD["networks"])
        if random.random() < 0.5:
            self.client.get(f"/networks/{network}/", name=f"{READ}: network")
        else:
            path = f"/api/v1/memberships/?network={network}&page_size=100"
            self.client.get(path, name=f"{READ}: memberships")

    @task(1)
    def again(self) -> None:
        """Come back to the front page, and know it."""
        known = {"If-None-Match": self.known["/"]} if "/" in self.known else {}
        with self.client.get("/", headers=known, name=f"{READ}: home", catch_response=True) as said:
            if said.status_code in (200, 304):
                self.known["/"] = said.headers.get("ETag", "")
                said.success()


class Researcher(HttpUser):
    """Takes whole lists."""

    fixed_count = 1
    wait_time = between(15, 25)

    @task
    def take(self) -> None:
        """Take all memberships."""
        self.client.headers["X-Forwarded-For"] = f"10.{random.randrange(250)}.1.1"
        path = f"/api/v1/memberships.{random.choice(('csv', 'jsonl'))}"
        with self.client.get(path, name="download", stream=True, catch_response=True) as said:
            size = sum(len(block) for block in said.iter_content(65536))
            if size < WORLD["least_bytes"]:
                said.failure(f"only {size} bytes")


class CityOffice(HttpUser):
    """Registers its city's memberships, one after the other."""

    fixed_count = 10
    wait_time = between(2, 6)

    def on_start(self) -> None:
        """Take an office."""
        self.slug, secret = next(_offices)
        self.client.headers["Authorization"] = f"Bearer {secret}"
        self.numbers = itertools.count()

    @task
    def register(self) -> None:
        """Say that the city was in a network in a year."""
        years, place = divmod(next(self.numbers), len(WORLD["open_networks"]))
        network, year = WORLD["open_networks"][place], str(FIRST_YEAR + years)
        body = {"city": self.slug, "network": network, "joined": year, "left": year}
        key = {"Idempotency-Key": f"{self.slug}-{network}-{year}"}
        said = self.client.post("/api/v1/memberships/", json=body, headers=key, name="register")
        if said.status_code == 201:
            note("membership", [self.slug, network, year])


class Editor(HttpUser):
    """Takes suggestions and approves them."""

    fixed_count = 2
    wait_time = between(2, 5)

    def on_start(self) -> None:
        """Be signed in."""
        token = "f" * 32
        self.client.headers["Cookie"] = f"citynet_session={next(_editors)}; citynet_csrf={token}"
        self.form = {"csrfmiddlewaretoken": token}

    @task
    def review(self) -> None:
        """Review the next suggestion; with none left, go home."""
        item, website = next(_items, (None, ""))
        if item is None:
            raise StopUser
        self.client.get("/editors/", name="queue")
        path = f"/editors/items/{item}"
        self._press(f"{path}/take/", self.form)
        form = self.form | {"website": website, "initial-website": website}
        if self._press(f"{path}/approve/", form) == 302:
            note("review", item)

    def _press(self, path: str, form: dict[str, str]) -> int:
        said = self.client.post(path, data=form, name="review", allow_redirects=False)
        return said.status_code


class NetworkOffice(HttpUser):
    """Hands in one long list, and publishes it."""

    fixed_count = 1
    wait_time = constant(1)

    @task
    def publish(self) -> None:
        """Send the list; where somebody wrote meanwhile, look and publish again."""
        self.client.headers["Authorization"] = f"Bearer {WORLD['list_secret']}"
        body = {"rows": WORLD["rows"], "source": WORLD["list_source"]}
        key = {"Idempotency-Key": "the-long-list"}
        said = self.client.post("/api/v1/uploads/", json=body, headers=key, name="upload")
        if said.status_code != 201:
            raise StopUser
        path = f"/api/v1/uploads/{said.json()['id']}/confirm/"
        for number in range(MOST_TRIES):
            key = {"Idempotency-Key": f"confirm-{number}"}
            with self.client.post(
                path, json={}, headers=key, name="confirm", catch_response=True
            ) as said:
                if said.status_code == MOVED:
                    said.success()
                    continue
                if said.status_code == 200:
                    note("list", len(WORLD["rows"]))
            break
        raise StopUser
