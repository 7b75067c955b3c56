"""Markdown to the HTML that readers get: rendered once for each text, sanitised last."""

import hashlib

import nh3
from django.core.cache import cache
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from apps.content.references import REFERENCE
from apps.content.vocabulary import models_by_reference, name_pattern, path_of, vocabulary

# Part of every cache key: raise it when the rendering below changes.
RENDERING = 1
CACHE_SECONDS = 30 * 24 * 3600

ALLOWED = {
    "a": {"href", "id", "class", "title", "role", "aria-label"},
    "abbr": {"title"},
    "blockquote": set(), "br": set(), "code": set(), "dd": set(), "dl": set(), "dt": set(), "em": set(),
    "h3": set(), "h4": set(), "h5": set(), "h6": set(), "hr": {"class"}, "pre": set(), "s": set(), "strong": set(),
    "li": {"id", "class"}, "ol": {"start", "class"}, "ul": set(), "p": set(),
    "div": {"class", "role", "tabindex", "aria-label"}, "section": {"class", "aria-label"}, "sup": {"class"},
    "table": set(), "thead": set(), "tbody": set(), "tr": set(), "th": {"class", "scope"}, "td": {"class"},
}  # fmt: skip


def render(markdown, *, language, anchor="", own=""):
    """The HTML of ``markdown``, safe to put in a page.

    ``language``: the language the text stands in (its links lead to that language's pages). ``anchor``: unique on the
    page, keeps footnote ids of several texts apart. ``own``: the reference of the record the text belongs to
    (``event:bandung-conference``), which is not linked to itself.
    """
    if not markdown:
        return ""
    known = vocabulary()
    parts = "\x1f".join([str(RENDERING), known.digest, language, anchor, own, markdown])
    key = "rendered:" + hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()
    html = cache.get(key)
    if html is None:
        html = sanitise(_markdown_to_html(markdown, language, anchor, own, known))
        cache.set(key, html, CACHE_SECONDS)
    return mark_safe(html)  # noqa: S308 - sanitise() is the last step


def sanitise(html):
    """``html`` with nothing in it that could run, load or style: a short list of elements and attributes, the
    rest gone.
    """
    return nh3.clean(
        html,
        tags=set(ALLOWED),
        attributes=ALLOWED,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
        strip_comments=True,
    )


def parser():
    """The Markdown of the house. A new one each time: linkify keeps its place in it, and threads would share that."""
    return (
        MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": False})
        .enable(["table", "linkify", "strikethrough"])
        .disable("image")
        .use(footnote_plugin)
        .use(deflist_plugin)
    )


def _markdown_to_html(markdown, language, anchor, own, known):
    reader = parser()
    reader.core.ruler.push("record_links", _RecordLinks(known, language, own))
    reader.core.ruler.push("house_style", _house_style)
    with override(language):
        return reader.render(markdown, {"docId": anchor} if anchor else {})


class _RecordLinks:
    """A markdown-it rule: references become addresses, and the first mention of a record's name becomes a link."""

    def __init__(self, known, language, own):
        self.known, self.language, self.own = known, language, own
        self.names = known.names(language)
        self.by_folded = {name.lower(): reference for name, reference in self.names.items()}
        self.pattern = name_pattern(tuple(sorted(self.names)))

    def __call__(self, state):
        inlines = [token for token in state.tokens if token.type == "inline"]
        self.linked = {own for own in [self.own] if own}
        for token in inlines:
            token.children = self.resolve(token.children)
        for token in inlines:
            token.children = self.link_names(token.children)

    def resolve(self, children):
        """``[text](event:slug)`` gets the record's address; to a record that is not public it is plain text."""
        kept, dropped = [], 0
        for child in children:
            if child.type == "link_open" and REFERENCE.fullmatch(child.attrGet("href") or ""):
                reference = child.attrGet("href")
                if reference.partition(":")[0] in models_by_reference():
                    if reference not in self.known.references:
                        dropped += 1
                        continue
                    child.attrSet("href", path_of(reference, self.language))
                    self.linked.add(reference)
            elif child.type == "link_close" and dropped:
                dropped -= 1
                continue
            kept.append(child)
        return kept

    def link_names(self, children):
        if self.pattern is None:
            return children
        kept, depth = [], 0
        for child in children:
            depth += (child.type == "link_open") - (child.type == "link_close")
            kept += self.split(child) if child.type == "text" and depth == 0 else [child]
        return kept

    def split(self, token):
        pieces, end = [], 0
        for match in self.pattern.finditer(token.content):
            reference = self.names.get(match.group()) or self.by_folded.get(match.group().lower())
            if reference is None or reference in self.linked:
                continue
            self.linked.add(reference)
            pieces += [_text(token.content[end : match.start()]), *self.link(match.group(), reference)]
            end = match.end()
        return [*pieces, _text(token.content[end:])] if pieces else [token]

    def link(self, name, reference):
        opening = Token("link_open", "a", 1)
        opening.attrSet("href", path_of(reference, self.language))
        return [opening, _text(name), Token("link_close", "a", -1)]


def _text(content):
    return Token("text", "", 0, content=content)


def _house_style(state):
    """Headings under the section's own; alignment as a class, not a style; wide tables scroll by themselves."""
    tokens = []
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
        style = token.attrGet("style") if token.attrs else None
        if style:
            token.attrs.pop("style")
            token.attrSet("class", style.replace("text-align:", "align-"))
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type == "table_open":
            scroll = Token("scroll_open", "div", 1, block=True)
            scroll.attrs = {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": gettext("Table")}
            tokens.append(scroll)
        tokens.append(token)
        if token.type == "table_close":
            tokens.append(Token("scroll_close", "div", -1, block=True))
    state.tokens = tokens
