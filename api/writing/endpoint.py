"""An address of the API at which programs with a token write."""

from typing import Any

from django.http import HttpResponseBase
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from api.writing.authentication import BearerTokens, TokenToWrite
from directory.accounts.limits import key_of, spend


class Writes:
    """Lets tokens write on a resource; what anyone may read stays the same for everyone.

    A view that ``is_private`` is read with a token too.
    """

    permission_classes = [TokenToWrite]
    is_private = False
    # Which of ``directory.accounts.limits.LIMITS`` an action counts as, beside "write".
    limits: dict[str, str] = {}

    def get_authenticators(self) -> list[BaseAuthentication]:
        """Ask for a token where one counts, and nowhere else."""
        # drf-spectacular makes views without a request.
        is_needed = self.request is not None and self._needs_token(self.request)
        return [BearerTokens()] if is_needed else []

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse who writes too often."""
        super().initial(request, *args, **kwargs)
        if request.method not in SAFE_METHODS:
            # A person has one allowance per token: a program that runs wild stops alone.
            spend("write", key=f"token:{request.auth.pk}")
            limit = self.limits.get(self.action)
            if limit:
                # What is slow counts for the person, however many tokens they make.
                spend(limit, key=key_of(request))

    @property
    def known_parameters(self) -> frozenset[str]:
        """None where something is written."""
        if self.request.method not in SAFE_METHODS:
            return frozenset()
        return super().known_parameters

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Keep what was answered to a token out of every cache."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if self._needs_token(request):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    def _needs_token(self, request: Any) -> bool:
        if request.method == "OPTIONS":
            return False
        return self.is_private or request.method not in SAFE_METHODS
