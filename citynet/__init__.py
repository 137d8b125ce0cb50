"""Wiring of the CityNet site: settings, root addresses, the WSGI entry point. No rules live
here.
"""

__version__ = "1.0.0"
