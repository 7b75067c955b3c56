"""What a careful reviewer looks at before a translation is saved. Pure functions over two texts."""

from django.utils.translation import gettext, ngettext

from apps.content.plain_text import text_lines
from apps.translations import links, numbers, script, structure, untranslated
from apps.translations.findings import Finding, found

# What a reader would lose, or could not read: worth a question before saving. Everything else is advice.
BLOCKING = frozenset({"orphan_sign", "link_lost", "footnote_lost", "untranslated"})
# Findings that are shown of one text: nobody reads more, and whoever mends these sees the next ones.
MOST = 20
# Characters of a text that is still checked. The longest section of the portal has a tenth of it.
LONGEST_CHECKED = 40_000


def check_field(row, name, source, target, source_language, target_language, *, most=MOST):
    """:func:`check` of the text ``name`` of ``row``: what it asks follows from what the field is."""
    flags = {
        "is_markdown": name in row.markdown_fields,
        "is_linewise": name in row.line_fields,
        "is_title": name == row.label_field,
    }
    return check(source, target, source_language, target_language, **flags, most=most)


def check(
    source, target, source_language, target_language, *, is_markdown, is_linewise=False, is_title=False, most=MOST
):
    """The :class:`~apps.translations.findings.Finding` rows about ``target``, a translation of ``source``: at most
    ``most``, and one that says how many there are beside.

    ``is_linewise``: a text of one thing a line (key points, choices), the same in number in every language.
    ``is_title``: what its record is called by. Nothing is found in an empty translation: that it is missing, its state
    says.
    """
    if not target.strip():
        return []
    if max(len(source), len(target)) > LONGEST_CHECKED:
        return [_too_long()]
    languages = source_language, target_language
    flags = {"is_markdown": is_markdown, "is_linewise": is_linewise, "is_title": is_title}
    return _shown(_all(source, target, *languages, **flags), most)


def _all(source, target, source_language, target_language, *, is_markdown, is_linewise, is_title):
    findings = script.check(target, target_language, is_markdown=is_markdown)
    if not source.strip():
        return findings
    findings += untranslated.check(source, target, target_language, is_title=is_title)
    findings += numbers.check(source, target, source_language, target_language)
    if is_markdown:
        old, new = structure.parsed(source, target)
        findings += [*links.check_markdown(old, new, source, target), *structure.check(old, new, target)]
    else:
        findings += links.check_plain(source, target)
    if is_linewise:
        findings += _lines(source, target)
    return findings


def _too_long():
    message = gettext("Texts of more than %(limit)s characters are not checked. Read this one with care yourself.")
    return Finding("too_long", message, None, values={"limit": LONGEST_CHECKED})


def _lines(source, target):
    wanted, there = text_lines(source), text_lines(target)
    if len(wanted) == len(there):
        return []
    message = gettext("There are %(here)s lines here (the last is “%(excerpt)s”), in the source %(source)s.")
    start = target.rindex(there[-1])
    return [found("lines", message, target, start, start + len(there[-1]), here=len(there), source=len(wanted))]


def _shown(findings, most):
    """At most ``most`` of them, questions before advice, and one more that says how many there are beside."""
    if len(findings) <= most:
        return _in_order(findings)
    questions_first = sorted(_in_order(findings), key=lambda each: each.code not in BLOCKING)
    count = len(findings) - most
    message = ngettext("There is %(count)s more like these.", "There are %(count)s more like these.", count)
    return [*_in_order(questions_first[:most]), Finding("more", message, None, values={"count": count})]


def _in_order(findings):
    """As they stand in the translation; what it lacks comes first."""
    return sorted(findings, key=lambda each: -1 if each.start is None else each.start)
