"""Of which day is asked: of today, or of one that was named (DESIGN.md, As of a date)."""

import datetime
from dataclasses import dataclass

from django.db.models import Case, CharField, Q, Value, When

from directory.models.choices import Answer
from directory.models.membership import current_on, within


@dataclass(frozen=True)
class AsOf:
    """A day of which is asked.

    Of today (``is_named`` false) it is asked who is a current member; of a named day, what may
    have been then, and with ``strict`` what surely was.
    """

    day: datetime.date
    is_named: bool = False
    strict: bool = False

    def memberships(self, prefix: str = "") -> Q:
        """Return the condition on memberships that count on the day; ``prefix`` leads to them."""
        if self.is_named:
            return within(self.day, prefix, strict=self.strict)
        return current_on(self.day, prefix)

    def answer(
        self, founded: int | None, ended: int | None, *, has_ended: bool, has_begun: bool = False
    ) -> Answer | None:
        """Return whether something existed on the day, of which years are known; None: it did not.

        ``has_ended`` without a year leaves it open. ``has_begun``: it began before any day that
        may be named, so that the year in which it was founded does not matter.
        """
        year = self.day.year
        if (founded is not None and year < founded) or (ended is not None and year > ended):
            return None
        begun = has_begun or (founded is not None and self.day >= datetime.date(founded, 12, 31))
        stood = not has_ended or (ended is not None and year < ended)
        if begun and stood:
            return Answer.YES
        return None if self.strict else Answer.POSSIBLE

    def cities(self, has_ended: Q) -> Q:
        """Return the condition on cities that were municipalities on the day."""
        if not self.is_named:
            return Q()
        left = Q(ended__isnull=True) | Q(ended__gte=self.day.year)
        return left & self._surely(has_ended) if self.strict else left

    def city_answer(self, has_ended: Q) -> Case:
        """Return the expression for what a city answers, as ``answer`` does for a row at hand."""
        return Case(
            When(self._surely(has_ended), then=Value(Answer.YES.value)),
            default=Value(Answer.POSSIBLE.value),
            output_field=CharField(),
        )

    def _surely(self, has_ended: Q) -> Q:
        return ~has_ended | Q(ended__gt=self.day.year)
