"""The README of a release: what lies in the folder, for whoever finds it a year later."""

from collections.abc import Iterator

from directory.releases.citations import NO_DOI
from directory.releases.edition import ABSTRACT, LICENCE_TITLE, LICENCE_URL, TITLE
from directory.releases.frozen import Frozen


def read_me(frozen: Frozen) -> str:
    """Return the text, in Markdown."""
    return "\n".join(_lines(frozen)) + "\n"


def _lines(frozen: Frozen) -> Iterator[str]:
    edition = frozen.edition
    yield f"# {TITLE}"
    yield ""
    yield f"Release {edition.version}: {ABSTRACT}"
    yield ""
    yield f"- From {edition.url}"
    yield f"- The data of {edition.day.isoformat()}, revision {edition.revision}."
    yield f"- Licence: {LICENCE_TITLE}, {LICENCE_URL}."
    yield "- Places, coordinates and populations: GeoNames (CC BY 4.0). Regions: UN M49."
    yield f"- Cite it as: {edition.citation}"
    yield f"- {NO_DOI}"
    yield ""
    yield (
        "An empty cell means not known. `NA` is the code of Namibia and means nothing else: tell "
        'your tool so (`keep_default_na=False` in pandas, `na.strings = ""` in R). '
        "`datapackage.json` says what each column means. To see that no file is cut off: "
        "`sha256sum -c SHA256SUMS`, whose last line counts the files, as does `manifest.json`."
    )
    yield ""
    yield "| file | rows | what it is |"
    yield "|---|---:|---|"
    for file in frozen.files:
        rows = "" if file.rows is None else file.rows
        yield f"| {file.name} | {rows} | {file.description} |"
