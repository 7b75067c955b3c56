"""Every address outside the admin, found by walking the urlconf: a new page is tested and measured unasked."""

import gzip
import re
import uuid
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import URLResolver, get_resolver, reverse
from django.utils.translation import override

from apps.topics.models import Topic

ANY_VALUE = {"IntConverter": 1, "UUIDConverter": uuid.UUID(int=1)}


def public_patterns(resolver=None, namespace="", converters=()):
    """(name, view, converters) of every named address: ``("topics:detail", <view>, {"slug": <SlugConverter>})``."""
    for pattern in (resolver or get_resolver()).url_patterns:
        known = {**dict(converters), **pattern.pattern.converters}
        if not isinstance(pattern, URLResolver):
            if pattern.name:
                yield f"{namespace}{pattern.name}", pattern.callback, known
        elif str(pattern.pattern) != "admin/":
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from public_patterns(pattern, inside, known)


def public_addresses(language="en"):
    """``{name: address}``; a slug is that of a public record of the view's model, or of a note if it names none."""
    with override(language):
        return {name: reverse(name, kwargs=_values(view, known)) for name, view, known in public_patterns()}


def _values(view, converters):
    return {argument: _value(view, argument, converter) for argument, converter in converters.items()}


def _value(view, argument, converter):
    if argument != "slug":
        return ANY_VALUE.get(type(converter).__name__, "any")
    model = getattr(getattr(view, "view_class", None), "model", None) or Topic
    return model.objects.published().values_list("slug", flat=True).first() or "any"


def transferred_bytes(client, address):
    """What a first visit to ``address`` costs a reader: the page and its stylesheets, compressed as they are sent."""
    page = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip", address
    stylesheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', gzip.decompress(page.content).decode())
    return len(page.content) + sum(_compressed_stylesheet(path) for path in stylesheets)


def _compressed_stylesheet(path):
    name = re.sub(r"\.[0-9a-f]{12}\.css$", ".css", path.removeprefix(settings.STATIC_URL))
    return len(gzip.compress(Path(finders.find(name)).read_bytes(), mtime=0))
