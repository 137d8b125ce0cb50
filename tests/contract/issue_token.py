"""Prints an access token of an office, for the program that checks the API's contract.

For the throwaway database of `.ci/contract` alone, with the environment of its server.
"""

import os
import sys

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "citynet.settings"
    django.setup()

    from directory.models import City
    from tests.api.writing.programs import program_for

    secret = program_for(City.objects.get(slug="bergen-no")).secret
    sys.stdout.write(secret)
