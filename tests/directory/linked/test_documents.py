"""What documents say of records: names by language, dates as written, sources of statements."""

import json
import re

import pytest
from rdflib import DCTERMS, ORG, PROV, SKOS, XSD, Literal, URIRef

from directory.models.choices import MembershipStanding, Says, Voice
from tests.directory.linked.graphs import OWN, SCHEMA, SITE, read_both
from tests.factories import (
    make_city,
    make_focus_area,
    make_funder,
    make_label,
    make_membership,
    make_network,
    make_statement,
)

pytestmark = pytest.mark.django_db

EVIL = "</script><script>alert(1)</script><!--&"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def thing(path):
    return URIRef(f"{SITE}/id/{path}")


def of_page(client, path):
    """The linked data of a page."""
    (block,) = BLOCK.findall(client.get(path).content.decode())
    return json.loads(block)


def test_names_have_their_languages(client):
    city = make_city("bruxelles-be", country="BE", name="Bruxelles", wikidata="Q239")
    make_label(city, "nl", "Brussel")
    graph = read_both(client, "/cities/bruxelles-be")
    names = set(graph.objects(thing("city/bruxelles-be"), SCHEMA.alternateName))
    assert names == {Literal("Brussel", lang="nl")}
    same = graph.value(thing("city/bruxelles-be"), SCHEMA.sameAs)
    assert same == URIRef("https://www.wikidata.org/entity/Q239")


@pytest.mark.parametrize(
    ("written", "kind"),
    [("2019", XSD.gYear), ("2019-05", XSD.gYearMonth), ("2019-05-03", XSD.date)],
)
def test_dates_stay_as_exact_as_they_were_written(client, written, kind):
    membership = make_membership("north", "bergen-no", joined=written)
    graph = read_both(client, f"/memberships/{membership.public_id}")
    said = graph.value(thing(f"membership/{membership.public_id}"), SCHEMA.startDate)
    assert (str(said), said.datatype) == (written, kind)


def test_a_membership_names_who_says_so_and_where(client):
    membership = make_membership("north", "bergen-no", standing=MembershipStanding.DISPUTED)
    graph = read_both(client, f"/memberships/{membership.public_id}")
    subject = thing(f"membership/{membership.public_id}")
    assert graph.value(subject, ORG.member) == thing("city/bergen-no")
    assert graph.value(subject, ORG.organization) == thing("network/north")
    assert str(graph.value(subject, OWN.standing)) == "disputed"
    statements = set(graph.objects(subject, PROV.wasDerivedFrom))
    assert {graph.value(each, PROV.wasAttributedTo) for each in statements} == {
        thing("city/bergen-no"),
        thing("network/north"),
    }
    for each in statements:
        source = graph.value(each, PROV.hadPrimarySource)
        assert source == URIRef("https://example.org/members")
        assert graph.value(each, DCTERMS.created).datatype == XSD.date


def test_a_statement_that_denies_says_so(client):
    membership = make_membership("north", "bergen-no")
    make_statement(membership, voice=Voice.EDITOR, says=Says.NOT_A_MEMBER, source="")
    graph = read_both(client, f"/memberships/{membership.public_id}")
    assert list(graph.subjects(OWN.says, Literal("not a member")))


def test_a_merged_city_leads_to_the_one_that_took_it_in(client):
    make_city("old-no", successor=make_city("new-no"), ended=2020)
    old, new = thing("city/old-no"), thing("city/new-no")
    assert (old, DCTERMS.isReplacedBy, new) in read_both(client, "/cities/old-no")
    assert (new, DCTERMS.replaces, old) in read_both(client, "/cities/new-no")


def test_focus_areas_are_a_tree_of_concepts(client):
    parent = make_focus_area("inclusion")
    area = make_focus_area("womens-safety", parent=parent, synonyms=["safe cities"])
    make_label(area, "fr", "Sécurité des femmes", synonyms=["féminicide"])
    make_network("safe", focus_areas=["womens-safety"])
    graph = read_both(client, "/focus-areas/womens-safety")
    area = thing("focus-area/womens-safety")
    assert graph.value(area, SKOS.broader) == thing("focus-area/inclusion")
    assert set(graph.objects(area, SKOS.altLabel)) == {
        Literal("safe cities", lang="en"),
        Literal("féminicide", lang="fr"),
    }
    assert (thing("network/safe"), SCHEMA.knowsAbout, area) in graph


def test_a_funder_names_the_networks_that_it_pays_for(client):
    make_network("north", funders=["fund"])
    graph = read_both(client, "/funders/fund")
    assert (thing("network/north"), SCHEMA.funder, thing("funder/fund")) in graph


def test_an_address_that_rdf_cannot_hold_is_escaped(client):
    make_network("north", sources=["https://example.org/a|b?c={d}"])
    graph = read_both(client, "/networks/north")
    cited = graph.value(thing("network/north"), SCHEMA.citation)
    assert cited == URIRef("https://example.org/a%7Cb?c=%7Bd%7D")


def test_no_name_ends_the_script_that_holds_it(client):
    make_network("evil", name=EVIL, summary=EVIL, aliases=[EVIL], funders=[make_funder(name=EVIL)])
    make_city("evil-no", name=EVIL)
    membership = make_membership("evil", "evil-no")
    assert of_page(client, "/networks/evil/")["name"] == EVIL
    assert of_page(client, "/cities/evil-no/")["name"] == EVIL
    page = of_page(client, f"/memberships/{membership.public_id}/")
    assert page["org:member"]["name"] == EVIL
    for path in ("/networks/evil/", "/cities/evil-no/"):
        assert "<script>alert" not in client.get(path).content.decode()


def test_a_page_says_what_its_file_says_but_for_the_long_lists(client):
    make_membership("north", "bergen-no")
    for path in ("/networks/north", "/cities/bergen-no"):
        in_page, file = of_page(client, f"{path}/"), client.get(f"{path}.jsonld").json()
        assert in_page.items() <= file.items()
        assert file.keys() - in_page.keys() <= {"member"}
