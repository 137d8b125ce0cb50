"""Small files that browsers and robots ask for at fixed addresses."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from directory.accounts.languages import in_language

CLOSED = ("/search/", "/compare/", "/account/", "/corrections/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots that all pages may be read, but not all searches, and no forms."""
    closed = [
        f"Disallow: {in_language(path, language)}"
        for language, _name in settings.LANGUAGES
        for path in CLOSED
    ]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask for the old address of the icon to the drawing."""
    return HttpResponsePermanentRedirect(static("img/favicon.svg"))
