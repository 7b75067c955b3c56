"""What both commands are told on the terminal, and how far they are."""

import os
import re
import sys
import time
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.utils.translation import override

from apps.content.models import content_models, record_models
from apps.languages.fields import language_codes
from apps.spreadsheets.formats import KINDS
from apps.spreadsheets.refusals import nearest


class SheetCommand(BaseCommand):
    def execute(self, *args, **options):
        try:
            try:
                return super().execute(*args, **options)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            # "| head" has seen enough. Python would complain once more when it empties the pipe at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)


def kind_of(path):
    """``xlsx``, ``csv`` or ``ods``, as the name of the file says."""
    kind = Path(path).suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise CommandError(f"{path}: the name must end in {', '.join(f'.{name}' for name in KINDS)}.")
    return kind


def model_named(name, others=()):
    """The kind of record that people call ``events``, ``event`` or ``events.event``, in either language. ``others``:
    models beside those of records.
    """
    names, models = {}, [*record_models(), *others]
    for model in models:
        for each in _names(model):
            names.setdefault(each, model)
    wanted = _plain(name)
    if wanted not in names:
        known = sorted(str(model._meta.verbose_name_plural) for model in models)
        guess = nearest(wanted, known)
        hint = f"Did you mean “{guess}”?" if guess else f"There are: {', '.join(known)}."
        raise CommandError(f"There is no kind of record “{name}”. {hint}")
    return names[wanted]


def _names(model):
    opts = model._meta
    yield from (opts.label_lower, opts.model_name, f"{opts.model_name}s")
    for code in language_codes():
        with override(code):
            yield from (_plain(opts.verbose_name_plural), _plain(opts.verbose_name))
    if [each for each in content_models() if each._meta.app_label == opts.app_label] == [model]:
        yield opts.app_label


def _plain(name):
    """``glossary-terms``, ``Glossary terms``: one name."""
    return " ".join(re.split(r"[\s_-]+", str(name).strip().casefold()))


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
