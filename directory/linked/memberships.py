"""Memberships as linked data, each with the statements that it rests on (ORG, PROV)."""

from django.conf import settings

from directory.linked.json_ld import (
    Node,
    date,
    in_one_language,
    known,
    reference,
    web_address,
    with_context,
)
from directory.linked.names import named_city, named_network
from directory.linked.pages import page_of
from directory.linked.things import thing
from directory.models import City, Membership, Network, Statement
from directory.models.choices import Voice


@in_one_language
def membership_document(membership: Membership) -> Node:
    """Return a membership read with its names and its statements."""
    statements = list(membership.statements.all())
    return with_context(
        {"@type": ["OrganizationRole", "org:Membership"], "@id": thing(membership)}
        | known(
            {
                "org:member": named_city(membership.city),
                "org:organization": named_network(membership.network),
                "roleName": membership.role,
                "cn:founder": membership.founder,
                "startDate": date(membership.joined),
                "endDate": date(membership.left),
                "cn:ended": membership.ended or None,
                "cn:standing": membership.standing,
                "citation": _sources(statements),
                "prov:wasDerivedFrom": [_statement(membership, each) for each in statements],
            }
        )
        | page_of(membership)
    )


def _sources(statements: list[Statement]) -> list[str]:
    return list(dict.fromkeys(web_address(each.source) for each in statements if each.source))


def _statement(membership: Membership, statement: Statement) -> Node:
    """Return a statement; its address leads to its place on the membership's page."""
    page = f"{settings.SITE_URL}{membership.get_absolute_url()}"
    speaker = _speaker(membership, statement.voice)
    return {
        "@type": ["cn:Statement", "prov:Entity"],
        "@id": f"{page}#{statement.public_id}",
        **known(
            {
                "cn:voice": statement.voice,
                "cn:says": statement.says,
                "startDate": date(statement.joined),
                "endDate": date(statement.left),
                "cn:ended": statement.ended or None,
                "prov:wasAttributedTo": {"@id": thing(speaker)} if speaker else None,
                "prov:hadPrimarySource": reference(statement.source) if statement.source else None,
                "cn:sourceYear": date(statement.source_year),
                "cn:checked": statement.checked,
                "cn:writtenAs": statement.written_as,
                "dct:created": date(statement.made.isoformat()),
            }
        ),
    }


def _speaker(membership: Membership, voice: str) -> City | Network | None:
    """Return who speaks, where it is one of the two that the membership is about."""
    return {Voice.CITY: membership.city, Voice.NETWORK: membership.network}.get(Voice(voice))
