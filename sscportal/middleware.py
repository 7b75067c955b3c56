"""What every request passes: an id for the log, a policy header, and refusal of what no database can read."""

import logging
import re
import uuid
from contextvars import ContextVar
from urllib.parse import unquote_to_bytes

from django.db import DataError
from django.urls import get_resolver

logger = logging.getLogger(__name__)

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
    """400 for what no database can read or hold, wherever a view or the admin looks something up by it.

    PostgreSQL refuses NUL bytes and lone surrogates with an error that Django turns into a 500; in an address or a
    cookie (which can say NUL as ``"\\000"``) they are refused here. A number of 30 digits is a fine search but no id,
    so that one is left to the database: it says so to whoever only asked for a page. Forms check their own fields.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        texts = [request.path_info, *request.COOKIES.values()]
        if b"\0" in query or SURROGATE.search(query) or any(UNREADABLE.search(text) for text in texts):
            return self.refuse(request)
        if request.encoding is not None:
            # Whatever a request claims its bytes are: an odd charset smuggles the same signs in, or is no text at all.
            request.encoding = "utf-8"
        return self.get_response(request)

    def process_exception(self, request, exception):
        if request.method in {"GET", "HEAD"} and isinstance(exception, (DataError, OverflowError)):
            logger.warning("The database can't hold a value of this address.", exc_info=exception)
            return self.refuse(request)
        return None

    def refuse(self, request):
        return get_resolver().resolve_error_handler(400)(request, exception=None)
