"""What registration keeps about a person: part of their download, erased with their account."""

from typing import Any

from directory.accounts import personal_data
from directory.accounts.models import User
from directory.accounts.outbox import OutgoingMail
from directory.models import AccessToken, Claim, ReviewItem, Submission, Upload
from directory.models.claim import LIVE_CLAIM_STATES, ClaimState
from directory.models.review import ReviewState
from directory.registration import claim_states, queue
from directory.registration.evidence import ACCEPTED
from directory.registration.offices import office_name

# A claim must have an address; this one is nobody's.
NOBODYS_ADDRESS = "nobody@erased.invalid"


def connect() -> None:
    """Take part in the download and the erasure of accounts; called once, when the app is ready."""
    personal_data.register("claims", read=claims_of, erase=erase_claims)
    personal_data.register("suggestions", read=suggestions_of, erase=erase_suggestions)
    personal_data.register("uploads", read=uploads_of, erase=erase_uploads)
    personal_data.register("access_tokens", read=tokens_of, erase=erase_tokens)


def claims_of(person: User) -> list[dict[str, Any]]:
    """Return the person's claims as they may read them."""
    claims = Claim.objects.filter(person=person).select_related("city", "network").order_by("pk")
    return [
        {
            "for": office_name(claim.office),
            "role": claim.role,
            "department": claim.department,
            "work_address": claim.work_address,
            "evidence": claim.evidence,
            "state": claim.state,
            "reason": claim.reason,
            "made_at": claim.made_at,
            "last_used_at": claim.last_used_at,
        }
        for claim in claims
    ]


def erase_claims(person: User) -> None:
    """End the person's claims and empty them; which domains vouch for an office stays."""
    claims = Claim.objects.select_for_update(of=("self",)).filter(person=person)
    for claim in claims.order_by("pk"):
        # An address that was never shown to be theirs may be another's, whose mails these are.
        if claim.granted_at or ReviewItem.objects.filter(claim=claim).exists():
            OutgoingMail.objects.filter(to__iexact=claim.work_address).delete()
        if claim.state == ClaimState.VERIFIED:
            queue.drop(item=claim.review)
        if claim.state in LIVE_CLAIM_STATES:
            claim_states.end(claim, ClaimState.WITHDRAWN)
        ReviewItem.objects.filter(claim=claim).update(question="", answer="", note="", reason="")
        Claim.objects.filter(pk=claim.pk).update(
            person=None,
            role="",
            department="",
            work_address=NOBODYS_ADDRESS,
            evidence="",
            reason="",
            note="",
            link_key="",
        )


def suggestions_of(person: User) -> list[dict[str, Any]]:
    """Return what the person has suggested, and what became of it."""
    suggestions = Submission.objects.filter(person=person).select_related("review").order_by("pk")
    return [
        {
            "kind": each.kind,
            "record": each.record,
            "proposed": each.proposed,
            "source": each.source,
            "comment": each.comment,
            "made_at": each.made_at,
            "state": each.review.state,
            "reason": each.review.reason,
            "question": each.review.question,
            "answer": each.review.answer,
        }
        for each in suggestions
    ]


def erase_suggestions(person: User) -> None:
    """Leave what was suggested, with its source, and nothing of who did and what they wrote.

    What waits for an answer of theirs waits for an editor again: nobody else could answer.
    """
    suggestions = Submission.objects.filter(person=person)
    items = ReviewItem.objects.filter(submission__in=suggestions)
    items.filter(state=ReviewState.ASKED_BACK).update(state=ReviewState.WAITING)
    items.update(question="", answer="", note="")
    # Why something was published is public; why it was not was written to the person alone.
    items.exclude(state__in=ACCEPTED).update(reason="")
    suggestions.update(person=None, comment="")


def tokens_of(person: User) -> list[dict[str, Any]]:
    """Return the person's access tokens; their secrets are kept nowhere."""
    tokens = AccessToken.objects.filter(person=person).select_related("city", "network")
    return [
        {
            "for": office_name(token.office),
            "name": token.name,
            "begins_with": f"citynet_{token.prefix}_",
            "made_at": token.made_at,
            "expires_at": token.expires_at,
            "last_used_at": token.last_used_at,
            "revoked_at": token.revoked_at,
        }
        for token in tokens.order_by("pk")
    ]


def erase_tokens(person: User) -> None:
    """Delete the person's access tokens: no program writes for an account that is gone."""
    AccessToken.objects.filter(person=person).delete()


def uploads_of(person: User) -> list[dict[str, Any]]:
    """Return the tables that the person handed in, row by row, and what became of them."""
    uploads = Upload.objects.filter(person=person).select_related("city", "network").order_by("pk")
    return [
        {
            "for": office_name(upload.office),
            "file_name": upload.file_name,
            "made_at": upload.made_at,
            "state": upload.state,
            "decided_at": upload.decided_at,
            "source": upload.source,
            "header": upload.header,
            "rows": [
                {"number": number, "cells": cells, "verdict": verdict}
                for number, cells, verdict in upload.rows.order_by("number").values_list(
                    "number", "cells", "verdict"
                )
            ],
        }
        for upload in uploads
    ]


def erase_uploads(person: User) -> None:
    """Delete the person's uploads; what was published of them stays the word of the office."""
    Upload.objects.filter(person=person).delete()
