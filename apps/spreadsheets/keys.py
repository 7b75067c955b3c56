"""What people know records by, as it stands in a cell: ``bandung-conference``, ``IN``, ``origins/lima``, ``SAARC``."""

import re
from functools import cached_property
from itertools import chain, islice

from django.contrib.contenttypes.fields import GenericForeignKey
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.content.models import name_columns
from apps.content.plain_text import text_lines
from apps.languages.fields import column, reading_order
from apps.languages.fold import fold, word_key
from apps.languages.graphemes import shorten
from apps.spreadsheets.nearness import Nearness

# Looking for the nearest takes time: after so many wrong ones an editor has got the idea.
MOST_HINTS = 50
# Of so many keys and names the nearest is looked for: some 30 MB, and a second or two.
MOST_COMPARED = 200_000
# Of several records that bear one name, how many are named.
MOST_NAMED = 5
# No key and no name is longer: what is longer is a text in the wrong column, and not compared.
LONGEST = 500
# गुट निरपेक्ष and गुटनिरपेक्ष are one name, and so are G 77 and G-77; but 1 15 and 11 5 are not.
NEEDLESS_SPACE = re.compile(r"(?<!\d) | (?!\d)")
# Between the records of one cell; a comma too, unless it is part of a name.
SEPARATOR = re.compile(r"[;\n]")
# What a hint looks like: an editor may put it into the cell as it is.
NAME_AND_KEY = re.compile(r"(.+)\(([^()]+)\)", re.DOTALL)


