"""Small files that browsers and robots ask for at fixed addresses."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

ROBOTS = f"""\
User-agent: *
Disallow: /search/
Disallow: /compare/
Disallow: /account/
Disallow: /corrections/

Sitemap: {settings.SITE_URL}/sitemap.xml
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots that all pages may be read, but not all searches, and no forms."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask for the old address of the icon to the drawing."""
    return HttpResponsePermanentRedirect(static("img/favicon.svg"))
