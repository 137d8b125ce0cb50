"""What a person has asked for: own claims and suggestions, what needs them first."""

from django.db.models import Case, QuerySet, Value, When

from directory.accounts.models import User
from directory.models import Claim, Submission
from directory.models.claim import LIVE_CLAIM_STATES
from directory.models.review import OPEN_REVIEW_STATES, ReviewState


def own_claims(person: User) -> QuerySet[Claim]:
    """Return the person's claims with their offices and reviews; those that live first."""
    lives = Case(When(state__in=LIVE_CLAIM_STATES, then=Value(0)), default=Value(1))
    claims = Claim.objects.filter(person=person).select_related(
        "city__country", "network", "review"
    )
    return claims.order_by(lives, "-made_at", "-pk")


def own_live_claims(person: User) -> QuerySet[Claim]:
    """Return those of the person's claims that grant something, or may yet."""
    return own_claims(person).filter(state__in=LIVE_CLAIM_STATES)


def own_suggestions(person: User) -> QuerySet[Submission]:
    """Return what the person suggested; questions first, then what waits, then what is over."""
    asked = When(review__state=ReviewState.ASKED_BACK, then=Value(0))
    waits = When(review__state__in=OPEN_REVIEW_STATES, then=Value(1))
    return (
        Submission.objects.filter(person=person)
        .select_related("review")
        .order_by(Case(asked, waits, default=Value(2)), "-made_at", "-pk")
    )


def own_open_suggestions(person: User) -> QuerySet[Submission]:
    """Return those of the person's suggestions that are not decided."""
    return own_suggestions(person).filter(review__state__in=OPEN_REVIEW_STATES)
