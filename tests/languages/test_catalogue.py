"""The Hindi of the interface: complete, current, written the house's way (docs/hindi.md)."""

import ast
import datetime
import importlib.util
import json
import re
import unicodedata
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override
from django.utils.translation.template import templatize

OUR_FOLDERS = [settings.BASE_DIR / name for name in ("apps", "sscportal", "templates")]
CATALOGUES = ["django", "djangojs"]
MONTHS = ["जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितम्बर", "अक्टूबर", "नवम्बर", "दिसम्बर"]

# Which arguments of a call are the context and the words, as in xgettext's keywords.
WHERE = {"gettext": (None, 0), "ngettext": (None, 0), "pgettext": (0, 1), "npgettext": (0, 1)}
CALLS = {"_": (None, 0), "gettext_noop": (None, 0), **WHERE, **{f"{name}_lazy": WHERE[name] for name in WHERE}}
CALL_IN_TEMPLATE = re.compile(r"\b(?:_|n?gettext|n?pgettext)\(")

PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?\w+>")
# What stays in Latin letters in a Hindi sentence: names of formats and standards, examples to type, codes.
LATIN = re.compile(
    r"\b(?:SHA-256|Markdown|CSV|UTF-8|UTF-16|UUID|JSON|IP|GET|POST|sha256|ISO|IN|KE|BR|CC BY-SA|BibTeX|TOTP)\b"
    r"|\.(?:xlsx|ods|csv|txt|md)\b|name@example\.org|events?[.:][a-z./-]+|YYYY-MM-DD|HH:MM\[:ss\[\.uuuuuu\]\]\[TZ\]"
)


def catalogue(domain, locale_folder=settings.BASE_DIR / "locale", language="hi"):
    """The messages of a .po file; "djangojs" are the words of the admin's scripts."""
    with (locale_folder / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return [message for message in read_po(file) if message.id]


def forms(texts):
    return [texts] if isinstance(texts, str) else list(texts)


def key(message):
    return message.context, forms(message.id)[0]


def pairs(domain):
    """``[(English, Hindi), …]``: of a word with two numbers, both Hindi forms with the English plural."""
    return [(forms(each.id)[-1], hindi) for each in catalogue(domain) for hindi in forms(each.string)]


def words_called(tree):
    """``{(context, words), …}``: what the calls of gettext and its like in a syntax tree ask for."""
    found = set()
    for call in ast.walk(tree):
        name = isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name not in CALLS:
            continue
        context, words = (place is not None and getattr(call.args[place], "value", None) for place in CALLS[name])
        if isinstance(words, str):
            found.add((context or None, words))
    return found


def words_in_template(text):
    """Django turns a template into calls of gettext between noise; a call ends at the first bracket that closes it."""
    found = set()
    for line in templatize(text).splitlines():
        for start in CALL_IN_TEMPLATE.finditer(line):
            for end in re.finditer(r"\)", line[start.end() :]):
                try:
                    call = ast.parse(line[start.start() : start.end() + end.end()])
                except SyntaxError:
                    continue
                found |= words_called(call)
                break
    return found


def words_said_in(folder):
    found = set()
    for file in folder.rglob("*.py"):
        if "migrations" not in file.parts:
            found |= words_called(ast.parse(file.read_text(encoding="utf-8")))
    for file in [*folder.rglob("*.html"), *folder.rglob("*.txt")]:
        found |= words_in_template(file.read_text(encoding="utf-8"))
    return found


def library(name):
    return Path(importlib.util.find_spec(name).origin).parent


@pytest.mark.parametrize("domain", CATALOGUES)
def test_every_word_has_its_hindi(domain):
    lacking = [each.id for each in catalogue(domain) if each.fuzzy or not all(forms(each.string))]

    assert lacking == []


def test_the_catalogue_holds_just_the_words_that_are_said():
    said = set().union(*map(words_said_in, OUR_FOLDERS))
    kept = {key(each) for each in catalogue("django")}

    assert said - kept == set(), (
        'Run "make messages" and translate. It does not see words inside an f-string: take them out.'
    )
    assert kept - said == set(), 'Run "make messages": these words are not said any more.'


@pytest.mark.parametrize("domain", CATALOGUES)
def test_no_placeholder_and_no_tag_is_lost(domain):
    for english, hindi in pairs(domain):
        for pattern in (PLACEHOLDER, TAG):
            assert sorted(pattern.findall(hindi)) == sorted(pattern.findall(english)), english


@pytest.mark.parametrize("domain", CATALOGUES)
def test_hindi_is_written_in_devanagari(domain):
    for english, hindi in pairs(domain):
        rest = LATIN.sub("", TAG.sub("", PLACEHOLDER.sub("", hindi)))

        assert not re.search("[A-Za-z]", rest), f"{english}: {rest}"


@pytest.mark.parametrize("domain", CATALOGUES)
def test_signs_are_those_of_the_house(domain):
    for _english, hindi in pairs(domain):
        assert not re.search("[!|०-९\u200b-\u200f]", hindi), hindi
        assert unicodedata.is_normalized("NFC", hindi), hindi


def test_sentences_end_with_a_purna_viram():
    sentences = [(english, hindi) for english, hindi in pairs("django") if english.endswith(".") and " " in english]

    assert [hindi for _english, hindi in sentences if not hindi.endswith("।")] == []


@pytest.mark.parametrize("number", range(1, 13))
def test_months_are_spelt_as_in_the_notes(number):
    with override("hi"):
        assert date_format(datetime.date(1964, number, 30 if number != 2 else 28), "F") == MONTHS[number - 1]


def test_the_admins_calendar_speaks_hindi(editor):
    script = editor.get(reverse("admin:jsi18n"), headers={"accept-language": "hi"}).content.decode()

    assert [month for month in MONTHS if json.dumps(month) not in script] == []


@pytest.mark.parametrize("app", ["admin", "auth"])
def test_every_word_of_the_desk_is_hindi(app):
    said = {key(each) for each in catalogue("django", library(f"django.contrib.{app}") / "locale", "en")}

    assert said - {key(each) for each in catalogue("django")} == set()


def test_every_word_of_the_desks_scripts_is_hindi():
    said = {key(each) for each in catalogue("djangojs", library("django.contrib.admin") / "locale", "en")}

    assert {key(each) for each in catalogue("djangojs")} == said


def test_words_kept_for_the_libraries_are_still_said_by_them():
    django = library("django")
    shipped = [django / "conf", *(django / "contrib" / app for app in ("admin", "auth", "contenttypes", "sessions"))]
    said = {key(each) for folder in shipped for each in catalogue("django", folder / "locale", "en")}
    said |= words_said_in(library("axes")) | words_said_in(library("import_export"))
    kept = words_called(ast.parse((settings.BASE_DIR / "apps/languages/library_words.py").read_text(encoding="utf-8")))

    assert kept - said == set()
