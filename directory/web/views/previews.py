"""Pictures of networks and cities, which other sites show beside a link to their pages."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.city_networks import memberships_of
from directory.insights.members import count_listed_members
from directory.models import City, Network
from directory.models.choices import RecordType
from directory.web.former_addresses import moved_or_missing
from directory.web.preview_pictures import png
from directory.web.previews import Preview, city_preview, network_preview


@require_safe
def network_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the picture of a network."""
    found = Network.objects.public().with_facts().filter(slug=slug).first()
    if found is None:
        return moved_or_missing(request, RecordType.NETWORK, slug, url_name="network-preview")
    [counted] = count_listed_members([found], day=now().date())
    return _picture(network_preview(found, listed=counted.listed_members))


@require_safe
def city_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the picture of a city."""
    found = City.objects.public().with_country().filter(slug=slug).first()
    if found is None:
        return moved_or_missing(request, RecordType.CITY, slug, url_name="city-preview")
    return _picture(city_preview(found, memberships_of(found, day=now().date())))


def _picture(preview: Preview) -> HttpResponse:
    return HttpResponse(png(preview), content_type="image/png")
