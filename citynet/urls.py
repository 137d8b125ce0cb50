"""Root addresses: API and files in one language, pages in each of them, pages for errors."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    # Before the rest of the API, which answers for every address below its own.
    *i18n_patterns(path("api/", include("api.page_urls")), prefix_default_language=False),
    path("api/", include("api.urls")),
    path("", include("directory.web.linked_urls")),
    path("", include("directory.web.file_urls")),
    *i18n_patterns(
        path("account/", include("directory.web.account_urls")),
        path("corrections/", include("directory.web.correction_urls")),
        path("editors/", include("directory.web.editor_urls")),
        path("", include("directory.web.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "citynet.errors.bad_request"
handler403 = "directory.web.errors.forbidden"
handler404 = "directory.web.errors.not_found"
handler500 = "citynet.errors.server_error"
# Not one of Django's: django-allauth asks for it when a limit is reached.
handler429 = "directory.web.errors.too_many_requests"
