"""What people know records by, as it stands in a cell: ``bandung-conference``, ``IN``, ``unctad/origins``."""

from functools import cached_property

from django.contrib.contenttypes.fields import GenericForeignKey
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.spreadsheets.refusals import with_nearest

# Looking for the nearest key takes time: after so many wrong ones an editor has got the idea.
MOST_HINTS = 50


class Keys:
    """The keys of all rows of ``model`` and back, read in one query when first asked for."""

    def __init__(self, model):
        self.model = model
        self.hints_left = MOST_HINTS

    @cached_property
    def text(self):
        """``{pk: "bandung-conference", …}``"""
        rows = self.model._base_manager.values_list("pk", *self.model.key_lookups)
        return {pk: _joined(key) for pk, *key in rows}

    @cached_property
    def pk(self):
        return {text: pk for pk, text in self.text.items()}

    def find(self, text):
        """The id of the row that ``text`` names; a :class:`ValidationError` with the nearest one if there is none."""
        text = text.strip()
        if text not in self.pk:
            sentence = _("There is no %(kind)s “%(key)s”.") % {"kind": self.model._meta.verbose_name, "key": text}
            self.hints_left -= 1
            raise ValidationError(with_nearest(sentence, text, self.pk if self.hints_left >= 0 else ()))
        return self.pk[text]

    def learn(self, record):
        """A row that this sheet has just made: the rows after it may name it."""
        text = _joined(record.natural_key())
        self.text[record.pk], self.pk[text] = text, record.pk


def _joined(key):
    return "/".join(map(str, key))


def key_names(model):
    """The columns by which a row finds its record: the first step of each of the model's key lookups."""
    generic = generic_relations(model)
    first_steps = [lookup.partition("__")[0] for lookup in model.key_lookups]
    return list(dict.fromkeys(generic[name].name if name in generic else name for name in first_steps))


def generic_relations(model):
    """``{field name: generic relation}`` for the two fields behind each generic relation."""
    relations = [each for each in model._meta.private_fields if isinstance(each, GenericForeignKey)]
    return {name: each for each in relations for name in (each.ct_field, each.fk_field)}
