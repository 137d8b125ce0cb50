"""Pages of who pays for networks."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.members import count_listed_members
from directory.linked.networks import funder_document
from directory.models import Funder, Network
from directory.models.choices import RecordType
from directory.web.former_addresses import moved_or_missing


@require_safe
def funder_list(request: HttpRequest) -> HttpResponse:
    """Show all funders with how many networks each pays for."""
    funders = Funder.objects.public().annotate(network_count=Count("networks"))
    return render(request, "funders/list.html", {"funders": funders.order_by("name_key", "slug")})


@require_safe
def funder(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a funder and the networks that it pays for."""
    found = Funder.objects.public().filter(slug=slug).first()
    if found is None:
        return moved_or_missing(request, RecordType.FUNDER, slug)
    networks = Network.objects.public().filter(funders=found).with_facts().by_name()
    networks = count_listed_members(networks, day=now().date())
    context = {"funder": found, "networks": networks, "linked": funder_document(found)}
    return render(request, "funders/funder.html", context)
