"""What every request passes: an id for the log, a policy header, and refusal of what no database can read."""

import logging
import re
import uuid
from contextvars import ContextVar
from ipaddress import ip_address
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.urls import get_resolver

current_request_id = ContextVar("current_request_id", default="-")

UNREADABLE = re.compile("[\x00\ud800-\udfff]")
SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")  # what UTF-8 would make of one, if it were allowed to


class RequestIdFilter(logging.Filter):
    """Puts the id of the request at hand on every log record, ``-`` outside a request."""

    def filter(self, record):
        record.request_id = current_request_id.get()
        return True


class RequestIdMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = current_request_id.set(uuid.uuid4().hex)
        try:
            return self.get_response(request)
        finally:
            current_request_id.reset(token)


class PermissionsPolicyMiddleware:
    """A reading site asks for no camera, no microphone and no place."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        return response


class ReadableInputMiddleware:
    """400 for a NUL byte or a lone surrogate in the address or a cookie.

    PostgreSQL refuses both with an error that Django turns into a 500 wherever a view or the admin filters by them, or
    looks a session up. (A cookie can say NUL as ``"\\000"``. Forms check their own fields.)
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        texts = [request.path_info, *request.COOKIES.values()]
        if b"\0" in query or SURROGATE.search(query) or any(UNREADABLE.search(text) for text in texts):
            return get_resolver().resolve_error_handler(400)(request, exception=None)
        return self.get_response(request)


def sender_address(request):
    """The address of whoever sent ``request``.

    X-Forwarded-For is written by anybody; only the entries that our own proxies appended (``PROXY_COUNT`` of them,
    counted from the right) are believed, and only if they are addresses: PostgreSQL refuses to store anything else.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.PROXY_COUNT and len(forwarded) >= settings.PROXY_COUNT:
        try:
            return str(ip_address(forwarded[-settings.PROXY_COUNT].strip()))
        except ValueError:
            pass
    return request.META.get("REMOTE_ADDR", "")
