"""The portal's own sheets. One function a step: whoever changes how sheets work changes it here too.

Queries are counted on this process's own connection, so the steps are called here and not handed to a worker.
"""

import shutil
import sys

from django.contrib.auth import get_user_model

from apps.events.models import Event
from apps.spreadsheets import actions, exporting
from apps.spreadsheets.kinds import name_of
from apps.spreadsheets.records.sheet import RecordSheet

name = "ours"


def read_and_preview(path):
    batch = actions.receive(
        data=path.read_bytes(), file_name=path.name, file_kind="xlsx", sheet=name_of(Event),
        by=get_user_model().objects.get(), language="en", most=None,
    )  # fmt: skip
    if batch.is_refused:
        raise SystemExit(f"{batch.problems} {[each.errors for each in batch.outcomes(('refused',), 0, 3)]}")
    return batch


def confirm(handle):
    if handle.writes:
        actions.confirm(batch=handle, by=handle.by, at_once=sys.maxsize)


def export(kind, path):
    with exporting.export(kind, RecordSheet(Event), Event.objects.all()) as made, path.open("wb") as file:
        shutil.copyfileobj(made, file)
