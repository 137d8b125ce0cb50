"""How a release is cited: the formats that reference managers and repositories read."""

import json
from typing import Any

from directory.releases.edition import (
    ABSTRACT,
    AUTHOR,
    KEYWORDS,
    LICENCE_NAME,
    LICENCE_TITLE,
    LICENCE_URL,
    PUBLISHER,
    TITLE,
    Edition,
)

NO_DOI = "This release has no DOI; its identifier is the address of its page."


def citation_cff(edition: Edition) -> str:
    """Return ``CITATION.cff`` (Citation File Format 1.2.0); JSON strings are YAML strings."""
    fields: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this release, please cite it with its version.",
        "type": "dataset",
        "title": TITLE,
        "abstract": ABSTRACT,
        "authors": [{"name": AUTHOR}],
        "version": edition.version,
        "date-released": edition.day.isoformat(),
        "url": edition.url,
        "license": LICENCE_NAME,
        "keywords": list(KEYWORDS),
    }
    return "".join(f"{name}: {_yaml(value)}\n" for name, value in fields.items())


def bibtex(edition: Edition) -> str:
    """Return the entry for BibTeX and BibLaTeX; ``@misc`` is known to every style."""
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{TITLE}}}",
        "year": str(edition.day.year),
        "month": f"{edition.day:%b}".lower(),
        "version": edition.version,
        "publisher": PUBLISHER,
        "url": edition.url,
        "note": f"Release {edition.version}, {LICENCE_NAME}",
    }
    # A month stands bare: BibTeX knows its three letters as a name in each style's language.
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'}"
        for name, value in fields.items()
    ]
    return f"@misc{{citynet-{edition.version},\n" + ",\n".join(lines) + "\n}\n"


def ris(edition: Edition) -> str:
    """Return the record in the RIS format, for EndNote, Zotero, Mendeley."""
    fields = [
        ("TY", "DATA"),
        ("AU", AUTHOR),
        ("TI", TITLE),
        ("AB", ABSTRACT),
        ("PY", str(edition.day.year)),
        ("DA", f"{edition.day:%Y/%m/%d}"),
        ("ET", edition.version),
        ("PB", PUBLISHER),
        ("UR", edition.url),
        ("N1", f"{LICENCE_TITLE}, {LICENCE_URL}"),
        *(("KW", keyword) for keyword in KEYWORDS),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in fields)


def csl_json(edition: Edition) -> str:
    """Return the item in CSL-JSON, as Zotero and pandoc read it."""
    day = edition.day
    item = {
        "id": f"citynet-{edition.version}",
        "type": "dataset",
        "title": TITLE,
        "abstract": ABSTRACT,
        "author": [{"literal": AUTHOR}],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": edition.version,
        "publisher": PUBLISHER,
        "URL": edition.url,
        "license": LICENCE_URL,
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def datacite(edition: Edition) -> str:
    """Return the metadata as the JSON of DataCite's schema 4.5; without a DOI, which it says."""
    metadata = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "alternateIdentifiers": [
            {"alternateIdentifier": edition.url, "alternateIdentifierType": "URL"}
        ],
        "url": edition.url,
        "creators": [{"name": AUTHOR, "nameType": "Organizational"}],
        "titles": [{"title": TITLE, "lang": "en"}],
        "publisher": {"name": PUBLISHER},
        "publicationYear": str(edition.day.year),
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Data release"},
        "version": edition.version,
        "language": "en",
        "subjects": [{"subject": keyword} for keyword in KEYWORDS],
        "dates": [{"date": edition.day.isoformat(), "dateType": "Issued"}],
        "rightsList": [
            {
                "rights": LICENCE_TITLE,
                "rightsUri": LICENCE_URL,
                "rightsIdentifier": LICENCE_NAME.lower(),
                "rightsIdentifierScheme": "SPDX",
            }
        ],
        "descriptions": [
            {"description": ABSTRACT, "descriptionType": "Abstract", "lang": "en"},
            {"description": NO_DOI, "descriptionType": "Other", "lang": "en"},
        ],
    }
    if edition.before:
        metadata["relatedIdentifiers"] = [
            {
                "relatedIdentifier": f"{edition.site}/data/releases/{edition.before.version}/",
                "relatedIdentifierType": "URL",
                "relationType": "IsNewVersionOf",
            }
        ]
    return json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"


def _yaml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
