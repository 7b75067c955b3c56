"""Where an N+1 query fails a test."""

from zeal.middleware import zeal_middleware


def watch_pages(get_response):
    """On every page; not where a form or a sheet is sent, which Django and import-export check row by row."""
    watched = zeal_middleware(get_response)

    def middleware(request):
        return watched(request) if request.method == "GET" else get_response(request)

    return middleware
