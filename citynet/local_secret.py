"""Keeps the secret of a local installation in a file, so that trying CityNet takes no set-up and
sessions last.
"""

import contextlib
import os
import tempfile
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def read_or_create(path: Path) -> str:
    """The secret kept in `path`, made at random the first time, readable by the owner alone.

    Processes that start at the same moment all return the same secret: the file appears complete
    or not at all, and the first one to put it in place wins. Raises OSError when the folder cannot
    be written.
    """
    with contextlib.suppress(FileNotFoundError):
        return _read(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp gives mode 0600 from the first byte; link, unlike rename, fails when the name is
    # taken.
    handle, draft = tempfile.mkstemp(prefix=".secret_key.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(get_random_secret_key() + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
    return _read(path)


def _read(path: Path) -> str:
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < 50:
        raise ValueError(
            f"{path} holds no usable secret: delete it and start again to have a new one made."
        )
    return secret
