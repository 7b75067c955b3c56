"""Whether a translation leads where its source leads: links, bare addresses, footnotes, code."""

from collections import Counter
from urllib.parse import unquote

import regex
from django.utils.translation import gettext

from apps.translations.findings import found

BARE_ADDRESS = regex.compile(r"\bhttps?://[^\s<>\"'“”‘’।)\]]+(?<![.,;:])")
FOOTNOTE = regex.compile(r"\[\^([^\]\s]{1,40})\](?!:)")
FOOTNOTE_TEXT = regex.compile(r"^ {0,3}\[\^([^\]\s]{1,40})\]:", regex.MULTILINE)
# Of a link's target, in a sentence.
LONGEST_TARGET = 300


def check_plain(source, target):
    return _links(*(Counter(BARE_ADDRESS.findall(text)) for text in (source, target)), source, target)


def check_markdown(old, new, source, target):
    """``old`` and ``new``: the tokens of ``source`` and ``target``."""
    links = [Counter(child.attrGet("href") for child in _children(tokens, "link_open")) for tokens in (old, new)]
    code = [Counter(child.content for child in _children(tokens, "code_inline")) for tokens in (old, new)]
    return [*_links(*links, source, target), *_footnotes(source, target), *_code(*code, source, target)]


def _links(wanted, there, source, target):
    lost = gettext("The link to %(target)s (“%(excerpt)s” in the source) is missing here.")
    added = gettext("The link to %(target)s in “%(excerpt)s” is not in the source.")
    return _lost_and_added("link", wanted, there, (source, lost), (target, added))


def _code(wanted, there, source, target):
    lost = gettext("The code “%(target)s” (“%(excerpt)s” in the source) is missing here.")
    added = gettext("The code “%(target)s” in “%(excerpt)s” is not in the source.")
    return _lost_and_added("code", wanted, there, (source, lost), (target, added))


def _lost_and_added(kind, wanted, there, lost, added):
    """What stands less often than in the source, and what the source does not have. ``lost``: (its text, message)."""
    missing, further = wanted - there, sorted(set(there) - set(wanted))
    lost_once = {each: _about_target(f"{kind}_lost", *lost, each, in_source=True) for each in missing}
    return [lost_once[each] for each in missing.elements()] + [
        _about_target(f"{kind}_added", *added, each) for each in further
    ]


def _about_target(code, text, message, target, **options):
    target = unquote(target)
    start = max(text.find(target), 0)
    shown = target if len(target) <= LONGEST_TARGET else f"{target[:LONGEST_TARGET]}…"
    return found(code, message, text, start, min(start + len(target), len(text)), target=shown, **options)


def _footnotes(source, target):
    """The marks that the source has; and in the translation itself a text for each mark, a mark for each text."""
    marks, texts = _labels(FOOTNOTE, target), _labels(FOOTNOTE_TEXT, target)
    wanted = _labels(FOOTNOTE, source)
    lost = gettext("The footnote [^%(label)s] (“%(excerpt)s” in the source) is missing here.")
    textless = gettext("The footnote [^%(label)s] in “%(excerpt)s” has no text. Write it below as [^%(label)s]: …")
    unused = gettext("Nothing leads to the text of the footnote [^%(label)s] (“%(excerpt)s”): its mark is missing.")
    return [
        *_about(wanted, marks, lost, source, in_source=True),
        *_about(marks, texts, textless, target),
        *_about(texts, {**marks, **wanted}, unused, target),
    ]


def _labels(pattern, text):
    return {match[1]: match.span() for match in reversed(list(pattern.finditer(text)))}


def _about(labels, known, message, text, **options):
    return [
        found("footnote_lost", message, text, *span, label=label, **options)
        for label, span in reversed(labels.items())
        if label not in known
    ]


def _children(tokens, kind):
    return [child for token in tokens for child in token.children or [] if child.type == kind]
