"""What editors see beside an item before they decide; it never leaves their pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from directory.accounts.models import User
from directory.models import ChangeSet, Claim, ReviewItem, Submission, VerifiedDomain
from directory.models.claim import ClaimState
from directory.models.review import ReviewState
from directory.models.submission import SubmissionKind
from directory.models.text import sort_key
from directory.registration.domains import why_not_verifiable
from directory.registration.likeness import Lookalike, cities_like, networks_like
from directory.registration.offices import column_of

ACCEPTED = (ReviewState.APPROVED, ReviewState.CHANGED)
EARLIER_CLAIMS_SHOWN = 20


@dataclass(frozen=True)
class PersonRecord:
    """How the earlier requests of a person were decided, and for which offices they act."""

    submissions_accepted: int = 0
    submissions_refused: int = 0
    claims_granted: int = 0
    claims_refused: int = 0
    claims_revoked: int = 0
    acting: list[Claim] = field(default_factory=list)


def person_record(person: User, *, beside: ReviewItem | None = None) -> PersonRecord:
    """Return what is known of a person from earlier decisions, without the item at hand."""
    reviews = ReviewItem.objects.filter(submission__person=person)
    claims = Claim.objects.filter(person=person)
    if beside is not None:
        reviews = reviews.exclude(pk=beside.pk)
        claims = claims.exclude(pk=beside.claim_id)
    decided = reviews.aggregate(
        accepted=Count("pk", filter=Q(state__in=ACCEPTED)),
        refused=Count("pk", filter=Q(state=ReviewState.REFUSED)),
    )
    claimed = claims.aggregate(
        granted=Count("pk", filter=Q(granted_at__isnull=False)),
        refused=Count("pk", filter=Q(state=ClaimState.REFUSED)),
        revoked=Count("pk", filter=Q(state=ClaimState.REVOKED)),
    )
    acting = claims.filter(state=ClaimState.GRANTED).select_related("city", "network")
    return PersonRecord(
        submissions_accepted=decided["accepted"],
        submissions_refused=decided["refused"],
        claims_granted=claimed["granted"],
        claims_refused=claimed["refused"],
        claims_revoked=claimed["revoked"],
        acting=list(acting.order_by("pk")),
    )


@dataclass(frozen=True)
class DomainFacts:
    """What is known of the domain of a claim's work address.

    ``problem`` says why it can vouch for nobody; ``verified`` is who it vouches for at present.
    """

    domain: str
    problem: str
    verified: VerifiedDomain | None
    vouches: bool

    @property
    def may_be_verified(self) -> bool:
        """Whether an editor may let it vouch for the office from now on."""
        return not self.problem and self.verified is None


def domain_facts(claim: Claim) -> DomainFacts:
    """Return what is known of the domain of a claim's work address."""
    found = VerifiedDomain.objects.select_related("city", "network").filter(domain=claim.domain)
    verified = found.first()
    problem = why_not_verifiable(claim.domain)
    if not problem and verified and not verified.belongs_to(claim.office):
        problem = _("%(domain)s belongs to another city or network as well.") % {
            "domain": claim.domain
        }
    return DomainFacts(claim.domain, problem, verified, bool(verified) and not problem)


def earlier_claims(claim: Claim) -> list[Claim]:
    """Return the newest other claims of the same office, with their people."""
    others = Claim.objects.filter(**{column_of(claim.office): claim.office}).exclude(pk=claim.pk)
    return list(others.select_related("person").order_by("-made_at", "-pk")[:EARLIER_CLAIMS_SHOWN])


def lookalikes(submission: Submission) -> list[Lookalike]:
    """Return records that a proposed city or network may be a duplicate of."""
    said: Mapping = submission.proposed
    if submission.kind == SubmissionKind.NEW_CITY:
        known = ("country", "latitude", "longitude", "geonameid")
        return cities_like(said["name"], **{name: said.get(name) for name in known})
    if submission.kind == SubmissionKind.NEW_NETWORK:
        return networks_like(
            said["name"], acronym=said.get("acronym", ""), website=said.get("website", "")
        )
    return []


def items_behind(change_set: ChangeSet) -> QuerySet[ReviewItem]:
    """Return the suggestions that this change set carried out, as its entries name them.

    One that was deleted since is not among them: the log keeps its number alone.
    """
    suggested = change_set.entries.exclude(submission=None).values("submission")
    items = ReviewItem.objects.filter(submission__in=suggested)
    return items.select_related("submission__person").order_by("pk")


def claims_like(text: str = "", *, state: str = "") -> QuerySet[Claim]:
    """Return claims by state and words (office, address, role, account), the newest first."""
    found = Claim.objects.select_related("city", "network", "person")
    if state:
        found = found.filter(state=state)
    if text:
        found = found.filter(
            Q(city__name_key__contains=sort_key(text))
            | Q(network__name_key__contains=sort_key(text))
            | Q(work_address__icontains=text)
            | Q(role__icontains=text)
            | Q(person__email__icontains=text)
        )
    return found.order_by("-made_at", "-pk")
