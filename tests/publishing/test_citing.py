"""A work as the styles' own handbooks would have it cited, in either language, and as BibTeX."""

import html
import re
from datetime import date
from threading import Thread

import bibtexparser
import pytest
from bibtexparser.bparser import BibTexParser
from hypothesis import given
from hypothesis import strategies as st

from apps.publishing.citing import STYLES, TEX, Person, Work, bibtex, cite

ENGLISH = {
    "title": "The Indian Ocean rim",
    "container": "South-South Cooperation",
    "url": "https://portal.example/en/topics/rim/",
    "language": "en",
    "slug": "rim",
    "authors": ("sscportal editors",),
    "issued": date(2026, 9, 5),
    "accessed": date(2026, 11, 22),
}
HINDI = ENGLISH | {
    "title": "हिन्द महासागर का तट",
    "container": "दक्षिण-दक्षिण सहयोग",
    "url": "https://portal.example/hi/topics/rim/",
    "language": "hi",
    "authors": ("सम्पादक मण्डल",),
}


def english(**differing):
    return Work(**ENGLISH | differing)


def hindi(**differing):
    return Work(**HINDI | differing)


# --- The styles' published examples of a web page --------------------------------------------------------------------


def published(authors, title, container, url, **dates):
    return Work(title=title, container=container, url=url, language="en", slug="x", authors=authors, **dates)


@pytest.mark.parametrize(
    ("style", "work", "example"),
    [
        pytest.param(
            "APA",
            published(
                ("World Health Organization",),
                "The top 10 causes of death",
                "World Health Organization",
                "https://www.who.int/news-room/fact-sheets/detail/the-top-10-causes-of-death",
                issued=date(2018, 5, 24),
            ),
            "World Health Organization. (2018, May 24). <i>The top 10 causes of death</i>. "
            "https://www.who.int/news-room/fact-sheets/detail/the-top-10-causes-of-death",
            id="APA, a group that is also the site",
        ),
        pytest.param(
            "APA",
            published(
                ("U.S. Census Bureau",),
                "U.S. and world population clock",
                "U.S. Department of Commerce",
                "https://www.census.gov/popclock/",
                accessed=date(2020, 1, 9),
            ),
            "U.S. Census Bureau. (n.d.). <i>U.S. and world population clock</i>. U.S. Department of Commerce. "
            "Retrieved January 9, 2020, from https://www.census.gov/popclock/",
            id="APA, without a date",
        ),
        pytest.param(
            "APA",
            published(
                (Person("Horovitz", "Bruce"),),
                "Are you ready to move your aging parent into your home?",
                "AARP",
                "https://www.aarp.org/caregiving/home-care/info-2021/caregiving-questions.html",
                issued=date(2021, 10, 19),
            ),
            "Horovitz, B. (2021, October 19). <i>Are you ready to move your aging parent into your home?</i> AARP. "
            "https://www.aarp.org/caregiving/home-care/info-2021/caregiving-questions.html",
            id="APA, a question",
        ),
        pytest.param(
            "MLA",
            published(
                (),
                "Athlete's Foot - Topic Overview",
                "WebMD",
                "https://www.webmd.com/skin-problems-and-treatments/tc/athletes-foot-topic-overview",
                issued=date(2014, 9, 25),
            ),
            "“Athlete&#x27;s Foot - Topic Overview.” <i>WebMD</i>, 25 Sept. 2014, "
            "https://www.webmd.com/skin-problems-and-treatments/tc/athletes-foot-topic-overview.",
            id="MLA, without an author",
        ),
        pytest.param(
            "MLA",
            published(
                (Person("Lundman", "Susan"),),
                "How to Make Vegetarian Chili",
                "eHow",
                "https://www.ehow.com/how_10727_make-vegetarian-chili.html",
                accessed=date(2015, 7, 6),
            ),
            "Lundman, Susan. “How to Make Vegetarian Chili.” <i>eHow</i>, "
            "https://www.ehow.com/how_10727_make-vegetarian-chili.html. Accessed 6 July 2015.",
            id="MLA, without a date",
        ),
        pytest.param(
            "Chicago",
            published(
                ("Yale University",),
                "About Yale: Yale Facts",
                "Yale University",
                "https://www.yale.edu/about-yale/yale-facts",
                accessed=date(2022, 3, 8),
            ),
            "Yale University. “About Yale: Yale Facts.” Accessed March 8, 2022. "
            "https://www.yale.edu/about-yale/yale-facts.",
            id="Chicago, without a date",
        ),
        pytest.param(
            "Chicago",
            published(
                ("Google",),
                "Privacy Policy",
                "Privacy & Terms",
                "https://policies.google.com/privacy",
                issued=date(2023, 11, 15),
            ),
            "Google. “Privacy Policy.” Privacy &amp; Terms, November 15, 2023. https://policies.google.com/privacy.",
            id="Chicago",
        ),
    ],
)
def test_a_web_page_is_cited_as_the_style_s_own_example(style, work, example):
    assert cite(work, style) == example


