"""Recording what the API answers anew, into files of the repository: ``RECORD=1 pytest …``."""

import os

import pytest


def is_recording() -> bool:
    """Whether the answers are to be written down instead of compared."""
    return bool(os.environ.get("RECORD"))


def refuse_several_workers() -> None:
    """Fail where several processes run the tests: each would write down its own share alone."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        pytest.fail("RECORD=1 writes one file: run it without -n (or with -n0).", pytrace=False)
