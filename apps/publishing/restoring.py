"""An earlier text becomes the working text again: fields of it, sections, or all."""

import copy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps import audit
from apps.languages.fields import column, language_codes, translated_fields
from apps.publishing import actions, live, snapshots
from apps.publishing.clashes import refuse_clashes, without_what_is_gone
from apps.publishing.merging import ROW, get, put
from apps.publishing.presenting import part_label


@transaction.atomic
def restore(*, record, old, cells, by):
    """The working text of ``record`` gets what ``old`` has in ``cells``; readers see it when it is published.

    Raises :class:`ValidationError` if a rule is against it: then nothing changes. Returns the names of what could not
    come along, as what it stood on was deleted.
    """
    record, model = live.lock(record), type(record)
    now, _conflicts = live.working_copy(record)
    wanted = with_cells(model, now, old, cells, source=old["record"].get("source_language") or record.written_in)
    wanted, lost = without_what_is_gone(model, wanted)
    if wanted == now:
        raise ValidationError(_("The text stands like that already."))
    refuse_clashes(snapshots.fresh(record), wanted)
    actions.keep(record=record, snapshot=wanted, by=by, comment=gettext_noop("Brought back from an earlier version."))
    audit.log(audit.Verb.RESTORED, by=by, about=record)
    return lost


def all_cells(now, old):
    """The cells that make of ``now`` all that ``old`` is. What ``old`` does not know, a later field, stays."""
    cells = [("record", "", name) for name in old["record"] if name != "outdated"]
    return cells + [
        (place, pk, ROW) for place in old if place != "record" for pk in {**old[place], **now.get(place, {})}
    ]


def with_cells(model, now, old, cells, *, source):
    """``now`` with ``cells`` from ``old``; a translation whose source is another by now is outdated."""
    wanted, touched = copy.deepcopy(now), {}
    for cell in cells:
        place, pk, name = cell
        value = copy.deepcopy(get(old, cell))
        if name != ROW and get(wanted, (place, pk, ROW)) is None:
            label = part_label(model, old, cell)
            raise ValidationError(_("%(part)s is gone. Bring back all of it.") % {"part": label})
        if name == ROW and value is not None:
            value = {**(get(now, cell) or {}), **value}
        elif name != ROW and value is None:
            continue
        put(wanted, cell, value)
        touched.setdefault((place, pk), set()).update([name] if name != ROW else value or ())
    for (place, pk), names in touched.items():
        row = (place, pk, ROW)
        if get(wanted, row) is not None:
            kind = snapshots.kind_of(model, place)
            made = outdated(kind, names, get(now, row) or {}, get(old, row) or {}, get(wanted, row), source)
            put(wanted, (place, pk, "outdated"), made)
    return wanted


def outdated(kind, brought, now, old, wanted, source):
    """Which translations in ``wanted`` were made from another source text: ``{"hi": {"title": "that text"}}``."""
    result = {}
    for target in (code for code in language_codes() if code != source):
        for name in translated_fields(kind):
            origin = old if column(name, target) in brought else now
            made_from = (origin.get("outdated") or {}).get(target, {}).get(name, origin.get(column(name, source)))
            here = (wanted.get(column(name, code)) for code in (source, target))
            texts = [text or "" for text in (made_from, *here)]
            if all(text.split() for text in texts) and texts[0].split() != texts[1].split():
                result.setdefault(target, {})[name] = texts[0]
    return result
