from pathlib import Path

import pytest

from directory.backup.writing import write_backup
from tests.directory.backup.system import make_system


@pytest.fixture
def system(db, tmp_path: Path) -> Path:
    """A folder beside a system with something in every kind of table."""
    make_system(tmp_path)
    return tmp_path


@pytest.fixture
def backup(system: Path) -> Path:
    """A backup of that system."""
    write_backup(system / "citynet.tar.gz")
    return system / "citynet.tar.gz"
