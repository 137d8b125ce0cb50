"""Who writes: the person and the office of an access token. Session cookies count for nothing."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, MethodNotAllowed, NotAuthenticated
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from directory.accounts.models import User
from directory.models import AccessToken
from directory.registration.tokens import TokenRefused, token_of

SCHEME = "Bearer"


class BearerTokens(BaseAuthentication):
    """Reads ``Authorization: Bearer …`` (RFC 6750); the office stands in ``request.auth``."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        """Return person and token, None without the header; raises AuthenticationFailed."""
        header = request.META.get("HTTP_AUTHORIZATION", "")
        if not header:
            return None
        scheme, _blank, secret = header.strip().partition(" ")
        if scheme.lower() != SCHEME.lower():
            raise AuthenticationFailed(_("Write “Authorization: Bearer” and your access token."))
        try:
            token = token_of(secret.strip())
        except TokenRefused as refusal:
            raise AuthenticationFailed(str(refusal)) from refusal
        return token.person, token

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 names as the way in."""
        sent = bool(request.META.get("HTTP_AUTHORIZATION"))
        return f'{SCHEME} realm="CityNet API"' + (', error="invalid_token"' if sent else "")


class TokenToWrite(BasePermission):
    """Lets anyone read, and only a token write; a private view is read with a token too."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return True, or raise MethodNotAllowed (405) or NotAuthenticated (401)."""
        if request.method == "OPTIONS" or (request.method in SAFE_METHODS and not view.is_private):
            return True
        if view.action is None:
            raise MethodNotAllowed(request.method)
        if request.auth is None:
            raise NotAuthenticated(
                _("This needs an access token. Make one in your account, at /account/tokens/.")
            )
        return True


class BearerTokensInSchema(OpenApiAuthenticationExtension):
    """Describes the tokens in the OpenAPI description."""

    target_class = BearerTokens
    name = "accessToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the security scheme."""
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "citynet_…",
            "description": _(
                "An access token: made in your account (/account/tokens/) for one city or network "
                "that you act for. Only writing needs it; reading takes none."
            ),
        }
