"""The events of the bench, the same on every machine: 12 filled columns, two relations, half of the texts Hindi.

``sheet_rows`` says what must be in the database after an import; ``prepare`` makes the databases and the files.
"""

import datetime
import random
import string

COLUMNS = (
    "slug", "title_en", "title_hi", "other_names_en", "summary_en", "summary_hi",
    "start", "end", "place_en", "place_hi", "state", "source_language",
)  # fmt: skip
RELATIONS = ("country", "organisations")
SEPARATOR = "; "
COUNTRIES, ORGANISATIONS = 150, 200
# One row in so many is another one in the file of the third job.
CHANGED_EVERY = 100

ENGLISH_TEXT = (
    "the conference of developing countries adopted a declaration on trade and technology after long talks about raw "
    "materials debt shipping and science its members asked for better terms a common fund and a secretariat of their "
    "own ministers from Africa Asia and Latin America met again in the following year to review what had been done"
)
HINDI_TEXT = (
    "विकासशील देशों के सम्मेलन ने व्यापार और तकनीक पर एक घोषणा स्वीकार की कच्चे माल कर्ज़ जहाज़रानी तथा विज्ञान "
    "पर लंबी चर्चा के बाद सदस्यों ने बेहतर शर्तें साझा कोष और अपना सचिवालय माँगा अफ़्रीका एशिया लैटिन अमेरिका के मंत्री "
    "अगले वर्ष फिर मिले कि कितना काम हुआ राष्ट्रों की बैठक में सहयोग की नई व्यवस्था का प्रस्ताव रखा गया"
)
ENGLISH, HINDI = ENGLISH_TEXT.split(), HINDI_TEXT.split()
PLACES = (
    ("Bandung", "बांडुंग"), ("Belgrade", "बेलग्रेड"), ("Cairo", "काहिरा"), ("Lusaka", "लुसाका"),
    ("Algiers", "अल्जीयर्स"), ("New Delhi", "नई दिल्ली"), ("Harare", "हरारे"), ("Buenos Aires", "ब्यूनस आयर्स"),
)  # fmt: skip


def country_codes():
    return [a + b for a in string.ascii_uppercase for b in string.ascii_uppercase][:COUNTRIES]


def organisation_slugs():
    return [f"organisation-{number:03d}" for number in range(1, ORGANISATIONS + 1)]


def sheet_rows(count, *, changed=False):
    """``count`` dicts of texts, a column each; relations by code and by slugs with :data:`SEPARATOR` between.

    ``changed``: one row in :data:`CHANGED_EVERY` has another summary, every second of them another link too.
    """
    chance, codes, slugs = random.Random(4), country_codes(), organisation_slugs()  # noqa: S311
    for number in range(count):
        row = event(number, chance, codes, slugs)
        if changed and number % CHANGED_EVERY == 0:
            row["summary_hi"] += " यह पंक्ति बदली गई।"
            if number % (2 * CHANGED_EVERY) == 0:
                row["organisations"] = slugs[number % len(slugs)]
        yield row


def event(number, chance, codes, slugs):
    start, end = dates(chance)
    place = chance.choice(PLACES)
    return {
        "slug": f"{chance.choice(ENGLISH)}-{chance.choice(ENGLISH)}-{number:05d}".lower(),
        "title_en": text(chance, ENGLISH, 30, 45).capitalize(),
        "title_hi": text(chance, HINDI, 30, 45),
        "other_names_en": f"{chance.choice(PLACES)[0]} Meeting {number}",
        "summary_en": text(chance, ENGLISH, 150, 300).capitalize() + ".",
        "summary_hi": text(chance, HINDI, 150, 300) + "।",
        "start": start,
        "end": end,
        "place_en": place[0],
        "place_hi": place[1],
        "state": "published" if chance.random() < 0.8 else "draft",
        "source_language": chance.choice(["en", "hi"]),
        "country": chance.choice(codes),
        "organisations": SEPARATOR.join(sorted(chance.sample(slugs, chance.randint(1, 3)))),
    }


def text(chance, words, least, most):
    """Words of ``words`` until they are as long as a length between ``least`` and ``most`` characters."""
    length, found = chance.randint(least, most), []
    while sum(map(len, found)) + len(found) - 1 < length:
        found.append(chance.choice(words))
    return " ".join(found)


def dates(chance):
    """``("1964-03-23", "1964-03-27")``: seven in ten are known to the day, two to the month, one to the year."""
    start = datetime.date(chance.randint(1945, 2020), chance.randint(1, 12), chance.randint(1, 28))
    end = start + datetime.timedelta(days=chance.randint(1, 90))
    length = chance.choices([10, 7, 4], [7, 2, 1])[0]
    return start.isoformat()[:length], end.isoformat()[:length]


def workbook(rows, path):
    """As Excel saves it: a full date is a real date cell, every other cell a text."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Events")
    names = [*COLUMNS, *RELATIONS]
    sheet.append(names)
    for row in rows:
        sheet.append([cell(row[name]) if name in {"start", "end"} else row[name] for name in names])
    book.save(path)


def cell(date):
    return datetime.date.fromisoformat(date) if len(date) == 10 else date


def prepare(what, count, folder):
    """``what``: "empty" makes tables, an account, countries and organisations; "full" adds events, and the files."""
    import django

    django.setup()
    from bench.sheets import records

    if what == "empty":
        records.make_references(country_codes(), organisation_slugs())
    else:
        records.make_events(sheet_rows(count))
        workbook(sheet_rows(count), folder / "all.xlsx")
        workbook(sheet_rows(count, changed=True), folder / "few.xlsx")
