"""What the pages of all public records share."""

from django.http import HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.generic import View

from apps.content.page_cache import CachedPageMixin


class PublishedMixin(CachedPageMixin):
    """The rows of ``queryset`` that readers may see. A draft, a scheduled or a withdrawn record is a 404."""

    def get_queryset(self):
        return super().get_queryset().published()


class LanguageNegotiation(View):
    """``/`` leads to the start page in the language the browser asks for; nothing is kept about the reader."""

    def get(self, request):
        response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
        patch_vary_headers(response, ["Accept-Language"])
        return response
