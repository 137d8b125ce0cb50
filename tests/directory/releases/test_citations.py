"""A release is cited by what reference managers read."""

import datetime
import json
import re
from dataclasses import replace

import bibtexparser
import pytest
import rispy
import yaml
from datacite import schema45

from directory.models import Release
from directory.releases import citations
from directory.releases.edition import Edition

URL = "https://citynet.example/data/releases/2026-11-28.r5/"


@pytest.fixture
def edition():
    return Edition(
        revision=5,
        day=datetime.date(2026, 11, 28),
        build="0.1.0",
        site="https://citynet.example",
        before=Release(version="2026-10-01.r2", revision=2),
    )


def test_in_a_text_it_has_author_year_title_version_and_address(edition):
    assert edition.citation == (
        "CityNet contributors (2026). CityNet: the open directory of city networks. "
        f"Release 2026-11-28.r5. {URL}"
    )


def test_the_citation_file_has_what_its_format_asks_for(edition):
    said = yaml.safe_load(citations.citation_cff(edition))
    assert {"cff-version", "message", "title", "authors"} <= said.keys()
    assert (said["cff-version"], said["type"]) == ("1.2.0", "dataset")
    assert (said["version"], said["date-released"]) == ("2026-11-28.r5", "2026-11-28")
    assert (said["url"], said["license"]) == (URL, "CC-BY-4.0")
    assert said["authors"] == [{"name": "CityNet contributors"}]


def test_bibtex_is_one_entry(edition):
    library = bibtexparser.parse_string(citations.bibtex(edition))
    assert library.failed_blocks == []
    [entry] = library.entries
    assert (entry.entry_type, entry.key) == ("misc", "citynet-2026-11-28.r5")
    said = {field.key: field.value.strip("{}") for field in entry.fields}
    assert said["author"] == "CityNet contributors"
    assert (said["year"], said["month"]) == ("2026", "nov")
    assert said["url"] == URL


def test_ris_is_one_data_set(edition):
    [said] = rispy.loads(citations.ris(edition))
    assert said["type_of_reference"] == "DATA"
    assert said["authors"] == ["CityNet contributors"]
    assert said["year"] == "2026"
    assert said["urls"] == [URL]


def test_csl_json_is_one_data_set(edition):
    [item] = json.loads(citations.csl_json(edition))
    assert (item["type"], item["URL"]) == ("dataset", URL)
    assert item["issued"] == {"date-parts": [[2026, 11, 28]]}
    assert item["author"] == [{"literal": "CityNet contributors"}]


def test_datacite_fits_the_schema_and_goes_over_into_its_xml(edition):
    for each in (edition, replace(edition, before=None)):
        said = json.loads(citations.datacite(each))
        assert [error.message for error in schema45.validator.iter_errors(said)] == []
        assert f'<alternateIdentifier alternateIdentifierType="URL">{URL}<' in schema45.tostring(
            said
        )


def test_datacite_says_what_the_release_is(edition):
    said = json.loads(citations.datacite(edition))
    assert said["alternateIdentifiers"][0]["alternateIdentifier"] == said["url"] == URL
    assert said["creators"][0]["name"] == "CityNet contributors"
    assert said["titles"][0]["title"]
    assert said["publisher"]["name"] == "CityNet"
    assert re.fullmatch("[0-9]{4}", said["publicationYear"])
    assert said["types"]["resourceTypeGeneral"] == "Dataset"


def test_datacite_says_that_there_is_no_doi_and_names_the_release_before(edition):
    said = json.loads(citations.datacite(edition))
    texts = {each["descriptionType"]: each["description"] for each in said["descriptions"]}
    assert texts["Abstract"].startswith("Who the city networks are")
    assert "has no DOI" in texts["Other"]
    assert "doi" not in said
    [related] = said["relatedIdentifiers"]
    assert related["relatedIdentifier"].endswith("/data/releases/2026-10-01.r2/")
    assert related["relationType"] == "IsNewVersionOf"
