"""The pages of the API that people read: as all pages, in each language."""

from django.urls import path

from api.views.root import docs

urlpatterns = [
    path("docs/", docs, name="api-docs"),
    path("docs", docs),
]
