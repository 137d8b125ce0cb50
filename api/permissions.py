"""Who may do what where nothing is written: anyone may read. Writing: ``api.writing``."""

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView


class PublicRead(BasePermission):
    """Lets everyone read; raises MethodNotAllowed (405) for whatever would write."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return True for GET, HEAD and OPTIONS."""
        if request.method not in SAFE_METHODS:
            raise MethodNotAllowed(request.method)
        return True
