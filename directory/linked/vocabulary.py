"""Our own words, for what schema.org, SKOS, ORG, PROV and GeoNames have no word for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.linked.json_ld import Node, vocabulary_address, with_context


@dataclass(frozen=True)
class Term:
    """A word: its name, what it is said of, what its values are, and what it means."""

    name: str
    said_of: Promise
    values: Promise
    meaning: Promise


NETWORK, MEMBERSHIP = _("a network"), _("a membership")
STATEMENT, CITY = _("a statement"), _("a city")
WORD, YES_OR_NO = _("one word of a closed list"), _("true or false")
COUNT, YEAR = _("a whole number"), _("a year")

CLASSES = {"Statement": _("One voice saying one thing about one membership.")}
TERMS = [
    Term("status", NETWORK, WORD, _("Whether it is at work: active, dormant, ended, merged.")),
    Term("kind", NETWORK, WORD, _("What sort of body it is, such as association or charter.")),
    Term("scope", NETWORK, WORD, _("How far it reaches, such as global or national.")),
    Term("membersAre", NETWORK, WORD, _("Who may be a member, such as cities and regions.")),
    Term("joining", NETWORK, WORD, _("How a city becomes a member: open, application, and so on.")),
    Term("fee", NETWORK, WORD, _("Whether membership costs a fee: none, fee, unknown.")),
    Term("eligibility", NETWORK, _("text"), _("Who may join, in a sentence.")),
    Term("membersPage", NETWORK, _("an address"), _("The network's own list of members.")),
    Term("statedMembers", NETWORK, COUNT, _("The members that a source says it has.")),
    Term("statedMembersYear", NETWORK, YEAR, _("The year of which that source speaks.")),
    Term("statedMembersSource", NETWORK, _("an address"), _("Where that count stands.")),
    Term("listedMembers", NETWORK, COUNT, _("Its current member cities in this directory.")),
    Term("approximate", CITY, YES_OR_NO, _("True of coordinates that no gazetteer vouches for.")),
    Term(
        "ended",
        _("a city, a membership or a statement"),
        _("a year, or true"),
        _(
            "When a municipality ceased to be one; true of a membership that the city has left, "
            "when is not known."
        ),
    ),
    Term("founder", MEMBERSHIP, YES_OR_NO, _("Whether the city was among the founders.")),
    Term(
        "standing",
        _("a network or a membership"),
        WORD,
        _("How well it is known: confirmed, sourced, unverified, disputed."),
    ),
    Term("voice", STATEMENT, WORD, _("Who speaks: source, city, network, editor.")),
    Term("says", STATEMENT, WORD, _("What it says of the city: member, not a member.")),
    Term("sourceYear", STATEMENT, YEAR, _("The year of which the source speaks.")),
    Term("checked", STATEMENT, YES_OR_NO, _("Whether it was seen on the cited page.")),
    Term("writtenAs", STATEMENT, _("text"), _("The city's name in the source.")),
]


def vocabulary_document() -> Node:
    """Return the words as linked data."""
    address = vocabulary_address()
    about = {"rdfs:isDefinedBy": {"@id": address}}
    classes = [
        {"@id": f"cn:{name}", "@type": "rdfs:Class", **_explained(name, meaning), **about}
        for name, meaning in CLASSES.items()
    ]
    properties = [
        {"@id": f"cn:{t.name}", "@type": "rdf:Property", **_explained(t.name, t.meaning), **about}
        for t in TERMS
    ]
    ontology = {"@id": address, "@type": "owl:Ontology", "rdfs:label": "CityNet"}
    return with_context({"@graph": [ontology, *classes, *properties]})


def _explained(name: str, meaning: Promise) -> Node:
    return {"rdfs:label": name, "rdfs:comment": {"@language": "en", "@value": str(meaning)}}
