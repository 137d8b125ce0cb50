"""Forms in which an office speaks of a membership: each calls one rule and says what it did."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from directory.models import City, Membership, Network, Submission
from directory.registration import memberships, objections
from directory.registration.offices import Office
from directory.registration.versions import Versions
from directory.search.meant import written
from directory.web.forms.offices import (
    DATE_HINT,
    LEFT_HINT,
    OfficeForm,
    date_field,
    reason_field,
    role_field,
    source_field,
)
from directory.web.forms.records import RecordField
from directory.web.office_words import said_of, sides_of, word_of


class AddForm(OfficeForm):
    """Adds a membership of a city by its network, or of a network by the city."""

    role = role_field()
    founder = forms.BooleanField(label=_lazy("Helped to found the network"), required=False)
    joined = date_field(_lazy("Joined"), DATE_HINT)
    left = date_field(_lazy("Left"), LEFT_HINT)
    ended = forms.BooleanField(label=_lazy("Has left, but when is not known"), required=False)
    source = source_field()
    reason = reason_field()
    note = forms.CharField(
        label=_lazy("Note to the editors"),
        help_text=_lazy("Not published: editors alone read it, and it is deleted after a year."),
        max_length=Submission._meta.get_field("comment").max_length,
        required=False,
    )

    def __init__(self, office: Office, *args: Any, **kwargs: Any) -> None:
        super().__init__(office, *args, **kwargs)
        is_city = isinstance(office, City)
        self.partner = "network" if is_city else "city"
        self.fields[self.partner] = RecordField(
            "networks" if is_city else "cities",
            label=_lazy("Network") if is_city else _lazy("City"),
            help_text=_lazy("Its name in any language, or its acronym.")
            if is_city
            else _lazy("Its name in any language; with the country where several are called so."),
        )
        self.order_fields([self.partner])

    def speak(self, actor: Any) -> Membership | None:
        """Add the membership; None where it was refused."""
        sides = {"city": self.office, "network": self.office}
        sides[self.partner] = self.cleaned_data[self.partner]
        return self.carry_out(
            memberships.add_membership,
            actor=actor,
            office=self.office,
            evidence=self.evidence,
            reason=self.cleaned_data["reason"],
            note=self.cleaned_data["note"],
            **sides,
            **self.written_values,
        )

    @property
    def existing(self) -> Membership | None:
        """The membership that stands in the way of this one, where one does."""
        found = getattr(getattr(self, "refusal", None), "existing", None)
        return found if isinstance(found, Membership) else None

    @property
    def successor(self) -> Network | None:
        """The network that took in the one that was named, where one did."""
        found = getattr(getattr(self, "refusal", None), "existing", None)
        return found if isinstance(found, Network) else None

    @property
    def typed_for_successor(self) -> list[tuple[str, str]]:
        """What was typed, with the successor in place of the network."""
        kept = [(name, self.data.get(name, "")) for name in self.fields if name != self.partner]
        successor = [(self.partner, written(self.successor))] if self.successor else []
        return [*successor, *((name, value) for name, value in kept if value)]

    @property
    def typed_words(self) -> dict[str, str]:
        """What was typed beside the partner, to take along to the form of the existing one."""
        kept = {name: self.data.get(name, "") for name in self.fields if name != self.partner}
        return {name: value for name, value in kept.items() if value}


class MembershipForm(OfficeForm):
    """A form about a membership that is there; ``done`` is what the person is told.

    What they saw travels along as ``version``, so that nobody writes over what they never read.
    """

    def __init__(self, office: Office, membership: Membership, *args: Any, **kwargs: Any) -> None:
        self.membership = membership
        super().__init__(office, *args, **kwargs)

    def speak(self, actor: Any) -> Membership | None:
        """Call the rule; ``refusal`` tells whether it refused."""
        raise NotImplementedError

    def done(self, membership: Membership | None) -> str:
        """Return what was published."""
        return said_of(self.office, membership or self.membership)

    @property
    def versions(self) -> Versions:
        """The version that the person saw; None where the form does not say."""
        seen = self.data.get("version", "")
        return [seen] if seen else None

    def _carry_out(self, rule: Any, actor: Any, **arguments: Any) -> Membership | None:
        return self.carry_out(
            rule, actor=actor, office=self.office, membership=self.membership, **arguments
        )


class ChangeForm(MembershipForm):
    """Changes what a membership says."""

    title = _lazy("Change a membership")
    button = _lazy("Publish the change")

    role = role_field()
    founder = forms.BooleanField(label=_lazy("Helped to found the network"), required=False)
    joined = date_field(_lazy("Joined"), DATE_HINT)
    left = date_field(_lazy("Left"), LEFT_HINT)
    ended = forms.BooleanField(label=_lazy("Has left, but when is not known"), required=False)
    source = source_field()
    reason = reason_field()

    def speak(self, actor: Any) -> Membership | None:
        return self._carry_out(
            memberships.change_membership,
            actor,
            versions=self.versions,
            evidence=self.evidence,
            reason=self.cleaned_data["reason"],
            **self.written_values,
        )


class EndForm(MembershipForm):
    """Ends a membership."""

    title = _lazy("End a membership")
    lead = _lazy("The membership moves to the past ones; its history stays.")
    button = _lazy("Publish the end")

    left = date_field(
        _lazy("Last day"),
        _lazy("A year, a month or a day: 2019, 2019-05 or 2019-05-03. Empty where not known."),
    )
    source = source_field()
    reason = reason_field(required=True, initial=_lazy("The membership has ended."))

    def speak(self, actor: Any) -> Membership | None:
        return self._carry_out(
            memberships.end_membership,
            actor,
            versions=self.versions,
            left=self.cleaned_data["left"],
            evidence=self.evidence,
            reason=self.cleaned_data["reason"],
        )


class WithdrawForm(MembershipForm):
    """Takes back what the office said."""

    title = _lazy("Withdraw a membership")
    lead = _lazy(
        "Takes back all that you said of it, as entered by mistake. Where nobody else speaks of "
        "it, it leaves the directory. If the city was a member once, end it instead."
    )
    button = _lazy("Withdraw")

    reason = reason_field(required=True)

    def speak(self, actor: Any) -> Membership | None:
        return self._carry_out(objections.withdraw, actor, reason=self.cleaned_data["reason"])

    def done(self, membership: Membership | None) -> str:
        words = sides_of(self.membership) | {"word": word_of(self.office)}
        if membership is None:
            return _("%(word)s: %(city)s in %(network)s is withdrawn.") % words
        return _("%(word)s: your word on %(city)s in %(network)s is withdrawn; others' stay.") % (
            words
        )


class DisputeForm(MembershipForm):
    """Says that the city is not a member."""

    title = _lazy("Dispute a membership")
    lead = _lazy(
        "Says that the city is not and was not a member. While the other side says that it is, "
        "both words are shown, and an editor looks at it. If it was a member once, end it instead."
    )
    button = _lazy("Publish that it is no membership")

    source = source_field()
    reason = reason_field(required=True)

    def speak(self, actor: Any) -> Membership | None:
        return self._carry_out(
            objections.dispute,
            actor,
            evidence=self.evidence,
            reason=self.cleaned_data["reason"],
        )

    def done(self, membership: Membership | None) -> str:
        return _(
            "%(word)s: %(city)s is not a member of %(network)s. An editor will look at it."
        ) % (sides_of(self.membership) | {"word": word_of(self.office)})


class ConfirmForm(MembershipForm):
    """Says that a membership is still true."""

    title = _lazy("Is this still true?")
    button = _lazy("Still true")

    def speak(self, actor: Any) -> Membership | None:
        return self._carry_out(memberships.confirm, actor, versions=self.versions)
