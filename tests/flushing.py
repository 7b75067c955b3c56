"""After a test that wrote for good the database is again as ``migrate`` leaves it; that takes a moment."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import flush
from django.db import transaction

_send_signal = flush.emit_post_migrate_signal
# ``[(model, [{field: value}, …]), …]``: what the signal's receivers wrote into an empty database.
_written = []


def quickly():
    """Django empties all tables and has every app write its permissions and groups anew; here that is done once, and
    the rows are kept for the next time.
    """
    flush.emit_post_migrate_signal = _write_again


def _write_again(*args, **kwargs):
    if not _written:
        _send_signal(*args, **kwargs)
        _written.extend((model, list(model._base_manager.values())) for model in _models())
        return
    with transaction.atomic():
        for model, rows in _written:
            model._base_manager.bulk_create([model(**row) for row in rows])
    ContentType.objects.clear_cache()


def _models():
    return [model for model in apps.get_models(include_auto_created=True) if model._base_manager.exists()]
