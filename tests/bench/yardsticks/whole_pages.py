"""The site's pages with all that they say, as a textbook would write them: views of relations.

``textbook`` shows the least that such pages could; these show what ours show (without their linked
data), in the site's own frame: similar cities, related networks, counts of every facet.
"""

from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone
from django.views.generic import DetailView, ListView

from directory.models import City, Membership, Network, NetworkFocusArea
from directory.models.membership import current_on
from tests.bench.yardsticks.textbook import FACETS, NetworksPage, networks

FEW = 8
RELATED = 6
MEMBERS = 100


class WholeCityPage(DetailView):
    """A city: its networks by issue, similar cities, networks that these are in."""

    template_name = "textbook/whole_city.html"
    queryset = City.objects.select_related("country__region__parent", "successor").prefetch_related(
        "labels",
        "predecessors",
        Prefetch(
            "memberships",
            Membership.objects.select_related("network")
            .prefetch_related(
                "statements",
                Prefetch(
                    "network__focus_area_links",
                    NetworkFocusArea.objects.select_related("focus_area__parent").order_by("rank"),
                ),
            )
            .order_by("network__name"),
        ),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the cities that share most networks, and the networks that these are in."""
        today = timezone.now().date()
        own = [membership.network_id for membership in self.object.memberships.all()]
        similar = (
            City.objects.filter(current_on(today, "memberships__"), memberships__network__in=own)
            .exclude(pk=self.object.pk)
            .select_related("country")
            .annotate(shared=Count("memberships__network", distinct=True))
            .order_by("-shared", "name_key")[:FEW]
        )
        theirs = (
            Network.objects.filter(memberships__city__in=list(similar), status="active")
            .exclude(pk__in=own)
            .annotate(cities=Count("memberships__city", distinct=True))
            .order_by("-cities", "name_key")[:FEW]
        )
        return super().get_context_data(
            similar=similar, networks_of_similar=theirs, today=today, **kwargs
        )


class WholeNetworkPage(DetailView):
    """A network: facts, a page of members on a map and in a table, related networks, growth."""

    template_name = "textbook/whole_network.html"

    def get_queryset(self) -> QuerySet[Network]:
        """Return networks with their facts."""
        return networks().prefetch_related("labels", "sections", "merged_from")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add members, and the networks with most focus areas in common."""
        today = timezone.now().date()
        current = self.object.memberships.filter(current_on(today))
        members = (
            current.select_related("city__country")
            .prefetch_related("statements")
            .order_by("city__country__name", "city__name")
        )
        related = (
            networks()
            .filter(focus_areas__in=self.object.focus_areas.all())
            .exclude(pk=self.object.pk)
            .alias(shared=Count("focus_areas", distinct=True))
            .order_by("-shared", "name_key")[:RELATED]
        )
        return super().get_context_data(
            members=members[:MEMBERS],
            past=self.object.memberships.exclude(pk__in=current.values("pk"))
            .select_related("city__country")
            .prefetch_related("statements")[:MEMBERS],
            count=current.count(),
            cities=City.objects.filter(pk__in=current.values("city")),
            joined=self.object.memberships.values("joined").annotate(cities=Count("city")),
            related=related,
            **kwargs,
        )


class WholeNetworksPage(NetworksPage, ListView):
    """A page of networks with the counts of every facet."""

    template_name = "textbook/whole_networks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what each facet leaves."""
        found = self.get_queryset().order_by().values("pk")
        facets = {
            name: Network.objects.filter(pk__in=found)
            .values(path)
            .annotate(count=Count("pk", distinct=True))
            .order_by(path)
            for name, path in FACETS.items()
        }
        return super().get_context_data(
            facets=[(name, [tuple(row.values()) for row in rows]) for name, rows in facets.items()],
            **kwargs,
        )