class Keys:
    """Finds the rows of ``model`` by what a cell calls them.

    The keys of all rows are read in one query when first asked for; their names in a second one, when something is no
    key. Drafts and withdrawn records count too: editors link what readers don't see yet. Rows that a sheet is about to
    make are told with :meth:`learn` or :meth:`learn_key`.
    """

    def __init__(self, model):
        self.model = model
        self._hints = {}
        self._labels = {}
        self._learnt_names = {}
        self._refused = {}

    @cached_property
    def text(self):
        """``{pk: "bandung-conference", …}``"""
        rows = self.model._base_manager.values_list("pk", *self.model.key_lookups)
        return {pk: _joined(key) for pk, *key in rows}

    @cached_property
    def pk(self):
        """``{"bandung-conference": pk, …}``"""
        return {text: pk for pk, text in self.text.items()}

    def find(self, text):
        """The id of the row that ``text`` names: by its key as it is, else in any case, else by any of its names.

        A name is the label, an acronym or one line of the other names, in any language and any spelling that folding
        evens out. A key goes before a name: ``IN`` is India, whatever else is called so. Also understood is what the
        hints show, ``Name (key)``. Raises a :class:`ValidationError` where several rows bear the name, with their keys,
        and where none does, with the nearest one.
        """
        text = text.strip()
        if text in self.pk:
            return self.pk[text]
        found = self._alike(text) if len(text) <= LONGEST else []
        if len(found) == 1:
            return found[0]
        raise ValidationError(self._several(text, found) if found else self._unknown(text))

    def split(self, text):
        """The parts of a cell that names several rows: ``IN; KE``, ``IN, KE``, one a line; ``Lima Meeting, 1971`` is
        one part if a row is called so.
        """
        for part in filter(str.strip, SEPARATOR.split(text)):
            pieces = list(filter(str.strip, part.split(",")))
            # No names are read where all are keys.
            if len(pieces) == 1 or len(part) > LONGEST or all(piece.strip() in self.pk for piece in pieces):
                yield from pieces
            else:
                yield from [part] if self._alike(part.strip()) else pieces

    def learn(self, record):
        """A row that this sheet makes or changes: the rows below it may name it by its key and its names."""
        names = [getattr(record, name) for name in names_in_order(self.model)]
        self.learn_key(record.pk, _joined(record.natural_key()), names)

    def learn_key(self, pk, text, names=()):
        """The same for a row of which only this is known; it need not be saved. ``names``: texts, each line is one."""
        self.forget(pk)
        self._refused.pop(_folded_key(text), None)
        self.text[pk], self.pk[text] = text, pk
        self._learnt_names[pk] = names
        # What was not asked for yet is not read for this.
        if "_by_folded_key" in self.__dict__:
            self._by_folded_key.setdefault(_folded_key(text), []).append(pk)
        if "_by_name" in self.__dict__:
            self._add_names(self._by_name, pk, names)

    def forget(self, pk):
        """The row is refused or deleted: nothing names it any more, until it is learnt again."""
        if (text := self.text.pop(pk, None)) is not None and self.pk.get(text) == pk:
            del self.pk[text]

    def refuse(self, pk, row):
        """The ``row`` of the file that would have made it is refused: so is what names it, and told why."""
        if pk in self.text:
            self._refused[_folded_key(self.text[pk])] = row
        self.forget(pk)

    def choices(self):
        """``["India (IN)", …]`` by name, or the bare keys of what has no names: what :meth:`find` understands."""
        _names = self._by_name
        return sorted(map(self._named, self.text), key=word_key)

    def _alike(self, text):
        """The ids of the rows with the key or the name ``text``; rows that were forgotten are still in the indexes."""
        found = self._known(self._by_folded_key, _folded_key(text)) or self._known(self._by_name, name_key(text))
        if not found and (hint := NAME_AND_KEY.fullmatch(text)):
            name, key = (part.strip() for part in hint.groups())
            keyed = self._known(self._by_folded_key, _folded_key(key))
            found = [pk for pk in keyed if pk in self._by_name.get(name_key(name), ())]
        return found

    def _known(self, index, key):
        return [pk for pk in dict.fromkeys(index.get(key, ())) if pk in self.text] if key else []

    @cached_property
    def _by_folded_key(self):
        index = {}
        for pk, text in self.text.items():
            index.setdefault(_folded_key(text), []).append(pk)
        return index

    @cached_property
    def _by_name(self):
        """``{name_key("SAARC"): [pk, …], …}`` of every name of every row."""
        index, names = {}, names_in_order(self.model)
        for pk, *texts in self.model._base_manager.values_list("pk", *names).iterator() if names else ():
            self._add_names(index, pk, texts)
        for pk, texts in self._learnt_names.items():
            self._add_names(index, pk, texts)
        return index

    def _add_names(self, index, pk, texts):
        names = [line[:LONGEST] for text in texts for line in text_lines(text)]
        if names:
            self._labels[pk] = names[0]
        for key in map(name_key, names):
            # Nearly every name is borne once: a list of one, half the size of one that something is appended to.
            if key in index:
                index[key].append(pk)
            else:
                index[key] = [pk]

    def _several(self, text, found):
        keys = sorted(self.text[pk] for pk in found)
        facts = {
            "text": shorten(text, 60),
            "kinds": self.model._meta.verbose_name_plural,
            "keys": ", ".join([*keys[:MOST_NAMED], *(["…"] if len(keys) > MOST_NAMED else [])]),
        }
        return _("“%(text)s” is the name of several %(kinds)s. Write one of these instead: %(keys)s.") % facts

    def _unknown(self, text):
        """The sentence, with a hint for the first :data:`MOST_HINTS` different texts."""
        shown = shorten(text, 60)
        if row := self._refused.get(_folded_key(text)):
            facts = {"kind": self.model._meta.verbose_name, "key": shown, "row": row}
            return _("There is no %(kind)s “%(key)s”: row %(row)s would make it, and is refused.") % facts
        sentence = _("There is no %(kind)s “%(key)s”.") % {"kind": self.model._meta.verbose_name, "key": shown}
        if shown not in self._hints and len(self._hints) < MOST_HINTS:
            pk = self._nearness.nearest(name_key(shown))
            self._hints[shown] = _("Did you mean “%(guess)s”?") % {"guess": self._named(pk)} if pk in self.text else ""
        return " ".join(filter(None, [sentence, self._hints.get(shown)]))

    @cached_property
    def _nearness(self):
        """Of the keys and names when the first hint is given; what is learnt later is found, but never a hint."""
        keys = ((name_key(text), pk) for pk, text in self.text.items())
        names = ((name, pks[0]) for name, pks in self._by_name.items())
        return Nearness(islice(chain(keys, names), MOST_COMPARED))

    def _named(self, pk):
        label = self._labels.get(pk)
        return f"{shorten(label, 250)} ({self.text[pk]})" if label else self.text[pk]


def name_key(text):
    """Equal for all spellings of one name: the folded words without the spaces that only some writers put."""
    return NEEDLESS_SPACE.sub("", word_key(text))


def _folded_key(text):
    """Equal for ``topic / Anchor`` and ``topic/anchor``."""
    return "/".join(part.strip() for part in fold(text).split("/"))


def names_in_order(model):
    """The columns of the names, with those of the label before the others, in the order they are read."""
    if not model.label_field:
        return []
    first = [column(model.label_field, code) for code in reading_order()]
    return list(dict.fromkeys([*first, *name_columns(model)]))


def _joined(key):
    return "/".join(map(str, key))


def key_names(model):
    """The columns by which a row finds its record: the first step of each of the model's key lookups; of what is no
    record the id.
    """
    generic = generic_relations(model)
    first_steps = [lookup.partition("__")[0] for lookup in getattr(model, "key_lookups", [model._meta.pk.name])]
    return list(dict.fromkeys(generic[name].name if name in generic else name for name in first_steps))


def generic_relations(model):
    """``{field name: generic relation}`` for the two fields behind each generic relation."""
    relations = [each for each in model._meta.private_fields if isinstance(each, GenericForeignKey)]
    return {name: each for each in relations for name in (each.ct_field, each.fk_field)}


class KnownKeys(dict):
    """``{model: Keys}``, each made when first asked for: what the columns of one file share."""

    def __missing__(self, model):
        self[model] = Keys(model)
        return self[model]
