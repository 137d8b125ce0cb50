"""WSGI entry point: what a production server such as granian is pointed at."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citynet.settings")

application = get_wsgi_application()
