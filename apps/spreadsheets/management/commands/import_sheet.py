"""``manage.py import_sheet FILE --model events``: what the import page does, without the page."""

import sys
from itertools import permutations
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import CommandError
from django.utils.translation import get_language

from apps.languages.fields import language_codes
from apps.spreadsheets import actions
from apps.spreadsheets.files.limits import MEGABYTE, limits
from apps.spreadsheets.kinds import Sheets, name_of, translators_name
from apps.spreadsheets.management.arguments import Bar, SheetCommand, kind_of, languages_named, model_named
from apps.spreadsheets.models import Batch
from apps.spreadsheets.outcomes import REFUSED
from apps.spreadsheets.outward import outward
from apps.spreadsheets.refusals import Refused
from apps.spreadsheets.rights import bringing_of
from apps.spreadsheets.translators.telling import pair_told
from apps.spreadsheets.unread import unread_told


class Command(SheetCommand):
    help = (
        "Brings in a sheet (.xlsx, .csv, .ods): all of it, or nothing if a row is refused. "
        "Ends with 0 if nothing was refused, else with 1."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--model", help="what its rows are: events, organisations, …; all: a translator's sheet")
        parser.add_argument("--translate", metavar="FROM:TO", help="it is a translator's sheet, for example en:hi")
        parser.add_argument("--dry-run", action="store_true", help="only says what would change")
        parser.add_argument("--as", dest="username", metavar="USERNAME", help="with the rights of this account")
        parser.add_argument("--good-rows", action="store_true", help="imports the others where rows are refused")

    def handle(self, *, file, model, translate, username, **options):
        kind, data = kind_of(file), self.read(file)
        sheet = self.sheet(model, translate, kind, data)
        by = self.account(username, sheet)
        bar = Bar()
        batch = actions.receive(
            data=data, file_name=Path(file).name, file_kind=kind, sheet=sheet, by=by, language=get_language(),
            most=None, progress=bar,
        )  # fmt: skip
        self.confirm(batch, by, bar, **options)
        bar.end()
        if unread := unread_told(batch):
            self.stderr.write(" ".join(unread))
        for line in self.refusals(batch):
            self.stdout.write(line)
        if batch.state == Batch.State.READY and batch.is_refused and not options["dry_run"]:
            self.stderr.write(self.nothing_imported(batch))
        counts = {name: getattr(batch, name) for name in ("new", "changed", "same", "refused")}
        if options["dry_run"]:
            batch.delete()
            self.stdout.write("Nothing was written: this was a dry run.")
        self.stdout.write(", ".join(f"{name} {count}" for name, count in counts.items()))
        if counts["refused"] or batch.problems:
            sys.exit(1)

    def sheet(self, model, translate, kind, data):
        """The name of the kind of sheet."""
        if translate:
            if model not in {None, "all"}:
                raise CommandError("A translator's sheet says of each row what it is: leave --model out.")
            return translators_name(*languages_named(translate))
        if not model:
            raise CommandError("Say what its rows are: --model events, or --translate en:hi for a translator's sheet.")
        if model != "all":
            chosen = model_named(model, outward)
            if chosen in outward:
                raise CommandError(f"{outward[chosen]().title} are not brought in by a sheet: they only go out.")
            return name_of(chosen)
        try:
            return translators_name(*pair_told(kind, data, list(permutations(language_codes(), 2))))
        except Refused as refusal:
            raise CommandError("\n".join(refusal.sentences)) from None

    def nothing_imported(self, batch):
        if batch.problems or not batch.writes:
            return "Nothing was imported."
        return "Nothing was imported. With --good-rows the rows that are not refused would be."

    def read(self, file):
        try:
            with open(file, "rb") as opened:
                return opened.read(limits().megabytes * MEGABYTE + 1)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from None

    def account(self, username, sheet):
        if username is None:
            return None
        by = get_user_model().objects.filter(username=username).first()
        if by is None:
            raise CommandError(f"There is no account “{username}”.")
        if not bringing_of(by, sheet):
            raise CommandError(f"{username} may not import this kind of sheet.")
        return by

    def confirm(self, batch, by, bar, *, dry_run, good_rows, **options):
        """Where nothing is to be confirmed, the counts say it."""
        if dry_run or batch.problems or not batch.writes or (batch.refused and not good_rows):
            return
        try:
            actions.confirm(batch=batch, by=by, good_rows=good_rows, at_once=sys.maxsize, progress=bar)
        except Refused as refusal:
            batch.problems = refusal.sentences
        else:
            batch.refresh_from_db()

    def refusals(self, batch):
        """A line for each."""
        yield from (" ".join(sentence.split()) for sentence in batch.problems)
        sheets = Sheets(batch)
        for each in batch.outcomes((REFUSED,)):
            for column, text, sentence in each.errors:
                where = [f"row {each.row}", *([sheets.label(each, column)] if column else [])]
                value = f" “{' '.join(text.split())[:60]}”" if text.strip() and text.strip() not in sentence else ""
                yield f"{', '.join(where)}:{value} {' '.join(sentence.split())}"
        if batch.state == Batch.State.FAILED:
            yield "Nothing was imported."
