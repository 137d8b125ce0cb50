"""Imports point down only (DESIGN.md, Layers)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# From the bottom up; faces of the same level never import each other.
LAYERS = [
    ("directory.models",),
    ("directory.accounts",),
    ("directory.history",),
    ("directory.gazetteer",),
    ("directory.search",),
    ("directory.matching",),
    ("directory.datapackage",),
    ("directory.insights",),
    ("directory.downloads",),
    ("directory.releases",),
    ("directory.linked",),
    ("directory.reconciliation",),
    ("directory.backup", "directory.integrity"),
    ("directory.registration",),
    ("api", "directory.web"),
    ("citynet",),
]
HEIGHT = {package: height for height, layer in enumerate(LAYERS) for package in layer}
# What starts an app or a command stands above the layers that it ties together.
FILES = sorted(
    path
    for path in [*ROOT.glob("directory/*/**/*.py"), *ROOT.glob("api/**/*.py")]
    if not {"migrations", "management"} & set(path.parts)
)


def package_of(module: str) -> str | None:
    return next((name for name in HEIGHT if f"{module}.".startswith(f"{name}.")), None)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_from_its_own_package_and_from_below(path):
    own = package_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
    assert own, "a new package: give it its place among the layers"
    others = {package_of(module) for module in imported(path)} - {None, own}
    assert [other for other in sorted(others) if HEIGHT[other] >= HEIGHT[own]] == []
