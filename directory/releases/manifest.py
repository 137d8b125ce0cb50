"""What proves that a release is whole: the manifest with its end marker, and the checksums."""

import json
import platform
import sqlite3
import zlib
from importlib import metadata
from typing import Any

from directory.releases.edition import LICENCE_URL, PUBLISHER
from directory.releases.frozen import Frozen

FORMAT, FORMAT_VERSION = "citynet-release", 1
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
LIBRARIES = ("Django", "orjson", "pyarrow", "rustworkx")
"""Distributions that shape the bytes of files."""


def manifest_of(frozen: Frozen) -> str:
    """Return ``manifest.json``: every file before it, and last the mark that nothing follows."""
    edition = frozen.edition
    said: dict[str, Any] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "release": edition.version,
        "date": edition.day.isoformat(),
        "revision": edition.revision,
        "before": edition.before.version if edition.before else None,
        "url": edition.url,
        "publisher": PUBLISHER,
        "licence": LICENCE_URL,
        "build": edition.build,
        "made_with": made_with(),
        "rows": frozen.rows,
        "files": [
            {
                "name": file.name,
                "description": file.description,
                "media_type": file.media_type,
                "bytes": file.size,
                "sha256": file.sha256,
                "rows": file.rows,
            }
            for file in frozen.files
        ],
        "end": f"{FORMAT} {edition.version}",
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def sums_of(frozen: Frozen) -> str:
    """Return ``SHA256SUMS`` as ``sha256sum -c`` reads it, with a mark for its own end."""
    lines = [f"{file.sha256}  {file.name}" for file in frozen.files]
    return "\n".join([*lines, f"# end of {frozen.edition.version}: {len(lines)} files"]) + "\n"


def made_with() -> dict[str, str]:
    """Return the versions of what writes the files: the same ones write the same bytes."""
    found = {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    for name in LIBRARIES:
        try:
            found[name.lower()] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
