"""Response headers that are the same on every page and that Django and django-csp do not set."""

import re
from collections.abc import Callable

from corsheaders.conf import conf as cors
from corsheaders.middleware import ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS
from django.http import HttpRequest, HttpResponse

from citynet import origins

# The site uses none of these; saying so keeps anything that slips into a page from asking visitors
# for them.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def resource_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that tells browsers whose pages may load an answer, static files among them."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = origins.resource_policy(request.path_info)
        response.headers.setdefault("Cross-Origin-Resource-Policy", policy)
        return response

    return respond


def permissions_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that tells browsers which device features pages of this site may never use."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return respond


def same_for_every_origin(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that lets a page of any site read the API, whoever asked first.

    django-cors-headers says so only to requests that name their origin, which would make caches
    keep one answer for each.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "OPTIONS" and re.match(cors.CORS_URLS_REGEX, request.path_info):
            response.headers[ACCESS_CONTROL_ALLOW_ORIGIN] = "*"
            exposed = ", ".join(cors.CORS_EXPOSE_HEADERS)
            response.headers[ACCESS_CONTROL_EXPOSE_HEADERS] = exposed
            varies = [name.strip() for name in response.headers.get("Vary", "").split(",")]
            varies = [name for name in varies if name and name.lower() != "origin"]
            response.headers["Vary"] = ", ".join(varies)
            if not varies:
                del response.headers["Vary"]
        return response

    return respond
