"""What machines ask before they send readers here: is the process alive, can it serve."""

from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def health(request):
    """The process answers. Touches nothing else: a database that is down is no reason to restart the process."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request):
    """200 once the database answers and has every migration of this code; else 503 with the reason in a word."""
    try:
        missing = migrations_of_this_code() - set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "reason": "database"}, status=503)
    if missing:
        return JsonResponse({"status": "unavailable", "reason": "migrations"}, status=503)
    return JsonResponse({"status": "ok"})


@lru_cache(maxsize=1)
def migrations_of_this_code():
    """``{(app, name), …}`` on disk. Read once: the files of a running process do not change."""
    return frozenset(MigrationLoader(connection=None).graph.nodes)


@require_safe
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
