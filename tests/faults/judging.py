"""What became of each deed: there once and whole, or wholly absent; and nothing else is there."""

import datetime
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, F

from directory.integrity.checks import find_disagreements
from directory.models import (
    City,
    Entry,
    IdempotencyKey,
    Membership,
    Network,
    Release,
    ReviewItem,
    Upload,
)
from directory.models.change import ChangeSet
from directory.registration.idempotency import LONGEST_REQUEST
from tests.faults.deeds import Deed, Doer, Kind, State, added, do, list_address, listed
from tests.faults.world import ROWS_OF_A_LIST, population, suggested_website

# A membership and the statement on which it rests.
ENTRIES_OF_A_MEMBERSHIP = 2


@dataclass
class Judge:
    """Keeps what must be there, and counts what is not."""

    doer: Doer
    done: dict[Kind, list[Deed]] = field(default_factory=lambda: {kind: [] for kind in Kind})
    counts: dict[Kind, Counter[str]] = field(
        default_factory=lambda: {kind: Counter() for kind in Kind}
    )
    problems: list[str] = field(default_factory=list)
    packages: int = 0
    releases: int = 0

    def judge(self, deeds: list[Deed]) -> None:
        """Look at what was done until a kill, do again what was cut off, look at all there is."""
        for deed in deeds:
            self._look_up(deed)
        _let_keys_grow_old()
        for deed in deeds:
            if deed.state == State.CUT_OFF and deed.kind not in (Kind.LOAD, Kind.RELEASE):
                do(self.doer, deed)
                if deed.state != State.DONE and not self._is_there(deed):
                    self._report(deed, "again", f"asked again: {deed.said}")
        for deed in deeds:
            if deed.kind in (Kind.LOAD, Kind.RELEASE):
                continue
            self.done[deed.kind].append(deed)
            if not self._is_there(deed):
                self._report(deed, "lost", "is not there after it was asked for again")
        self._look_at_all()
        for finding in find_disagreements():
            self.problems.append(f"check_integrity: {finding}")

    def _look_up(self, deed: Deed) -> None:
        count = self.counts[deed.kind]
        count[deed.state] += 1
        if deed.state == State.REFUSED:
            self._report(deed, "errors", f"was refused: {deed.said}")
        stands = self._pieces(deed)
        if 0 < stands < 1 or stands > 1:
            self._report(deed, "halves", f"{stands:.2f} of it is there")
        if deed.state == State.DONE and not stands:
            self._report(deed, "lost", "was answered with success and is not there")
        if deed.state == State.CUT_OFF:
            count["whole" if stands else "absent"] += 1

    def _is_there(self, deed: Deed) -> bool:
        return self._pieces(deed) == 1

    def _pieces(self, deed: Deed) -> float:
        """Return which part of a deed is there: 0 none, 1 all of it once."""
        ways = {
            Kind.ADDING: self._pieces_of_adding,
            Kind.UPLOAD: self._pieces_of_upload,
            Kind.REVIEW: self._pieces_of_review,
            Kind.LOAD: self._pieces_of_load,
            Kind.RELEASE: self._pieces_of_release,
        }
        return ways[deed.kind](deed)

    def _pieces_of_adding(self, deed: Deed) -> float:
        city, network, year = added(self.doer.world, deed.number)
        found = Membership.objects.filter(
            city__slug=city, network__slug=network, joined=str(year)
        ).prefetch_related("statements")
        pieces = 0.0
        for membership in found:
            records = [membership.public_id, *(said.public_id for said in _said(membership))]
            logged = Entry.objects.filter(record__in=records, change_set__revision__isnull=False)
            wanted = ENTRIES_OF_A_MEMBERSHIP
            pieces += (len(records) + logged.count()) / (2 * wanted)
        return pieces

    def _pieces_of_upload(self, deed: Deed) -> float:
        network, year, _cities = listed(self.doer.world, deed.number)
        there = Membership.objects.filter(
            network__slug=network, joined=str(year), city__slug__in=self.doer.world.cities
        ).count()
        lists = Upload.objects.filter(source=list_address(deed.number))
        for upload in lists.annotate(found=Count("rows")):
            if upload.found != ROWS_OF_A_LIST:
                self._report(deed, "halves", f"its preview has {upload.found} rows")
        confirmed = [upload for upload in lists if upload.state == "confirmed"]
        revisions = [upload.confirmed_revision for upload in confirmed]
        logged = Entry.objects.filter(change_set__revision__in=revisions).count()
        if len(lists) > 1:
            self._report(deed, "twice", f"there are {len(lists)} previews of it")
        parts = there + logged / ENTRIES_OF_A_MEMBERSHIP + len(confirmed) * ROWS_OF_A_LIST
        return parts / (3 * ROWS_OF_A_LIST)

    def _pieces_of_review(self, deed: Deed) -> float:
        item = ReviewItem.objects.get(pk=deed.key)
        logged = Entry.objects.filter(submission=item.submission_id)
        published = [entry.after["website"] == suggested_website(deed.number) for entry in logged]
        return ((item.state == "approved") + sum(published)) / 2

    def _pieces_of_load(self, deed: Deed) -> float:
        of_it = {self.packages, deed.number}
        found = Counter(
            City.objects.filter(slug__in=self.doer.world.cities).values_list(
                "population", flat=True
            )
        )
        if not found.keys() <= {population(number) for number in of_it}:
            self._report(deed, "halves", f"other packages are there: {found}")
        part = found[population(deed.number)] / sum(found.values())
        if part == 1:
            self.packages = deed.number
        return part

    def _pieces_of_release(self, deed: Deed) -> float:
        # One after the other, so whatever is there beyond those looked up is the next one.
        there = list(Release.objects.order_by("revision"))[self.releases : self.releases + 1]
        self.releases += len(there)
        if there and there[0].files.count() != Release.objects.first().files.count():
            self._report(deed, "halves", "some of its files are not listed")
        return len(there)

    def _look_at_all(self) -> None:
        """Everything that was ever done is there, and of what they wrote nothing else."""
        world = self.doer.world
        wanted = {added(world, deed.number) for deed in self.done[Kind.ADDING]}
        for deed in self.done[Kind.UPLOAD]:
            network, year, cities = listed(world, deed.number)
            wanted |= {(city, network, year) for city in cities}
        found = Counter(
            (city, network, int(joined))
            for city, network, joined in Membership.objects.filter(
                network__in=Network.objects.filter(slug__in=world.own_networks)
            ).values_list("city__slug", "network__slug", "joined")
        )
        self._report_all("lost", wanted - found.keys())
        self._report_all("twice", {record for record, times in found.items() if times > 1})
        self._report_all("never asked for", found.keys() - wanted)
        unlike = Membership.objects.filter(network__slug__in=world.own_networks).annotate(
            said=Count("statements")
        )
        self._report_all("of more or fewer statements", set(unlike.exclude(said=1)))
        if Release.objects.count() != self.releases:
            self.problems.append(f"{Release.objects.count() - self.releases} releases too many")
        if ChangeSet.objects.filter(revision=None).exists():
            self.problems.append("a change set without number is there")

    def _report_all(self, what: str, records: set[object]) -> None:
        if records:
            shown = ", ".join(map(str, list(records)[:5]))
            self.problems.append(f"{len(records)} memberships {what}: {shown}")

    def _report(self, deed: Deed, what: str, said: str) -> None:
        self.counts[deed.kind][what] += 1
        self.problems.append(f"{deed.kind} {deed.number}: {said}")


def _said(membership: Membership) -> list:
    return list(membership.statements.all())


def _let_keys_grow_old() -> None:
    """As if the programs came back after so long that keys held by the dead are free again."""
    IdempotencyKey.objects.filter(status=None).update(
        begun_at=F("begun_at") - LONGEST_REQUEST - datetime.timedelta(seconds=1)
    )
