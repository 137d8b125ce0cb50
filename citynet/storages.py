"""Reads from the environment where files are kept that are no part of the database: releases."""

import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from citynet import environment

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)


def file_storage(env: Mapping[str, str], name: str, *, default: Path, base: Path) -> dict[str, Any]:
    """Django's description of the file storage that a URL names, or of the default folder.

    A relative folder counts from `base`. The keys of an S3-compatible storage come from where its
    driver looks for them itself (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), never from the URL.
    """
    rule = (
        f"{name} is not understood: use file:///var/releases (from the project's folder), "
        "file:////absolute/path or s3://bucket/prefix?endpoint=https://s3.example&region=eu-1."
    )
    url = environment.text(env, name)
    if not url:
        return _folder_storage(default)
    try:
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError as error:
        raise ImproperlyConfigured(rule) from error
    path = unquote(parts.path).removeprefix("/")
    if parts.scheme == "file" and path and not (parts.netloc or options or parts.fragment):
        return _folder_storage(base / path)
    endpoint, region = options.pop("endpoint", None), options.pop("region", None)
    known = parts.scheme == "s3" and _BUCKET.fullmatch(parts.netloc) and not parts.fragment
    if not known or options or (endpoint and not endpoint.startswith(("https://", "http://"))):
        raise ImproperlyConfigured(rule)
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ImproperlyConfigured(
            f"{name} names an S3 storage, whose driver is not installed: .venv/bin/pip install "
            "django-storages==1.14.6 boto3==1.44.8, or leave it out to keep releases in a folder."
        )
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "location": path.strip("/"),
            "endpoint_url": endpoint,
            "region_name": region,
            "default_acl": None,
        },
    }


def _folder_storage(folder: Path) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder, "file_permissions_mode": 0o644},
    }
