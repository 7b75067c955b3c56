"""What the pages of all public records share."""

from django.http import HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.generic import View

from apps.content.page_cache import CachedPageMixin


class PublishedMixin(CachedPageMixin):
    """The rows that readers may see, and what their page shows of them. A draft or a scheduled record is a 404."""

    def get_queryset(self):
        return self.with_page(super().get_queryset().published())

    def with_page(self, rows):
        """``rows`` with all that the page shows; asked at each request, since it depends on language and time."""
        return rows


class LanguageNegotiation(View):
    """``/`` leads to the start page in the language the browser asks for; nothing is kept about the reader."""

    def get(self, request):
        response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
        patch_vary_headers(response, ["Accept-Language"])
        return response
