"""The real server with allowances that nobody uses up, for `.ci/contract` alone."""

import os

import django

from citynet.serve import main

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "citynet.settings"
    django.setup()

    from directory.accounts import limits

    # Before the workers are forked.
    limits.LIMITS = dict.fromkeys(limits.LIMITS, "1000000/min")
    main()
