#!/usr/bin/env python
"""Command line of the site: `python manage.py help` lists what it can do."""

import os
import sys


def main() -> None:
    """Hand the arguments over to Django with CityNet's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citynet.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
