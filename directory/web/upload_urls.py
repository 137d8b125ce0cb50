"""Addresses of bulk uploads of one office."""

from django.urls import path, re_path

from directory.web.views import uploads

urlpatterns = [
    path("", uploads.uploads, name="uploads"),
    re_path(r"^sample\.(?P<kind>csv|xlsx)$", uploads.sample, name="upload-sample"),
    path("<uuid:key>/", uploads.upload, name="upload"),
    path("<uuid:key>/choose/", uploads.choose, name="upload-choose"),
    path("<uuid:key>/confirm/", uploads.confirm, name="upload-confirm"),
    path("<uuid:key>/discard/", uploads.discard, name="upload-discard"),
    path("<uuid:key>/errors/", uploads.errors, name="upload-file"),
]