# --- Our notes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "cited"),
    [
        (
            "APA",
            "सम्पादक मण्डल. (2026, सितम्बर 5). <i>हिन्द महासागर का तट</i>. दक्षिण-दक्षिण सहयोग. "
            "https://portal.example/hi/topics/rim/",
        ),
        (
            "MLA",
            "सम्पादक मण्डल. “हिन्द महासागर का तट”. <i>दक्षिण-दक्षिण सहयोग</i>, 5 सितम्बर 2026, "
            "https://portal.example/hi/topics/rim/.",
        ),
        (
            "Chicago",
            "सम्पादक मण्डल. “हिन्द महासागर का तट”. दक्षिण-दक्षिण सहयोग, 5 सितम्बर 2026. "
            "https://portal.example/hi/topics/rim/.",
        ),
    ],
)
def test_a_hindi_citation_is_hindi_throughout(style, cited):
    assert cite(hindi(), style) == cited


@pytest.mark.parametrize(
    ("style", "end"),
    [
        ("APA", "अभिगमन तिथि: 22 नवम्बर 2026, स्रोत: https://portal.example/hi/topics/rim/"),
        ("MLA", "https://portal.example/hi/topics/rim/. अभिगमन तिथि: 22 नवम्बर 2026."),
        ("Chicago", "अभिगमन तिथि: 22 नवम्बर 2026. https://portal.example/hi/topics/rim/."),
    ],
)
def test_what_has_no_date_says_in_hindi_when_it_was_read(style, end):
    assert cite(hindi(issued=None), style).endswith(end)


def test_apa_says_in_hindi_that_there_is_no_date():
    assert cite(hindi(issued=None), "APA").startswith("सम्पादक मण्डल. (तिथि अज्ञात). ")


@pytest.mark.parametrize(
    ("style", "cited"),
    [
        (
            "APA",
            "<i>The Indian Ocean rim</i>. (2026, September 5). South-South Cooperation. "
            "https://portal.example/en/topics/rim/",
        ),
        (
            "MLA",
            "“The Indian Ocean Rim.” <i>South-South Cooperation</i>, 5 Sept. 2026, "
            "https://portal.example/en/topics/rim/.",
        ),
        (
            "Chicago",
            "South-South Cooperation. “The Indian Ocean Rim.” South-South Cooperation, September 5, 2026. "
            "https://portal.example/en/topics/rim/.",
        ),
    ],
)
def test_without_an_author_the_citation_begins_as_the_style_says(style, cited):
    assert cite(english(authors=()), style) == cited


@pytest.mark.parametrize("style", STYLES)
def test_neither_author_nor_date_still_makes_a_citation_that_says_the_title_once(style):
    for work in (english(authors=(), issued=None), hindi(authors=(), issued=None)):
        assert cite(work, style).casefold().count(work.title.casefold()) == 1


@pytest.mark.parametrize("style", ["MLA", "Chicago"])
def test_an_edition_says_its_number_in_the_citation_s_language(style):
    assert "Edition 3" in cite(english(edition=3), style)
    assert "संस्करण 3" in cite(hindi(edition=3), style)


@pytest.mark.parametrize("style", STYLES)
def test_an_author_line_is_one_name_and_stays_as_it_is(style):
    for line in ("A. Kumar", "Department of History, Open University", "एक अध्यापक"):
        assert cite(english(authors=(line,)), style).startswith(f"{line}.".replace("..", "."))


@pytest.mark.parametrize(
    ("style", "start"),
    [
        ("APA", "Kumar, A., &amp; Rao, B. K. (2026"),
        ("MLA", "Kumar, Asha, and B. K. Rao. “"),
        ("Chicago", "Kumar, Asha, and B. K. Rao. “"),
    ],
)
def test_persons_given_as_such_are_turned_round_and_in_apa_abbreviated(style, start):
    work = english(authors=(Person("Kumar", "Asha"), Person("Rao", "B. K.")))
    assert cite(work, style).startswith(start)


@pytest.mark.parametrize("style", STYLES)
def test_a_devanagari_name_is_never_cut(style):
    assert cite(hindi(authors=(Person("शर्मा", "क्षितिज"),)), style).startswith("क्षितिज शर्मा. ")


@pytest.mark.parametrize("style", STYLES)
def test_two_authors_are_joined_in_hindi_as_the_style_joins_them(style):
    work = hindi(authors=("आशा कुमार", "अंकटाड"))
    joined = {"APA": "आशा कुमार, &amp; अंकटाड. "}.get(style, "आशा कुमार, और अंकटाड. ")
    assert cite(work, style).startswith(joined)


@pytest.mark.parametrize("style", STYLES)
def test_a_name_is_not_said_again_as_publisher(style):
    text = cite(english(publisher="South-South Cooperation"), style)
    assert text.count("South-South Cooperation") == 1
    assert "Open University" in cite(english(publisher="Open University"), style)


