"""What people are told once their office has spoken: how it reads from now on."""

from django.utils.timezone import now
from django.utils.translation import gettext as _

from directory.models import Membership
from directory.registration.offices import Office
from directory.web.templatetags.citynet import office_word, period


def word_of(office: Office) -> str:
    """Return how what an office says today reads: "City of Bergen, 2026-11-24"."""
    return office_word(office, now().date())


def sides_of(membership: Membership) -> dict[str, str]:
    """Return the names of the two sides."""
    return {"city": membership.city.name, "network": membership.network.name}


def said_of(office: Office, membership: Membership) -> str:
    """Return what was published of a membership, as it reads from now on."""
    details = [str(membership.get_role_display()), period(membership)]
    if membership.founder:
        details.insert(1, _("founder"))
    words = sides_of(membership) | {
        "word": word_of(office),
        "details": ", ".join(filter(None, details)),
    }
    return _("%(word)s: %(city)s in %(network)s (%(details)s). It is published.") % words
