"""The data package of a release: its descriptor with checksums, and all of it as one .zip."""

import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from directory.datapackage.descriptor import descriptor
from directory.releases.frozen import Frozen

NAME = "citynet.zip"


def descriptor_of(frozen: Frozen) -> str:
    """Return ``datapackage.json`` of the release: version, address, and a sum for each table."""
    edition = frozen.edition
    described: dict[str, Any] = descriptor()
    described |= {
        "version": edition.version,
        "created": f"{edition.day.isoformat()}T00:00:00Z",
        "homepage": edition.url,
    }
    for resource in described["resources"]:
        file = frozen.file(resource["path"])
        resource |= {"bytes": file.size, "hash": f"sha256:{file.sha256}"}
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def write_zip(path: Path, files: Iterable[Path], *, day: tuple[int, int, int]) -> None:
    """Write the files into a .zip that is the same bytes whenever and wherever it is made."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files:
            member = zipfile.ZipInfo(file.name, date_time=(*day, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o100644 << 16
            archive.writestr(member, file.read_bytes())
