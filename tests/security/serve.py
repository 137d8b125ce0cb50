"""The real server with one worker and nothing beside it, for test_server.py alone."""

import os

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()

    from citynet.serve import serve

    serve(workers=1)
