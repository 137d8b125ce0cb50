"""Where releases are kept: a folder, or an S3-compatible storage, read strictly."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from citynet import storages

BASE, DEFAULT = Path("/project"), Path("/project/var/releases")


def read(url):
    return storages.file_storage({"KEPT_AT": url}, "KEPT_AT", default=DEFAULT, base=BASE)


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("", DEFAULT),
        ("file:///var/kept", BASE / "var/kept"),
        ("file:////srv/kept", Path("/srv/kept")),
        ("file:///with%20blank", BASE / "with blank"),
    ],
)
def test_a_folder(url, folder):
    found = read(url)
    assert found["BACKEND"] == "django.core.files.storage.FileSystemStorage"
    assert found["OPTIONS"]["location"] == folder


def test_an_s3_storage_with_its_driver(monkeypatch):
    monkeypatch.setattr(storages, "find_spec", lambda name: name)
    found = read("s3://kept-files/citynet/?endpoint=https://s3.example&region=eu-1")
    assert found == {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "kept-files",
            "location": "citynet",
            "endpoint_url": "https://s3.example",
            "region_name": "eu-1",
            "default_acl": None,
        },
    }


def test_an_s3_storage_without_its_driver_says_what_to_install(monkeypatch):
    monkeypatch.setattr(storages, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"pip install django-storages"):
        read("s3://kept-files")


@pytest.mark.parametrize(
    "url",
    [
        *("var/releases", "file://", "file:///", "file://host/path", "file:///a?b=c", "ftp://a/b"),
        *("s3://", "s3://A_B", "s3://key:secret@kept", "s3://kept?colour=red", "s3://kept#part"),
        *("s3://kept?endpoint=s3.example", "http://[", "s3://kept?endpoint"),
    ],
)
def test_anything_else_is_refused_with_what_would_be_right(monkeypatch, url):
    monkeypatch.setattr(storages, "find_spec", lambda name: name)
    with pytest.raises(ImproperlyConfigured, match=r"KEPT_AT is not understood: use file:///var"):
        read(url)
