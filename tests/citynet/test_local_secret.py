"""The secret of a local installation: made once, kept private, one for all processes."""

import multiprocessing
import stat

import pytest

from citynet import local_secret


def test_made_once_and_kept(tmp_path):
    path = tmp_path / "var" / "secret_key"
    first = local_secret.read_or_create(path)
    assert len(first) >= 50
    assert local_secret.read_or_create(path) == first
    assert [item.name for item in path.parent.iterdir()] == ["secret_key"]


def test_readable_by_its_owner_alone(tmp_path):
    path = tmp_path / "secret_key"
    local_secret.read_or_create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_installations_differ(tmp_path):
    assert local_secret.read_or_create(tmp_path / "a") != local_secret.read_or_create(
        tmp_path / "b"
    )


def test_damaged_file_is_refused_with_a_remedy(tmp_path):
    path = tmp_path / "secret_key"
    path.write_text("short")
    with pytest.raises(ValueError, match=r"secret_key.*delete it"):
        local_secret.read_or_create(path)


def test_processes_that_start_together_agree(tmp_path):
    path = tmp_path / "secret_key"
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        secrets = pool.map(local_secret.read_or_create, [path] * 16)
    assert len(set(secrets)) == 1
