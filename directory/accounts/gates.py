"""Which addresses are private, and who may pass to those of the editors.

The two lists below are the only places that say so: a new part of the site that shows who is signed
in, or that only editors may see, belongs under one of their prefixes.
"""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.accounts import drafts
from directory.accounts.languages import without_language
from directory.accounts.models import User

# Kept by no cache, not even the browser's own: after signing out, the way back shows nothing.
PRIVATE_PREFIXES = (
    "/account/",
    "/corrections/",
    "/editors/",
    "/api/v1/editors/",
    "/api/v1/uploads",
)
# For editors alone, and only after a second factor.
EDITOR_PREFIXES = ("/editors/", "/api/v1/editors/")
API_PREFIX = "/api/"

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

View = Callable[[HttpRequest], HttpResponse]


def private_pages(get_response: View) -> View:
    """Middleware that keeps private pages out of every cache and every search engine."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if without_language(request.path).startswith(PRIVATE_PREFIXES):
            response.headers["Cache-Control"] = "private, no-store"
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return respond


def editors_need_a_second_factor(get_response: View) -> View:
    """Middleware that lets nobody but editors with a second factor to the editors' addresses."""

    def respond(request: HttpRequest) -> HttpResponse:
        if without_language(request.path).startswith(EDITOR_PREFIXES):
            refusal = _refusal(request)
            if refusal is not None:
                return refusal
        return get_response(request)

    return respond


def has_second_factor(user: User) -> bool:
    """Tell whether a person has set up an authenticator app, a passkey or a security key."""
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


def gave_second_factor(request: HttpRequest) -> bool:
    """Tell whether a second factor was given since this session began."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def _refusal(request: HttpRequest) -> HttpResponse | None:
    is_api = without_language(request.path).startswith(API_PREFIX)
    user = request.user
    if not user.is_authenticated:
        said = _("Sign in as an editor first.")
        if is_api:
            return _problem(401, said)
        drafts.keep(request)
        return redirect_to_login(request.get_full_path())
    if not user.is_editor:
        if is_api:
            return _problem(403, _("Only editors may use this address."))
        raise PermissionDenied
    if not has_second_factor(user):
        said = _("Editors need a second factor. Set one up in your account first.")
        return _problem(403, said) if is_api else redirect("mfa_index")
    if not gave_second_factor(request):
        said = _("Give your second factor first: sign in again.")
        if is_api:
            return _problem(403, said)
        drafts.keep(request)
        return _ask_for_second_factor(request)
    return None


def _ask_for_second_factor(request: HttpRequest) -> HttpResponse:
    """Lead to the question for the second factor; a session may be older than the factor is."""
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    asked = [method["url"] for method in methods if method["id"].startswith("mfa")]
    url = asked[0] if asked else reverse("account_reauthenticate")
    return HttpResponseRedirect(f"{url}?{urlencode({'next': request.get_full_path()})}")


def _problem(status: int, detail: str) -> HttpResponse:
    """Return problem details, as the API answers everything else that goes wrong (RFC 9457)."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    return JsonResponse(
        body | {"detail": detail}, status=status, content_type="application/problem+json"
    )
