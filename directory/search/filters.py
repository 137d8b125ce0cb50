"""The filter sets: what may be asked of each resource, the same on pages and in the API."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from directory.models import (
    City,
    Country,
    FocusArea,
    Funder,
    Membership,
    Network,
    Region,
    Statement,
)
from directory.models.as_of import AsOf
from directory.models.choices import (
    Fee,
    Joining,
    Kind,
    MembershipStanding,
    NetworkStanding,
    NetworkStatus,
    Role,
    Says,
    Scope,
    Voice,
)
from directory.models.city import HAS_ENDED, had_ended_by
from directory.models.fields import FIRST_YEAR, LAST_YEAR
from directory.models.membership import OPEN, counted_on, current_on
from directory.search.cities import CityCriteria, CityHits, CitySort, find_cities
from directory.search.criteria import NetworkCriteria, NetworkSort, Range
from directory.search.day_filters import AsOfFilterSet, AsOfForm, DayFilter, DayFilterSet
from directory.search.facets import FACETS, RANGES
from directory.search.filter_fields import (
    CountriesFilter,
    FilterForm,
    NetworksFilter,
    PublicIdsFilter,
    RecordFilter,
    RecordsFilter,
    WholeNumberFilter,
    YesNoFilter,
    one_or_more,
    order,
    words,
)
from directory.search.names import of_cities_called
from directory.search.networks import NetworkHits, find_networks


def year(label: str, **options: Any) -> WholeNumberFilter:
    """Return a filter by a plausible year."""
    return WholeNumberFilter(label=label, min_value=FIRST_YEAR, max_value=LAST_YEAR, **options)


class NetworkFilter(AsOfFilterSet):
    """What may be asked of networks; values of one filter are OR, filters are AND.

    As of a date, members are those of that day, and only networks that existed then are returned;
    all other facts are those of today.
    """

    as_of = DayFilter(
        label=_("As of"),
        method="keep",
        help_text=_(
            "A full day such as 2019-12-31: networks that existed then, by the years in which they "
            "began and ended, with their members of that day. All other facts are those of today."
        ),
    )

    q = words(help_text=_("Words of the name, issue, summary, funder, seat, or a member city."))
    exact = YesNoFilter(
        label=_("Exactly as typed"), method="keep", help_text=_("Without spelling correction.")
    )
    focus_area = RecordsFilter(
        queryset=FocusArea.objects.public(), label=_("Focus area"), method="keep"
    )
    scope = one_or_more(Scope, _("Scope"))
    region = RecordsFilter(queryset=Region.objects.public(), label=_("Region"), method="keep")
    member_country = CountriesFilter(label=_("Country of members"), method="keep")
    status = one_or_more(NetworkStatus, _("Status"))
    kind = one_or_more(Kind, _("Kind"))
    joining = one_or_more(Joining, _("How to join"))
    fee = one_or_more(Fee, _("Fee"))
    funder = RecordsFilter(queryset=Funder.objects.public(), label=_("Funder"), method="keep")
    standing = one_or_more(NetworkStanding, _("Standing"))
    founded_min = year(_("Founded in or after"), method="keep")
    founded_max = year(_("Founded in or before"), method="keep")
    members_min = WholeNumberFilter(label=_("Listed members, at least"), method="keep")
    members_max = WholeNumberFilter(label=_("Listed members, at most"), method="keep")
    member = RecordFilter(queryset=City.objects.public(), label=_("My city is a member"))
    not_member = RecordFilter(queryset=City.objects.public(), label=_("My city is not a member"))
    parent = RecordFilter(queryset=Network.objects.public(), label=_("Section or programme of"))
    sort = order(NetworkSort)

    class Meta:
        model = Network
        fields: list[str] = []
        form = AsOfForm

    @property
    def criteria(self) -> NetworkCriteria:
        """The valid question; call ``is_valid()`` first."""
        given = self.given
        parent = given["parent"]
        return NetworkCriteria(
            text=given["q"].strip(),
            exact=given["exact"] is True,
            choices={name: _keys(given[name]) for name in FACETS if given[name]},
            ranges={name: Range(given[f"{name}_min"], given[f"{name}_max"]) for name in RANGES},
            member=given["member"].pk if given["member"] else None,
            not_member=given["not_member"].pk if given["not_member"] else None,
            sections_of=frozenset(parent.sections.values_list("pk", flat=True)) if parent else None,
            sort=given["sort"],
            as_of=self.as_of_day,
        )

    def hits(self) -> NetworkHits:
        """Return the networks that answer, counted, in order, with facets."""
        return find_networks(self.criteria, day=self.day)

    def filter_queryset(self, queryset: QuerySet[Network]) -> QuerySet[Network]:
        """Return the rows of the hits, in no order: ``hits()`` has it."""
        return queryset.filter(pk__in=self.hits().ids)


def _keys(chosen: list[Any]) -> frozenset[str]:
    """Return what stands in the address for each chosen value: a code, a slug or itself."""
    return frozenset(
        value.pk if isinstance(value, Country) else getattr(value, "slug", value)
        for value in chosen
    )


def countries_in(regions: list[Region]) -> QuerySet[Country]:
    """Return the countries of the regions and of their parts."""
    within = Q(region__in=regions) | Q(region__parent__in=regions)
    return Country.objects.public().filter(within | Q(region__parent__parent__in=regions))


class CityFilter(AsOfFilterSet):
    """What may be asked of cities; the networks meant are those of current memberships.

    As of a date they are those of that day, and so is whether a city had ended. No city is left
    out for the day alone.
    """

    as_of = DayFilter(
        label=_("As of"),
        method="keep",
        help_text=_(
            "A full day such as 2019-12-31: networks, their number and “ended” are those of that "
            "day. Cities that had ended by then are listed too, unless “ended” says otherwise."
        ),
    )

    q = words(help_text=_("Any name of the city, in any language and script."))
    exact = YesNoFilter(
        label=_("Exactly as typed"), method="keep", help_text=_("Without spelling correction.")
    )
    country = CountriesFilter(label=_("Country"))
    region = RecordsFilter(queryset=Region.objects.public(), label=_("Region"), method="in_region")
    focus_area = RecordsFilter(
        queryset=FocusArea.objects.public(),
        label=_("In a network on the focus area"),
        method="in_focus_area",
    )
    network = NetworksFilter(label=_("Member of the network"), method="in_network")
    population_min = WholeNumberFilter(
        field_name="population", lookup_expr="gte", label=_("Population, at least")
    )
    population_max = WholeNumberFilter(
        field_name="population", lookup_expr="lte", label=_("Population, at most")
    )
    ended = YesNoFilter(
        label=_("Ended as a municipality"),
        method="that_ended",
        help_text=_("Such as those that were merged."),
    )
    sort = order(CitySort)

    class Meta:
        model = City
        fields: list[str] = []
        form = AsOfForm

    def in_region(self, rows: QuerySet, name: str, regions: list[Region]) -> QuerySet:
        """Keep cities of countries in the regions or in their parts."""
        return rows.filter(country__in=countries_in(regions)) if regions else rows

    def in_focus_area(self, rows: QuerySet, name: str, areas: list[FocusArea]) -> QuerySet:
        """Keep cities that are in a network working on one of the areas, or below it."""
        if not areas:
            return rows
        networks = Network.objects.public().working_on(areas)
        return rows.filter(self._with_member_in(networks, self.as_of_day))

    def in_network(self, rows: QuerySet, name: str, networks: list[Network]) -> QuerySet:
        """Keep cities that are current members of one of the networks."""
        if not networks:
            return rows
        return rows.filter(self._with_member_in(networks, self.as_of_day))

    def that_ended(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        """Keep cities that ended as municipalities, or the others."""
        return (
            rows
            if value in (None, "")
            else rows.filter(_ended(has_ended=value, as_of=self.as_of_day))
        )

    def _with_member_in(self, networks: Any, as_of: AsOf | None) -> Q:
        members = Membership.objects.public().filter(counted_on(self.day, as_of))
        return Q(pk__in=members.filter(network__in=networks).values("city"))

    def _surely(self, as_of: AsOf) -> Q:
        """Return the condition on cities of which all that the day decides is surely so."""
        given, sure = self.given, as_of._replace(strict=True)
        surely = Q(pk__isnull=False)
        if given["network"]:
            surely &= self._with_member_in(given["network"], sure)
        if given["focus_area"]:
            networks = Network.objects.public().working_on(given["focus_area"])
            surely &= self._with_member_in(networks, sure)
        if given["ended"] not in (None, ""):
            surely &= _ended(has_ended=given["ended"], as_of=sure)
        return surely

    def hits(self) -> CityHits:
        """Return the cities that answer, counted and in order; call ``is_valid()`` first."""
        given, as_of = self.given, self.as_of_day
        criteria = CityCriteria(
            rows=self._rows(),
            text=given["q"].strip(),
            exact=given["exact"] is True,
            sort=given["sort"],
            as_of=as_of,
            surely=self._surely(as_of) if as_of else Q(),
        )
        return find_cities(criteria, day=self.day)

    def _rows(self) -> QuerySet[City]:
        return super().filter_queryset(self.queryset.all())

    def filter_queryset(self, queryset: QuerySet[City]) -> QuerySet[City]:
        """Return the rows of the hits, in the order asked for (by name for relevance)."""
        return self.hits().rows


def _ended(*, has_ended: bool, as_of: AsOf | None) -> Q:
    """Return the condition on cities that have ended, or on the others."""
    if as_of is None:
        return HAS_ENDED if has_ended else ~HAS_ENDED
    # What may have ended may stand as well: surely one is not possibly the other.
    if has_ended:
        return had_ended_by(as_of.day, strict=as_of.strict)
    return ~had_ended_by(as_of.day, strict=not as_of.strict)


class MembershipFilter(AsOfFilterSet):
    """What may be asked of memberships."""

    as_of = DayFilter(
        label=_("As of"),
        method="keep",
        help_text=_(
            "A full day such as 2019-12-31: memberships within which it lies, or may lie by what "
            "their dates leave open; `as_of_answer` says which."
        ),
    )
    find = words(
        label=_("City or country by name"),
        method="of_cities_called",
        help_text=_(
            "A part of the name of the city or of its country, as in the list of a network."
        ),
    )
    network = NetworksFilter(label=_("Network"))
    city = RecordsFilter(queryset=City.objects.public(), label=_("City"))
    country = CountriesFilter(field_name="city__country", label=_("Country of the city"))
    focus_area = RecordsFilter(
        queryset=FocusArea.objects.public(),
        label=_("Focus area of the network"),
        method="in_focus_area",
    )
    role = one_or_more(Role, _("Role"))
    standing = one_or_more(MembershipStanding, _("Standing"))
    founder = YesNoFilter(field_name="founder", label=_("Founder"))
    current = YesNoFilter(
        method="only_current",
        label=_("Current"),
        help_text=_("Open, or today may lie within its period."),
    )
    open = YesNoFilter(method="only_open", label=_("Open"), help_text=_("Without any known end."))
    joined_min = year(
        _("Joined in or after"),
        method="joined_from",
        help_text=_("By the first possible day; memberships of unknown beginning are left out."),
    )
    joined_max = year(_("Joined in or before"), method="joined_until")

    class Meta:
        model = Membership
        fields: list[str] = []
        form = AsOfForm

    def in_focus_area(self, rows: QuerySet, name: str, areas: list[FocusArea]) -> QuerySet:
        """Keep memberships of networks working on one of the areas, or below it."""
        if not areas:
            return rows
        return rows.filter(network__in=Network.objects.public().working_on(areas))

    def of_cities_called(self, rows: QuerySet, name: str, written: str) -> QuerySet:
        """Keep memberships of cities that are called so, or lie in a country that is."""
        return of_cities_called(rows, written)

    def only_current(self, rows: QuerySet, name: str, wanted: Any) -> QuerySet:
        """Keep memberships within which the day may lie, or the others."""
        condition = current_on(self.day)
        return rows.filter(condition if wanted else ~condition)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Return the memberships that answer; as of a date, each with its answer to it."""
        rows = super().filter_queryset(queryset)
        return (
            rows.as_of(self.as_of_day.day, strict=self.as_of_day.strict) if self.as_of_day else rows
        )

    def only_open(self, rows: QuerySet, name: str, wanted: Any) -> QuerySet:
        """Keep memberships without any known end, or the others."""
        return rows.filter(OPEN if wanted else ~OPEN)

    def joined_from(self, rows: QuerySet, name: str, first_year: int) -> QuerySet:
        """Keep memberships known to begin in the year or later."""
        return rows.exclude(joined="").filter(joined_first_day__gte=datetime.date(first_year, 1, 1))

    def joined_until(self, rows: QuerySet, name: str, last_year: int) -> QuerySet:
        """Keep memberships known to begin in the year or earlier."""
        return rows.exclude(joined="").filter(joined_last_day__lte=datetime.date(last_year, 12, 31))


class StatementFilter(DayFilterSet):
    """What may be asked of statements."""

    membership = PublicIdsFilter(
        field_name="membership", letter="m", label=_("Membership"), help_text=_("Such as m00001.")
    )
    network = NetworksFilter(label=_("Network"), field_name="membership__network")
    city = RecordsFilter(
        queryset=City.objects.public(), label=_("City"), field_name="membership__city"
    )
    voice = one_or_more(Voice, _("Voice"))
    says = one_or_more(Says, _("Says"))
    checked = YesNoFilter(field_name="checked", label=_("Seen on the cited page"))
    source_year_min = year(
        _("Year of the source, from"), field_name="source_year", lookup_expr="gte"
    )
    source_year_max = year(_("Year of the source, to"), field_name="source_year", lookup_expr="lte")

    class Meta:
        model = Statement
        fields: list[str] = []
        form = FilterForm
