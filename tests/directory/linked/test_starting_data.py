"""On the starting data every kind of document can be read, and uses no word that is unexplained."""

import pytest
from rdflib import RDF, Literal, URIRef

from directory.linked.vocabulary import CLASSES, TERMS
from tests.directory.linked.graphs import OWN, SCHEMA, SITE, read_both

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]

# Records that between them have everything that a document can tell, with the queries it takes.
DOCUMENTS = {
    "/networks/eurocities": 9,
    "/networks/100-resilient-cities": 9,
    "/networks/unesco-creative-cities-network": 9,
    "/cities/barcelona-es": 4,
    "/cities/aa-en-hunze-nl": 4,
    "/focus-areas/inclusion": 5,
    "/funders/european-commission": 3,
    "/countries/us": 4,
    "/memberships/m00001": 3,
}


@pytest.mark.parametrize("address", [*DOCUMENTS, "/data/vocabulary", "/data/catalog"])
def test_both_formats_hold_the_same_triples_and_only_good_addresses(client, address):
    graph = read_both(client, address)
    for triple in graph:
        for term in triple:
            if isinstance(term, URIRef):
                assert str(term).startswith(("http://", "https://")), term
                assert not set(term) & set(' <>"{}|\\^`'), term


@pytest.mark.parametrize("address", DOCUMENTS)
def test_takes_a_known_number_of_queries(client, address, django_assert_num_queries):
    client.get(f"{address}.ttl")
    with django_assert_num_queries(DOCUMENTS[address]):
        client.get(f"{address}.ttl")


def test_every_word_of_our_own_is_explained(client):
    used = {
        str(term).removeprefix(str(OWN))
        for address in DOCUMENTS
        for triple in read_both(client, address)
        for term in triple
        if str(term).startswith(str(OWN))
    }
    explained = {term.name for term in TERMS} | set(CLASSES)
    assert {"standing", "Statement", "approximate", "statedMembers"} <= used <= explained
    page = client.get("/data/vocabulary/").content.decode()
    for name in explained:
        assert f'id="{name}"' in page
        assert (OWN[name], None, None) in read_both(client, "/data/vocabulary")


def test_a_city_is_the_one_of_geonames_and_lies_in_its_country(client):
    graph = read_both(client, "/cities/barcelona-es")
    city = URIRef(f"{SITE}/id/city/barcelona-es")
    assert (city, RDF.type, SCHEMA.City) in graph
    assert (city, SCHEMA.sameAs, URIRef("https://sws.geonames.org/3128760/")) in graph
    where = graph.value(city, SCHEMA.geo)
    assert float(graph.value(where, SCHEMA.latitude)) == pytest.approx(41.38879)
    division = graph.value(city, SCHEMA.containedInPlace)
    country = graph.value(division, SCHEMA.containedInPlace)
    assert country == URIRef(f"{SITE}/id/country/es")
    assert len(set(graph.objects(city, SCHEMA.memberOf))) == 71


def test_coordinates_that_no_gazetteer_vouches_for_say_so(client):
    graph = read_both(client, "/cities/aa-en-hunze-nl")
    assert list(graph.subjects(OWN.approximate, Literal(True)))


def test_a_network_tells_listed_members_from_stated_ones(client):
    graph = read_both(client, "/networks/eurocities")
    network = URIRef(f"{SITE}/id/network/eurocities")
    listed = graph.value(network, OWN.listedMembers).toPython()
    assert listed == len(set(graph.objects(network, SCHEMA.member)))
    assert graph.value(network, OWN.statedMembers).toPython() == 200
    assert graph.value(network, SCHEMA.foundingDate).n3().startswith('"1986"')
