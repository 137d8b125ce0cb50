"""The catalogue holds what DCAT-AP 3 asks for, of the living data and of each release."""

import datetime
from dataclasses import dataclass, field

import pytest
from rdflib import DCTERMS, FOAF, RDF, XSD, Graph, Literal, Namespace, URIRef

from directory.downloads.columns import COLUMN_SETS
from directory.linked.catalogue import catalogue
from directory.linked.dataset import dataset_document, live_distributions
from directory.linked.turtle import turtle
from tests.directory.linked.graphs import SITE
from tests.factories import make_membership

pytestmark = pytest.mark.django_db

# Those of DCAT 3; rdflib knows DCAT 2.
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
LIVING = URIRef(f"{SITE}/data/#dataset")
# Mandatory, and of those recommended all that a harvester shows (DCAT-AP 3.0).
ASKED_FOR = {
    DCAT.Catalog: {DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license},
    DCAT.Dataset: {
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.publisher,
        DCTERMS.spatial,
        DCTERMS.accrualPeriodicity,
        DCAT.contactPoint,
        DCAT.keyword,
        DCAT.theme,
        DCAT.distribution,
    },
    DCAT.Distribution: {DCAT.accessURL, DCAT.mediaType, DCTERMS.license, DCTERMS.title},
    DCAT.DataService: {DCTERMS.title, DCAT.endpointURL},
    FOAF.Agent: {FOAF.name},
}


@dataclass
class File:
    name: str = "cities.csv"
    description: str = "Cities"
    media_type: str = "text/csv"
    size: int = 123
    sha256: str = "ab" * 32

    def get_absolute_url(self):
        return f"/data/releases/2026-12-01/{self.name}"


class Files(list):
    def all(self):
        return self


@dataclass
class Release:
    version: str = "2026-12-01"
    made_on: datetime.date = datetime.date(2026, 12, 1)
    files: Files = field(default_factory=lambda: Files([File()]))

    def get_absolute_url(self):
        return f"/data/releases/{self.version}/"


def graph_of(document):
    return Graph().parse(data=turtle(document), format="turtle")


@pytest.mark.parametrize("releases", [[], [Release()]], ids=["none yet", "one"])
def test_everything_has_what_harvesters_ask_for(releases):
    make_membership(joined="1995")
    graph = graph_of(catalogue(releases=releases))
    for kind, asked in ASKED_FOR.items():
        found = set(graph.subjects(RDF.type, kind))
        assert found, kind
        for each in found:
            assert asked <= set(graph.predicates(each)), each


def test_the_living_data_say_since_when_and_when_they_changed_last():
    make_membership(joined="1995-03")
    make_membership(joined="2001")
    graph = graph_of(catalogue())
    period = graph.value(LIVING, DCTERMS.temporal)
    assert graph.value(period, DCAT.startDate) == Literal("1995-03", datatype=XSD.gYearMonth)
    assert graph.value(LIVING, DCTERMS.modified).datatype == XSD.dateTime
    assert str(graph.value(LIVING, DCAT.version)).isdecimal()


def test_an_empty_directory_has_a_catalogue():
    assert (LIVING, RDF.type, DCAT.Dataset) in graph_of(catalogue())


def test_a_release_is_a_version_of_the_living_data_with_its_checksums():
    graph = graph_of(catalogue(releases=[Release()]))
    release = URIRef(f"{SITE}/data/releases/2026-12-01/#dataset")
    assert (LIVING, DCAT.hasVersion, release) in graph
    assert graph.value(release, DCTERMS.issued) == Literal("2026-12-01", datatype=XSD.date)
    (file,) = graph.objects(release, DCAT.distribution)
    assert graph.value(file, DCAT.byteSize).toPython() == 123
    checksum = graph.value(file, SPDX.checksum)
    assert str(graph.value(checksum, SPDX.checksumValue)) == "ab" * 32


def test_lists_can_be_had_in_every_format_and_with_coordinates_on_a_map():
    addresses = [each.address for each in live_distributions()]
    assert f"{SITE}/api/v1/networks.csv" in addresses
    assert f"{SITE}/api/v1/cities.geojson" in addresses
    assert f"{SITE}/api/v1/funders.geojson" not in addresses
    assert len(addresses) == len(set(addresses))
    assert {f"{SITE}/api/v1/{name}.csv" for name in COLUMN_SETS} <= set(addresses)


def test_a_media_type_is_one_that_registers_know():
    release = Release(files=Files([File(media_type="text/csv; charset=utf-8")]))
    graph = graph_of(catalogue(releases=[release]))
    types = {str(found) for found in graph.objects(None, DCAT.mediaType)}
    assert "https://www.iana.org/assignments/media-types/text/csv" in types
    assert not any(set("; ") & set(found) for found in types)


def test_search_engines_of_data_find_the_same():
    node = dataset_document(distributions=live_distributions(), releases=[Release()])
    assert node["@type"] == "Dataset"
    assert {each["contentUrl"] for each in node["distribution"]} == {
        each.address for each in live_distributions()
    }
    (part,) = node["hasPart"]
    assert part["version"] == "2026-12-01"
    assert part["distribution"][0]["sha256"] == "ab" * 32


def test_costs_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        catalogue()
