"""What pages of other sites may do with this one: nothing, but for what is named here.

Each exception has its reason; tests/security/test_origins.py holds every address of the site
against this file.
"""

import re
from collections.abc import MutableMapping

from csp.constants import NONE, SELF

# No inline script or style, and nothing from another host: whatever a text from the world smuggles
# in does not run. Nor does a page of another site show one of ours in a frame, but for those whose
# view says so (`directory.linked.framing`): cards, and previews in clients of reconciliation.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
FRAMED = r"(/[a-z]{2})?/embed/(networks|cities)/|/api/reconcile/preview/"

# Anyone may use the API from a page of their own, with a token to write; ask to reconcile names,
# which is a POST that changes nothing; and read what is made for programs, oEmbed among it. Cookies
# never travel along.
READ = r"^/(api/|id/|data/releases/|oembed$|.+\.(json|jsonld|ttl)$)"

# Shown beside a link by whoever links here.
PICTURES = r"/(networks|cities)/[^/]+/preview\.png$"

STATIC_FILE = "; ".join(
    f"{name} {' '.join(values)}" for name, values in CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)
# A drawing holds its own style (the icon has one for dark windows), and nothing else.
PICTURE = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)

_OPEN = re.compile(f"{READ}|{FRAMED}|{PICTURES}")


def resource_policy(path: str) -> str:
    """Return who may load an address into a page: ``Cross-Origin-Resource-Policy``."""
    return "cross-origin" if _OPEN.match(path) else "same-origin"


def protect_static_file(headers: MutableMapping[str, str], path: str, _url: str) -> None:
    """Give a static file, which is answered before the middleware of pages, a policy."""
    headers["Content-Security-Policy"] = PICTURE if path.endswith(".svg") else STATIC_FILE
