"""What is running, where nobody has said so: a digest of all that makes a page."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

MADE_OF = ("api", "citynet", "directory", "templates", "static", "requirements.txt")
# What Python and people leave beside the files that count.
PASSED_OVER = {"__pycache__", "migrations", "management"}


def digest_of_code(project: Path) -> str:
    """Return a digest that changes with any file that a page is made of.

    The same on every machine that has the same files, so that several may serve one site. Takes
    some hundredths of a second.
    """
    digest = hashlib.sha256()
    for path in _files(project):
        digest.update(f"{path.relative_to(project)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files(project: Path) -> Iterator[Path]:
    for name in MADE_OF:
        part = project / name
        found = sorted(part.rglob("*")) if part.is_dir() else [part]
        for path in found:
            is_compiled = path.suffix == ".mo"
            parts = set(path.relative_to(project).parts)
            if path.is_file() and not is_compiled and not PASSED_OVER & parts:
                yield path
