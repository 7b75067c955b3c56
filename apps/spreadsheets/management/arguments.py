"""What both commands are told on the terminal, and how far they are."""

import sys
import time
from pathlib import Path

from django.core.management import CommandError
from django.utils.translation import override

from apps.content.models import record_models
from apps.languages.fields import language_codes
from apps.spreadsheets.formats import KINDS
from apps.spreadsheets.refusals import nearest


def kind_of(path):
    """``xlsx``, ``csv`` or ``ods``, as the name of the file says."""
    kind = Path(path).suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise CommandError(f"{path}: the name must end in {', '.join(f'.{name}' for name in KINDS)}.")
    return kind


def model_named(name):
    """The kind of record that people call ``events``, ``event`` or ``events.event``, in either language."""
    names = {}
    for model in record_models():
        for each in _names(model):
            names.setdefault(each, model)
    wanted = name.strip().casefold()
    if wanted not in names:
        guess = nearest(wanted, names)
        hint = f" Did you mean “{guess}”?" if guess else ""
        raise CommandError(f"There is no kind of record “{name}”.{hint}")
    return names[wanted]


def _names(model):
    opts = model._meta
    yield from (opts.label_lower, opts.model_name, f"{opts.model_name}s")
    for code in language_codes():
        with override(code):
            yield str(opts.verbose_name_plural).casefold()
    if f"{opts.app_label}.{opts.app_label.removesuffix('s')}" == opts.label_lower:
        yield opts.app_label


def languages_named(pair):
    """``("en", "hi")`` of ``en:hi``."""
    source, _colon, target = pair.partition(":")
    if source == target or not {source, target} <= set(language_codes()):
        known = ", ".join(language_codes())
        raise CommandError(f"“{pair}” is not two of the languages {known}, such as en:hi.")
    return source, target


class Bar:
    """How many rows are done, on one line of the terminal; nothing where the output goes into a file."""

    EVERY = 0.2

    def __init__(self, stream=None):
        self.stream = stream or sys.stderr
        self.next = 0

    def __call__(self, done, of=None):
        if self.stream.isatty() and time.monotonic() > self.next:
            self.next = time.monotonic() + self.EVERY
            filled = int(30 * done / of) if of else 0
            share = f"[{'#' * filled}{'.' * (30 - filled)}] " if of else ""
            self.stream.write(f"\r{share}{done:,} rows ")
            self.stream.flush()

    def end(self):
        if self.next:
            self.stream.write("\r" + " " * 60 + "\r")