@pytest.mark.parametrize(
    ("style", "quoted"), [("APA", "Why “no”?</i> "), ("MLA", "“Why ‘no’?” "), ("Chicago", "“Why ‘no’?” ")]
)
def test_a_question_with_a_quotation_keeps_one_mark_at_its_end(style, quoted):
    assert quoted.casefold() in cite(english(title="Why “no”?"), style).casefold()


# --- Safety ----------------------------------------------------------------------------------------------------------

HOSTILE = '<script>alert("1")</script> & <span class="nocase">x</span> \ue000'


@pytest.mark.parametrize("style", STYLES)
def test_nothing_in_a_work_becomes_a_tag(style):
    work = english(title=HOSTILE, authors=(HOSTILE,), container=f"{HOSTILE}2", publisher=f"{HOSTILE}3")
    assert set(re.findall("<[^>]*>", cite(work, style))) <= {"<i>", "</i>"}
    assert cite(work, style).count("&lt;script&gt;") == 4


@pytest.mark.parametrize("style", STYLES)
def test_a_style_keeps_nothing_of_what_it_cited_before(style):
    first = cite(english(), style)
    for work in (english(authors=(), issued=None, edition=2), english(authors=(Person("Rao", "B."),))):
        cite(work, style)
    assert cite(english(), style) == first


def test_threads_that_cite_at_once_do_not_mix_their_works():
    wrong = []

    def cite_often(work):
        expected = cite(work, "MLA")
        wrong.extend(1 for _ in range(10) if cite(work, "MLA") != expected or work.title not in expected)

    threads = [Thread(target=cite_often, args=[hindi(title=f"पाठ {number}")]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


# Letters that lower() and upper() take to each other and back; the styles write some titles in capitals.
LETTERS = st.sampled_from("abz éß kKÅ कखगक्षिज़ँंः्ा ि १9 .,:;?!।“”‘’\"'`-–()[]{}<>&%$#_~^\\@=+*/|\ue000\ue003\u200d\u00a0")
TITLES = st.text(LETTERS, min_size=1, max_size=60).filter(str.strip)


NO_MARKS = str.maketrans("", "", "\ue000\ue003")


def words(text):
    return re.findall(r"[a-zéßå\u0900-\u0963\u0966-\u097f\u200d]+", text.translate(NO_MARKS).casefold())


@given(title=TITLES, style=st.sampled_from([*STYLES]), make=st.sampled_from([english, hindi]), author=st.booleans())
def test_every_word_of_any_title_stands_in_the_citation_and_nothing_of_it_is_markup(title, style, make, author):
    text = cite(make(title=title, **({} if author else {"authors": ()})), style)
    plain = html.unescape(re.sub("</?i>", "", text))
    assert " ".join(words(title)) in " ".join(words(plain))
    assert "<" not in re.sub("</?i>", "", text)


# --- BibTeX ----------------------------------------------------------------------------------------------------------


def read_back(text):
    """The one entry of ``text``, its values as they were before they were escaped for TeX."""
    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    (entry,) = bibtexparser.loads(text, parser).entries
    signs = {escaped: chr(sign) for sign, escaped in TEX.items()}
    pattern = "|".join(map(re.escape, sorted(signs, key=len, reverse=True)))
    return {
        name: re.sub(pattern, lambda found: signs[found[0]], re.sub(r"^\{(.*)\}$", r"\1", value, flags=re.DOTALL))
        for name, value in entry.items()
    }


def test_bibtex_keeps_unicode_and_says_language_and_dates():
    assert bibtex(hindi(edition=3)) == (
        "@online{rim-3-hi,\n"
        "  author = {{सम्पादक मण्डल}},\n"
        "  title = {{हिन्द महासागर का तट}},\n"
        "  organization = {{दक्षिण-दक्षिण सहयोग}},\n"
        "  version = {3},\n"
        "  date = {2026-09-05},\n"
        "  year = {2026},\n"
        "  url = {https://portal.example/hi/topics/rim/},\n"
        "  urldate = {2026-11-22},\n"
        "  language = {hindi},\n"
        "  langid = {hindi}\n"
        "}\n"
    )


def test_bibtex_leaves_out_what_is_not_known():
    entry = read_back(bibtex(english(authors=(), issued=None)))
    assert not {"author", "date", "year", "version", "publisher"} & entry.keys()


def test_bibtex_splits_only_persons_given_as_such():
    text = bibtex(english(authors=(Person("Kumar", "Asha"), "Trade and Development Board", Person("शर्मा", "क्षितिज"))))
    assert "author = {Kumar, Asha and {Trade and Development Board} and {क्षितिज शर्मा}}" in text


@given(title=TITLES, author=TITLES)
def test_any_title_and_author_parse_as_bibtex_again_to_the_same(title, author):
    work = english(title=title, authors=(author,))
    entry = read_back(bibtex(work))
    assert entry["title"] == " ".join(title.translate(NO_MARKS).split())
    assert entry["author"] == " ".join(author.translate(NO_MARKS).split())
    assert (entry["ID"], entry["url"], entry["date"], entry["langid"]) == ("rim-en", work.url, "2026-09-05", "english")
