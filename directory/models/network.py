"""Networks: organisations, programmes, charters and forums whose members are cities."""

import datetime
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.addresses import page_address
from directory.models.as_of import answer, begun_by, not_ended_by
from directory.models.choices import (
    Fee,
    Joining,
    Kind,
    MembersAre,
    NetworkStanding,
    NetworkStatus,
    Scope,
)
from directory.models.fields import (
    KeyField,
    PlainTextField,
    SlugKeyField,
    TextListField,
    bounded,
    filled,
    one_of,
    plausible_year,
    public_slug,
)
from directory.models.focus_area import FocusArea
from directory.models.funder import Funder
from directory.models.public import NamedRecord, PublicQuerySet, PublicRecord
from directory.models.region import Country, Region

OVER = (NetworkStatus.ENDED.value, NetworkStatus.MERGED.value)


def _existed_on(day: datetime.date, *, strict: bool) -> models.Q:
    """Return the condition "possibly existed on the day", or "surely" where it is strict."""
    if strict:
        not_over = models.Q(ended__gte=not_ended_by(day)) | ~models.Q(status__in=OVER)
        return models.Q(founded__lte=begun_by(day)) & not_over
    begun = models.Q(founded__lte=day.year) | models.Q(founded__isnull=True)
    return begun & (models.Q(ended__gte=day.year) | models.Q(ended__isnull=True))


class NetworkQuerySet(PublicQuerySet):
    """Networks that anyone may read."""

    def by_name(self) -> Self:
        """Return networks in the one order of names, total also among namesakes."""
        return self.order_by("name_key", "slug")

    def as_of(self, day: datetime.date, *, strict: bool = False) -> Self:
        """Return networks that existed on the day, each with its ``as_of_answer``.

        By the years in which they began and ended, with both: within the year itself, where a
        year is not known, and of one that ended nobody knows when, the answer is ``possible``.
        ``strict`` leaves only those that answer with a sure yes.
        """
        rows = self.filter(_existed_on(day, strict=strict))
        return rows.annotate(as_of_answer=answer(_existed_on(day, strict=True)))

    def working_on(self, areas: Iterable[FocusArea]) -> Self:
        """Return networks that work on one of the areas, or on a part of it."""
        areas = list(areas)
        links = NetworkFocusArea.objects.filter(
            models.Q(focus_area__in=areas) | models.Q(focus_area__parent__in=areas)
        )
        return self.filter(pk__in=links.values("network"))

    def with_facts(self) -> Self:
        """Return networks with all that a list or a page shows beside the name, without N+1."""
        return self.select_related(
            "headquarters_country", "parent", "merged_into"
        ).prefetch_related(
            models.Prefetch(
                "focus_area_links",
                NetworkFocusArea.objects.select_related("focus_area__parent").order_by("rank"),
            ),
            models.Prefetch("regions", Region.objects.order_by("name_key", "slug")),
            models.Prefetch("countries", Country.objects.order_by("name_key", "code")),
            models.Prefetch("funders", Funder.objects.order_by("name_key", "slug")),
        )


