"""A view that returns the bytes of the note page, compressed as they are sent, from memory."""

import os
from pathlib import Path

from django.http import HttpResponse
from django.urls import re_path

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()
HEADERS = {"Content-Encoding": "gzip", "Content-Type": "text/html; charset=utf-8"}


def bare(request):
    return HttpResponse(BODY, headers=HEADERS)


urlpatterns = [re_path("", bare)]
