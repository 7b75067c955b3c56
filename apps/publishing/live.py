"""Whether readers see a record, and the text that editors work on."""

from apps.content.models import State
from apps.languages.fields import column, language_codes, translated_fields
from apps.publishing import snapshots
from apps.publishing.merging import ROW, get, merge
from apps.publishing.models import draft_of


def is_live(record):
    """Whether readers see ``record``, or will without anybody's doing: then its text is worked on as a draft."""
    return getattr(record, "state", None) == State.PUBLISHED


def has_news(record):
    """Whether there is a text that readers do not see yet."""
    return not is_live(record) or draft_of(record) is not None


def lock(record):
    """``record`` as the database has it, nobody else writing it before this transaction ends."""
    return type(record)._base_manager.select_for_update().get(pk=record.pk)


def working_copy(record):
    """``(snapshot, conflicts)``: the draft with what changed in the published text since it was begun, else the record.

    ``conflicts``: what changed in both; the snapshot has the draft's.
    """
    live, draft = snapshots.take(record), draft_of(record)
    if not draft:
        return live, []
    merged, conflicts = merge(draft.base, draft.snapshot, live)
    _outdate(merged, draft, live, record)
    return merged, conflicts


def _outdate(merged, draft, live, record):
    """A translation that the draft brought was made from the text that the draft began from: if readers have another
    one by now, it is outdated. (Where they had a translation already, the published text knows that itself.)
    """
    source = live["record"].get("source_language") or record.written_in
    for place, kind in {"record": type(record), **snapshots.part_models(type(record))}.items():
        for pk in [""] if place == "record" else merged.get(place, {}):
            row, base, mine, news = (get(each, (place, pk, ROW)) for each in (merged, draft.base, draft.snapshot, live))
            if not (row and base and mine and news):
                continue
            for name in translated_fields(kind):
                original = column(name, source)
                began_from = base.get(original) or ""
                if mine.get(original) != base.get(original) or not _differ(began_from, news.get(original)):
                    continue
                for language in (code for code in language_codes() if code != source and began_from.split()):
                    text = mine.get(column(name, language)) or ""
                    if text.split() and _differ(text, base.get(column(name, language))):
                        row["outdated"] = row.get("outdated") or {}
                        row["outdated"].setdefault(language, {}).setdefault(name, began_from)


def _differ(one, other):
    """Space alone is no change of a text."""
    return (one or "").split() != (other or "").split()
