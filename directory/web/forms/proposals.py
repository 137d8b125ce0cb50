"""Forms by which a person proposes a city or a network that is missing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from directory.models import Country, Place, Submission
from directory.registration import submissions
from directory.registration.likeness import Lookalike, cities_like, networks_like
from directory.search.query import LONGEST_QUERY
from directory.web.forms.submissions import SuggestionForm

OF_A_PLACE = ("website",)
OF_A_CITY = ("name", "country", "admin1_name", "latitude", "longitude", "website")
OF_A_NETWORK = (
    *("name", "acronym", "aliases", "website", "founded", "kind", "scope", "focus_areas"),
    *("members_are", "joining", "members_url", "summary"),
)


def countries() -> list[tuple[str, str]]:
    """Return the countries to choose from, by name."""
    known = Country.objects.public().order_by("name_key", "code").values_list("code", "name")
    return [("", _("Any country")), *known]


class PlaceSearchForm(forms.Form):
    """Looking for a municipality in the gazetteer."""

    q = forms.CharField(
        label=_lazy("Name or its beginning, in any language"),
        max_length=LONGEST_QUERY,
        required=False,
    )
    country = forms.ChoiceField(label=_lazy("Country"), choices=countries, required=False)


class ProposalForm(SuggestionForm):
    """A record that is missing. What looks like it is shown, and must be said to be another.

    That is asked anew for whatever was not shown before.
    """

    lookalikes: list[Lookalike]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lookalikes = []
        for name in self.columns:
            # Nothing stood there before that somebody else could have changed.
            self.fields[name].show_hidden_initial = False

    def clean(self) -> dict[str, Any]:
        """Show what looks like the record, unless it was shown and said to be another."""
        super().clean()
        if not self.errors:
            self.lookalikes = self.find_lookalikes()
            said = set(self.data.get("none_of_these", "").split())
            if not said >= {found.record.slug for found in self.lookalikes}:
                self.add_error(None, _("Is it one of these? If not, say so below and send again."))
        return self.cleaned_data

    def find_lookalikes(self) -> list[Lookalike]:
        """Return the records that may be the same."""
        raise NotImplementedError


class CityForm(ProposalForm):
    """A city that is missing: a place of the gazetteer, or a name with coordinates."""

    def __init__(self, *args: Any, place: Place | None, row: Mapping[str, Any], **options: Any):
        self.place = place
        super().__init__(
            *args,
            table="cities",
            columns=OF_A_PLACE if place else OF_A_CITY,
            needed=() if place else ("name", "country", "latitude", "longitude"),
            row=row,
            **options,
        )

    def find_lookalikes(self) -> list[Lookalike]:
        if self.place:
            return cities_like(
                self.place.name,
                country=self.place.country_code,
                latitude=self.place.latitude,
                longitude=self.place.longitude,
                geonameid=self.place.pk,
            )
        said = self.cleaned_data
        return cities_like(
            said["name"],
            country=said["country"],
            latitude=_degrees(said["latitude"]),
            longitude=_degrees(said["longitude"]),
        )

    def propose(self, *, actor: Any) -> Submission | None:
        """Hand the proposal to the editors; None where it was refused."""
        return self.carry_out(
            submissions.propose_city,
            actor=actor,
            place=self.place,
            **self.changed_values(),
            **self.said(),
        )


class NetworkForm(ProposalForm):
    """A network that is missing; its name is enough."""

    def __init__(self, *args: Any, row: Mapping[str, Any], **options: Any):
        super().__init__(
            *args, table="networks", columns=OF_A_NETWORK, needed=("name",), row=row, **options
        )

    def find_lookalikes(self) -> list[Lookalike]:
        said = self.cleaned_data
        return networks_like(said["name"], acronym=said["acronym"], website=said["website"])

    def propose(self, *, actor: Any) -> Submission | None:
        """Hand the proposal to the editors; None where it was refused."""
        return self.carry_out(
            submissions.propose_network, actor=actor, **self.changed_values(), **self.said()
        )


def _degrees(text: str) -> float | None:
    """Return a coordinate as a number; None for what the rules will refuse."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) <= 180 else None
