"""What people and commands do beside a load, each with one call."""

import io
from typing import Any

from django.core.management import CommandError, call_command

from directory.history import change_set
from directory.models.choices import Origin


def by_people(**options: Any):
    """Open the change set of a correction from the web."""
    return change_set(origin=Origin.WEB, reason="A correction", **options)


def run(*arguments: str) -> tuple[str, str]:
    """Run a command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("load_package", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()
