"""The translate screen as data: each text with what was typed for it, what is wrong with it, what stands beside it."""

import json
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from apps.content.translation_state import TranslationState
from apps.languages.differences import Differences
from apps.languages.graphemes import shorten
from apps.translations.checks import BLOCKING, check_field
from apps.translations.terms import Known
from apps.translations.texts import Group, Text, digest, groups_of

# A state is told by its word and by its shape, not by its colour alone.
SIGNS = {TranslationState.MISSING: "○", TranslationState.OUTDATED: "◐", TranslationState.CURRENT: "●"}
# A text gets so many lines in its input at first; where the browser can, the input grows with it.
FEWEST_LINES, MOST_LINES, SIGNS_A_LINE = 3, 24, 60
# Of a section's heading, where a text is called by it.
LONGEST_TITLE = 60


@dataclass
class Entry:
    """A :class:`Text` on the screen. ``source_html``, ``before_html``: the source as it is and as it was when an
    outdated translation was made, differences marked. ``theirs``: what somebody else saved meanwhile, else None.
    ``minor_edits``: ``[(edit, what it changed as HTML), …]``.
    """

    text: Text
    typed: str
    # The digest of the text that the page was opened with.
    opened: str
    still_right: bool = False
    source_html: str = ""
    before_html: str = ""
    terms: list = field(default_factory=list)
    findings: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    theirs: str | None = None
    theirs_html: str = ""
    source_moved: bool = False
    minor_edits: list = field(default_factory=list)
    # The one that it stands in.
    group: Group | None = field(default=None, repr=False)
    # The next one that needs work, None after the last.
    following: "Entry | None" = None

    @property
    def is_changed(self):
        """Whether something else was typed than what the page was opened with."""
        return digest(self.typed) != self.opened

    @property
    def full_label(self):
        """What the text is called away from its place on the screen: a note has a "Text" in each section."""
        if not self.group or not self.group.title:
            return self.text.label
        words = {"text": self.text.label, "kind": self.group.kind, "title": shorten(self.group.title, LONGEST_TITLE)}
        return gettext("%(text)s (%(kind)s: %(title)s)") % words

    @property
    def is_settled(self):
        """An outdated translation that somebody looked at and found right as it is."""
        return self.still_right and self.text.made_from is not None and not self.is_changed

    @property
    def sign(self):
        return SIGNS[self.text.state]

    @property
    def lines(self):
        longest = max(self.text.source, self.typed, key=len)
        needed = longest.count("\n") + len(longest) // SIGNS_A_LINE + 1
        return min(max(needed, FEWEST_LINES), MOST_LINES)

    @property
    def source_digest(self):
        return digest(self.text.source)

    @property
    def needs_a_look(self):
        return bool(self.findings or self.errors or self.source_moved or self.theirs is not None)

    @property
    def questions(self):
        return [each for each in self.findings if each.code in BLOCKING]

    @property
    def advice(self):
        return [each for each in self.findings if each.code not in BLOCKING]


