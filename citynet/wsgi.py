"""WSGI entry point: what a production server such as granian is pointed at."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citynet.settings")

application = get_wsgi_application()
# Read now what lies behind all addresses: who asks a new worker first need not wait for it.
resolve("/")
