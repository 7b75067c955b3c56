"""Pages that are the same for every reader, kept until anything that readers see changes."""

import gzip
import hashlib
import re

from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from apps.content.vocabulary import vocabulary

# A page is found only under the version it was made at; this is when one that nobody asks for any more goes.
CACHE_SECONDS = 600
ACCEPTS_GZIP = re.compile(r"\bgzip\b")


class CachedPageMixin:
    """A view whose answer depends on its address and on nothing about who asks.

    Kept in the cache as it is and compressed. An address with a query is not kept: anybody can invent those.
    """

    def get(self, request, *args, **kwargs):
        # Inside a transaction a version may never become true; a page kept under it would be wrong later.
        if request.GET or connection.in_atomic_block:
            return super().get(request, *args, **kwargs)
        key = "page:" + hashlib.sha256(f"{vocabulary().version}|{request.path}".encode()).hexdigest()
        kept = cache.get(key)
        if kept is None:
            content = super().get(request, *args, **kwargs).render().content
            kept = content, gzip.compress(content, 6, mtime=0)
            cache.set(key, kept, CACHE_SECONDS)
        return _answer(request, *kept)


def _answer(request, content, compressed):
    packed = ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(compressed if packed else content)
    if packed:
        # Without the random padding of Django's middleware (against BREACH): nothing on these pages is secret.
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