class Screen:
    """All texts of ``whole`` to translate into ``language``, with what ``data`` (``QueryDict`` or None) has of them."""

    def __init__(self, whole, language, data=None):
        self.whole, self.language, self.data = whole, language, data
        self.groups = groups_of(whole, language)
        for group in self.groups:
            group.entries = [self.entry(text) for text in group.texts]
            for entry in group.entries:
                entry.group = group
        self.entries = [entry for group in self.groups for entry in group.entries]
        self.by_text = {entry.text.key: entry for entry in self.entries}

    def entry(self, text):
        data, key, now = self.data or {}, text.key, digest(text.target)
        typed = data[key].replace("\r\n", "\n") if key in data else text.target
        entry = Entry(text, typed, data.get(f"{key}/opened", now), still_right=f"{key}/right" in data)
        if not entry.is_changed:
            entry.typed, entry.opened = text.target, now
        elif entry.opened != now:
            # From here on it is known: whoever saves again has seen it.
            entry.theirs, entry.opened = text.target if typed != text.target else None, now
        moved = data.get(f"{key}/source", digest(text.source)) != digest(text.source)
        entry.source_moved = moved and (entry.is_changed or entry.still_right)
        return entry

    # --- What there is to save ----------------------------------------------------------------------------------------

    @property
    def changed(self):
        return [entry for entry in self.entries if entry.is_changed]

    @property
    def settled(self):
        return [entry for entry in self.entries if entry.is_settled]

    @property
    def homeless(self):
        """``[what was typed, …]`` for texts that somebody else deleted meanwhile."""
        sent = [key.removesuffix("/opened") for key in self.data or {} if key.endswith("/opened")]
        gone = [key for key in sent if key not in self.by_text]
        typed = {key: self.data.get(key, "").replace("\r\n", "\n") for key in gone}
        return [text for key, text in typed.items() if text.strip() and digest(text) != self.data[f"{key}/opened"]]

    def check(self, entries):
        for entry in entries:
            text = entry.text
            texts = text.source, entry.typed, text.source_language, text.language
            entry.findings = check_field(text.row, text.name, *texts)

    def validate(self):
        """What the models do not take, at the text it is about. Only what was typed here is looked at."""
        for row, entries in self.by_row(self.changed).items():
            for entry in entries:
                setattr(row, entry.text.column, entry.typed)
            errors = _errors(row)
            for entry in entries:
                entry.errors = errors.get(entry.text.column, [])

    def by_row(self, entries):
        rows = {}
        for entry in entries:
            rows.setdefault(entry.text.row, []).append(entry)
        return rows

    @property
    def is_refused(self):
        """Whether somebody has to look before anything is saved, whatever they say to the findings."""
        waiting = (entry.errors or entry.source_moved or entry.theirs is not None for entry in self.entries)
        return any(waiting) or bool(self.homeless)

    @property
    def findings_digest(self):
        """What "Save all the same" agrees to; empty if there is nothing to agree to."""
        found = [[entry.text.key, each.code, each.message] for entry in self.entries for each in entry.findings]
        return digest(json.dumps(found)) if found else ""

    def write(self):
        """Writes the columns of the target language and nothing else; returns how many texts."""
        for row, entries in self.by_row([*self.changed, *self.settled]).items():
            for entry in entries:
                if entry.is_settled:
                    row.outdated[self.language].pop(entry.text.name, None)
                else:
                    setattr(row, entry.text.column, entry.typed)
            row.save(update_fields=[entry.text.column for entry in entries])
        return len(self.changed) + len(self.settled)

    # --- What the page shows beside -----------------------------------------------------------------------------------

    def furnish(self, minor_edits=()):
        """Differences, terms, minor edits: for the page, not for saving."""
        differences, known = Differences(), {}
        for entry in self.entries:
            text = entry.text
            if text.made_from is not None:
                entry.before_html, entry.source_html = differences.side_by_side(text.made_from, text.source)
            if entry.theirs is not None:
                entry.theirs_html = differences.side_by_side(entry.typed, entry.theirs)[1]
            entry.minor_edits = [
                (edit, differences.html(edit.before, text.source))
                for edit in minor_edits
                if (edit.object_id, edit.field) == (text.row.pk, text.name) and text.is_current
            ]
            if text.source_language not in known:
                known[text.source_language] = Known(text.source_language, text.language)
            terms = known[text.source_language].terms_in(text.source)
            entry.terms = [term for term in terms if term.pk != self.whole.pk]
        self.chain()
        return self

    def chain(self):
        following = None
        for entry in reversed(self.entries):
            entry.following = following
            following = following if entry.text.is_current else entry

    @property
    def current(self):
        return sum(entry.text.is_current for entry in self.entries)

    @property
    def first_open(self):
        return next((entry for entry in self.entries if not entry.text.is_current), None)


def _errors(row):
    """``{column: [sentence, …]}`` of what the row's own rules say."""
    found = {}
    for rules in (row.clean_fields, row.clean):
        try:
            rules()
        except ValidationError as error:
            for name, sentences in getattr(error, "message_dict", {}).items():
                found.setdefault(name, []).extend(sentences)
    return found
