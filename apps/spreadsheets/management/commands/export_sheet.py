"""``manage.py export_sheet --model events OUT.xlsx``: the records of one kind as a sheet."""

import shutil

from django.core.management import CommandError

from apps.spreadsheets.exporting import export
from apps.spreadsheets.exports import log_export
from apps.spreadsheets.kinds import name_of, translators_name
from apps.spreadsheets.management.arguments import Bar, SheetCommand, kind_of, languages_named, model_named
from apps.spreadsheets.outward import outward
from apps.spreadsheets.records.sheet import RecordSheet
from apps.spreadsheets.refusals import Refused
from apps.spreadsheets.translators.selection import Selection
from apps.spreadsheets.translators.sheet import export_translations


class Command(SheetCommand):
    help = "Writes the records of one kind, or a translator's sheet, to a file: .xlsx, .csv or .ods."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="OUT", help="where to: its ending says which kind of file")
        parser.add_argument("--model", required=True, help="events, organisations, topics, …; all, with --translate")
        parser.add_argument("--template", action="store_true", help="no records: an empty sheet to fill in")
        parser.add_argument("--translate", metavar="FROM:TO", help="a translator's sheet, for example en:hi")

    def handle(self, *, file, model, template, translate, **options):
        kind, bar = kind_of(file), Bar()
        try:
            with self.exported(kind, model, template, translate, bar) as made, open(file, "wb") as target:
                shutil.copyfileobj(made, target)
        except Refused as refusal:
            raise CommandError("\n".join(refusal.sentences)) from None
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from None
        finally:
            bar.end()
        self.stdout.write(f"{file} is written.")

    def exported(self, kind, model, template, translate, bar):
        if translate:
            if template:
                raise CommandError("A translator's sheet has the texts to translate: leave --template out.")
            source, target = languages_named(translate)
            selection = Selection(None if model == "all" else {model_named(model): model_named(model).objects.all()})
            made = export_translations(kind, source, target, selection=selection, progress=bar)
            log_export(None, translators_name(source, target), count=selection.count, kind=kind)
            return made
        if model == "all":
            raise CommandError("All kinds together are a translator's sheet: add --translate en:hi.")
        chosen = model_named(model, outward)
        sheet = outward[chosen]() if chosen in outward else RecordSheet(chosen)
        if template and chosen in outward:
            raise CommandError(f"{sheet.title} are not brought in by a sheet: there is nothing to fill in.")
        records = chosen.objects.none() if template else chosen.objects.all()
        made = export(kind, sheet, records, progress=bar)
        if not template:
            log_export(None, name_of(chosen), count=records.count(), kind=kind)
        return made
