"""Migrations of a version that is out are never touched again: databases have run them."""

import hashlib
from pathlib import Path

import directory

RELEASED = Path(__file__).with_name("released_migrations.sha256")
ROOT = Path(directory.__file__).parent.parent


def test_what_was_released_is_as_it_was():
    lines = RELEASED.read_text(encoding="ascii").splitlines()
    assert lines
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == digest, name
