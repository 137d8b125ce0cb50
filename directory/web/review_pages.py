"""The editors' queue and its items as pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import ReviewItem
from directory.models.review import ReviewKind, ReviewState
from directory.registration import evidence, queue, queue_filters
from directory.registration.permissions import Action, Decision, may
from directory.web.addresses import Address
from directory.web.changed_records import record_page
from directory.web.differences import ShownDifference, shown_differences
from directory.web.forms.decisions import DecisionForm
from directory.web.forms.queue import QueueForm
from directory.web.forms.review import steps_of
from directory.web.paging import Pages, page_number

ITEMS_A_PAGE = 50


@dataclass(frozen=True)
class QueueRow:
    """One item of the queue: what it is about, of which kind, and whether somebody has it."""

    item: ReviewItem
    name: str
    kind: Any
    holder: Any


class QueuePage:
    """The queue as asked for, oldest first, a page at a time."""

    def __init__(self, request: HttpRequest) -> None:
        self.form = QueueForm(request.GET)
        asked = self.form.choice()
        self.address = Address.of(request.path, request.GET, [*self.form.fields, "page"])
        of_any_kind = queue_filters.chosen(queue.open_items(request.user), **asked | {"kind": ""})
        self._counts = queue_filters.count_by_kind(of_any_kind)
        self._kind = asked["kind"]
        self._items = queue_filters.chosen(of_any_kind, kind=self._kind)
        total = self._counts[self._kind] if self._kind else sum(self._counts.values())
        self.pages = Pages(self.address, page_number(request.GET), total, ITEMS_A_PAGE)

    @property
    def is_filtered(self) -> bool:
        """Whether something was chosen."""
        return bool(self.address.without("page").parameters)

    @property
    def everything(self) -> str:
        """The address of the whole queue."""
        return self.address.path

    @cached_property
    def kinds(self) -> list[tuple[Any, int, str, bool]]:
        """The kinds: label, how many, the address of those alone, whether they are chosen."""
        first = self.address.without("page")
        return [
            (
                queue_filters.KINDS[kind],
                count,
                str(first.having("kind", kind)),
                kind == self._kind,
            )
            for kind, count in self._counts.items()
        ]

    @cached_property
    def rows(self) -> list[QueueRow]:
        """The items of the page."""
        items = list(self._items[self.pages.start : self.pages.stop])
        names = queue_filters.names_of(items)
        return [QueueRow(item, names[item.pk], kind_of(item), holder(item)) for item in items]


class ItemPage:
    """One item with all that an editor needs to know, and what they may decide.

    ``bound`` is the form that was sent and refused, by its step.
    """

    def __init__(
        self, actor: Any, item: ReviewItem, bound: Mapping[str, DecisionForm] | None = None
    ) -> None:
        self.actor, self.item = actor, item
        self._bound = bound or {}
        self.name = queue_filters.names_of([item])[item.pk]
        self.kind = kind_of(item)

    @cached_property
    def decision(self) -> Decision:
        """Whether the editor may decide on this item, and why not."""
        return may(self.actor, Action.DECIDE_ITEM, self.item)

    @property
    def holder(self) -> Any:
        """The editor who has the item at present, or None."""
        return holder(self.item)

    @property
    def is_mine(self) -> bool:
        """Whether the editor at hand has taken it."""
        return self.item.state == ReviewState.TAKEN and self.item.taken_by_id == self.actor.pk

    @property
    def may_take(self) -> bool:
        """Whether the editor at hand could take it now."""
        waits = self.item.state in (ReviewState.WAITING, ReviewState.TAKEN)
        return self.decision.allowed and waits and not self.is_mine and self.holder is None

    @property
    def outcome(self) -> Any:
        """What was decided, in words."""
        if self.item.kind == ReviewKind.DISPUTE and self.item.state == ReviewState.REFUSED:
            return _("left as it is")
        return self.item.get_state_display()

    @cached_property
    def forms(self) -> dict[str, DecisionForm]:
        """The forms of what may be decided, by step; none unless the item is one's own."""
        if not (self.is_mine and self.decision.allowed):
            return {}
        return {
            step: self._bound.get(step) or form(item=self.item, step=step)
            for step, form in steps_of(self.item).items()
        }

    @cached_property
    def differences(self) -> list[ShownDifference]:
        """What a submission would change."""
        said = self.item.submission
        return shown_differences([said])[said.pk] if said else []

    @property
    def is_stale(self) -> bool:
        """Whether the record changed since the submission was made."""
        return any(one.is_stale for one in self.differences)

    @property
    def record_url(self) -> str:
        """The page of the record that the item is about; nothing for one that is proposed."""
        if self.item.submission:
            return record_page(self.item.submission.table, self.item.submission.record)
        if self.item.claim:
            return self.item.claim.office.get_absolute_url()
        return self.item.membership.get_absolute_url() if self.item.membership else ""

    @cached_property
    def person(self) -> Any:
        """Who asked, or None."""
        return queue.asker(self.item)

    @cached_property
    def person_record(self) -> evidence.PersonRecord | None:
        """How earlier requests of the person were decided."""
        return evidence.person_record(self.person, beside=self.item) if self.person else None

    @cached_property
    def domain(self) -> evidence.DomainFacts | None:
        """What is known of the domain of a claim's address."""
        return evidence.domain_facts(self.item.claim) if self.item.claim else None

    @cached_property
    def earlier_claims(self) -> list[Any]:
        """Other claims of the same office."""
        return evidence.earlier_claims(self.item.claim) if self.item.claim else []

    @cached_property
    def lookalikes(self) -> list[Any]:
        """Records that a proposal may be a duplicate of."""
        return evidence.lookalikes(self.item.submission) if self.item.submission else []

    @cached_property
    def statements(self) -> list[Any]:
        """All words on a disputed membership, the newest first."""
        membership = self.item.membership
        if membership is None:
            return []
        words = membership.statements.select_related("membership__city", "membership__network")
        return list(words.order_by("-made", "-pk"))


def kind_of(item: ReviewItem) -> Any:
    """Return what an item is, in words."""
    return queue_filters.KINDS[item.submission.kind if item.submission else item.kind]


def holder(item: ReviewItem) -> Any:
    """Return the editor who has taken an item and whose time has not run out, or None."""
    if item.state != ReviewState.TAKEN or item.taken_until < timezone.now():
        return None
    return item.taken_by