class Network(NamedRecord):
    """A city network: what it is, what it works on, who may join and how."""

    slug = SlugKeyField()
    name = PlainTextField(_("name"), max_length=200)
    name_key = KeyField(max_length=200, editable=False)
    acronym = PlainTextField(_("acronym"), max_length=40, blank=True)
    aliases = TextListField(_("other names"), default=list, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    founded = models.PositiveSmallIntegerField(_("founded"), null=True, blank=True)
    ended = models.PositiveSmallIntegerField(_("ended"), null=True, blank=True)
    status = KeyField(_("status"), max_length=20, choices=NetworkStatus.choices)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    kind = KeyField(_("kind"), max_length=20, choices=Kind.choices)
    scope = KeyField(_("scope"), max_length=20, choices=Scope.choices)
    regions = models.ManyToManyField(Region, related_name="networks")
    countries = models.ManyToManyField(Country, related_name="networks", blank=True)
    headquarters_city = PlainTextField(_("headquarters"), max_length=100, blank=True)
    headquarters_country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="headquartered_networks"
    )
    focus_areas = models.ManyToManyField(
        FocusArea, through="NetworkFocusArea", related_name="networks"
    )
    members_are = KeyField(_("members are"), max_length=20, choices=MembersAre.choices)
    joining = KeyField(_("how to join"), max_length=20, choices=Joining.choices)
    fee = KeyField(_("fee"), max_length=20, choices=Fee.choices)
    eligibility = PlainTextField(_("who may join"), max_length=300, blank=True)
    members_url = models.URLField(_("its own list of members"), max_length=300, blank=True)
    stated_members = models.PositiveIntegerField(_("stated members"), null=True, blank=True)
    stated_members_as_of = models.PositiveSmallIntegerField(null=True, blank=True)
    stated_members_source = models.URLField(max_length=300, blank=True)
    funders = models.ManyToManyField(Funder, related_name="networks", blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="sections"
    )
    summary = PlainTextField(_("summary"), max_length=500)
    standing = KeyField(_("standing"), max_length=20, choices=NetworkStanding.choices)
    sources = TextListField(_("sources"), default=list, blank=True)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        constraints = [
            *bounded(
                "network",
                name=200,
                acronym=40,
                website=300,
                headquarters_city=100,
                eligibility=300,
                members_url=300,
                stated_members_source=300,
                summary=500,
            ),
            *filled("network", "slug", "name", "summary"),
            *public_slug("network"),
            *one_of(
                "network",
                status=NetworkStatus,
                kind=Kind,
                scope=Scope,
                members_are=MembersAre,
                joining=Joining,
                fee=Fee,
                standing=NetworkStanding,
            ),
            *plausible_year("network", "founded", "ended", "stated_members_as_of"),
            models.CheckConstraint(
                condition=models.Q(founded__isnull=True)
                | models.Q(ended__isnull=True)
                | models.Q(ended__gte=models.F("founded")),
                name="network_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(ended__isnull=True) | models.Q(status__in=["ended", "merged"]),
                name="network_end_only_when_ended",
            ),
            models.CheckConstraint(
                condition=models.Q(status="merged", merged_into__isnull=False)
                | (~models.Q(status="merged") & models.Q(merged_into__isnull=True)),
                name="network_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")),
                name="network_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="network_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=models.Q(stated_members__isnull=False)
                | models.Q(stated_members_as_of__isnull=True, stated_members_source=""),
                name="network_count_before_its_source",
            ),
            models.CheckConstraint(
                condition=models.Q(stated_members__isnull=True)
                | ~models.Q(stated_members_source=""),
                name="network_count_has_a_source",
            ),
        ]
        indexes = [
            models.Index(fields=["name_key", "slug"], name="network_by_name"),
            models.Index(fields=["founded"], name="network_by_founding"),
            models.Index(fields=["status"], name="network_by_status"),
            models.Index(fields=["kind"], name="network_by_kind"),
            models.Index(fields=["scope"], name="network_by_scope"),
            models.Index(fields=["joining"], name="network_by_joining"),
            models.Index(fields=["fee"], name="network_by_fee"),
        ]

    def get_absolute_url(self) -> str:
        return page_address("network", self.slug)


class NetworkFocusArea(PublicRecord):
    """A focus area of a network; rank 1 is what it works on most."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="focus_area_links")
    focus_area = models.ForeignKey(FocusArea, models.PROTECT, related_name="network_links")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "focus_area"], name="focus_area_once"),
            models.UniqueConstraint(fields=["network", "rank"], name="focus_area_rank_once"),
            models.CheckConstraint(condition=models.Q(rank__gte=1), name="focus_area_rank_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.network_id} {self.rank}: {self.focus_area_id}"
