"""Cards of networks and cities, the pages that other sites may show in a frame; and oEmbed."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.city_networks import networks_of
from directory.insights.members import count_listed_members
from directory.linked.framing import may_be_framed
from directory.models import City, Network
from directory.models.choices import RecordType
from directory.web import oembed as answers
from directory.web.cards import card_title
from directory.web.former_addresses import present_slug

NETWORKS_SHOWN = 4


@require_safe
@may_be_framed
def network_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a network in a few lines."""
    found = Network.objects.public().with_facts().filter(slug=slug).first()
    if found is None:
        return _elsewhere("network-card", RecordType.NETWORK, slug)
    count_listed_members([found], day=now().date())
    context = {"record": found, "title": card_title(found)}
    return render(request, "embed/network.html", context)


@require_safe
@may_be_framed
def city_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a city in a few lines."""
    found = City.objects.public().with_country().filter(slug=slug).first()
    if found is None:
        return _elsewhere("city-card", RecordType.CITY, slug)
    networks = list(networks_of(found, day=now().date()))
    context = {
        "record": found,
        "title": card_title(found),
        "count": len(networks),
        "networks": networks[:NETWORKS_SHOWN],
    }
    return render(request, "embed/city.html", context)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer how the page at ``url`` is shown on pages of others (oembed.com)."""
    return answers.answer(request.GET)


def _elsewhere(name: str, kind: RecordType, slug: str) -> HttpResponse:
    """Lead to the card of the record that this is or once was the id of; raises Http404."""
    moved = slug.lower() if slug != slug.lower() else present_slug(kind, slug)
    if not moved:
        raise Http404(slug)
    return HttpResponsePermanentRedirect(reverse(name, args=[moved]))
