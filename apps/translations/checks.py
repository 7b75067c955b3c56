"""What a careful reviewer looks at before a translation is saved. Pure functions over two texts."""

from django.utils.translation import gettext

from apps.content.plain_text import text_lines
from apps.translations import links, numbers, script, structure
from apps.translations.findings import found

# What a reader would lose, or could not read: worth a question before saving. Everything else is advice.
BLOCKING = frozenset({"orphan_sign", "link_lost", "footnote_lost"})


def check(source, target, source_language, target_language, *, is_markdown, is_linewise=False):
    """The :class:`~apps.translations.findings.Finding` rows about ``target``, a translation of ``source``.

    ``is_linewise``: a text of one thing a line (key points, choices), the same in number in every language. Nothing is
    found in an empty translation: that it is missing, its state says.
    """
    if not target.strip():
        return []
    findings = script.check(target, target_language, is_markdown=is_markdown)
    if not source.strip():
        return _in_order(findings)
    findings += numbers.check(source, target, source_language, target_language)
    if is_markdown:
        old, new = structure.parsed(source, target)
        findings += [*links.check_markdown(old, new, source, target), *structure.check(old, new, target)]
    else:
        findings += links.check_plain(source, target)
    if is_linewise:
        findings += _lines(source, target)
    return _in_order(findings)


def _lines(source, target):
    wanted, there = text_lines(source), text_lines(target)
    if len(wanted) == len(there):
        return []
    message = gettext("There are %(here)s lines here (the last is “%(excerpt)s”), in the source %(source)s.")
    start = target.rindex(there[-1])
    return [found("lines", message, target, start, start + len(there[-1]), here=len(there), source=len(wanted))]


def _in_order(findings):
    """As they stand in the translation; what it lacks comes first."""
    return sorted(findings, key=lambda each: -1 if each.start is None else each.start)
