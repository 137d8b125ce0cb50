"""Mail domains: which may vouch for the people of a city or a network."""

from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from publicsuffixlist import PublicSuffixList

from directory.models import City, Claim, VerifiedDomain
from directory.registration.offices import Office, column_of

PROVIDERS_FILE = Path(__file__).with_name("public_mail_providers.txt")


@cache
def _public_suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@cache
def public_mail_providers() -> frozenset[str]:
    """Return the domains at which anybody can have a mailbox."""
    lines = PROVIDERS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def exact_domain(address: str) -> str:
    """Return the domain of a mail address in its one written form: lower case, ASCII.

    Raises ValueError where that is not possible.
    """
    domain = address.rpartition("@")[2].strip().rstrip(".").lower()
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise ValueError(f"{domain} is no domain") from error


def why_not_verifiable(domain: str) -> str:
    """Return why a domain can vouch for nobody; empty where it can."""
    suffixes = _public_suffixes()
    if suffixes.is_public(domain):
        return _("%(domain)s is shared by many organisations.") % {"domain": domain}
    registered = suffixes.privatesuffix(domain)
    if {domain, registered} & public_mail_providers():
        return _("Anybody can have an address at %(domain)s.") % {"domain": domain}
    return ""


def vouches_for(domain: str, office: Office) -> bool:
    """Whether an address at the domain is enough to act for the office."""
    if why_not_verifiable(domain):
        return False
    found = VerifiedDomain.objects.select_related("city", "network").filter(domain=domain).first()
    return found is not None and found.belongs_to(office)


def note_granted(domain: str, office: Office) -> None:
    """Take notice that somebody of this domain acts for the office.

    A domain that vouched for another city, or for a network, vouches for nobody from now on; a
    network that has its office in a city hall does not take the domain from the city.
    """
    other = VerifiedDomain.objects.filter(domain=domain).exclude(**{column_of(office): office})
    if not isinstance(office, City):
        other = other.filter(city=None)
    other.update(is_shared=True)


def verify(domain: str, office: Office, claim: Claim) -> str:
    """Let the domain vouch for the office from now on; return why not, or an empty text."""
    problem = why_not_verifiable(domain)
    if problem:
        return problem
    found = VerifiedDomain.objects.get_or_create(
        domain=domain, defaults={column_of(office): office, "claim": claim}
    )[0]
    if not found.belongs_to(office):
        return _("%(domain)s belongs to another city or network as well.") % {"domain": domain}
    return ""
