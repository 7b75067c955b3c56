"""The pages on which a pasted text becomes a draft: what is shown, what is refused, and what is stored in the end."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from reversion.models import Version

from apps.audit.models import Entry
from apps.content.models import State
from apps.publishing import history
from apps.topics.models import Section, Topic
from tests.factories import SourceFactory, TopicFactory
from tests.topics.test_pasting_texts import ENGLISH_NOTE, HINDI_NOTE, HINDI_SENTENCE, SENTENCE

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PASTE = "/admin/topics/topic/paste/"
# The line of the certain damage in HINDI_NOTE.
WTO = "ॅज्व्"


def preview(client, text=ENGLISH_NOTE, **fields):
    return client.post(PASTE, {"text": text, "_preview": "1", **fields})


def make(client, text=ENGLISH_NOTE, **fields):
    """What a browser sends from the preview, with ``fields`` typed or ticked in it."""
    form = preview(client, text).context["form"]
    return client.post(PASTE, {**{key: value or "" for key, value in form.initial.items()}, "_make": "1", **fields})


def sentences(response):
    form = response.context["form"]
    return " ".join(str(each) for errors in form.errors.values() for each in errors)


def upload(data, name="note.txt"):
    return SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode())


# --- The draft --------------------------------------------------------------------------------------------------------


def test_a_pasted_note_becomes_a_draft_with_its_sections(editor, superuser):
    response = make(editor, title="The neighbours", slug="neighbours")
    topic = Topic.objects.get()
    assert response.url == reverse("admin:topics_topic_change", args=[topic.pk])
    assert (topic.slug, topic.title_en, topic.title_hi, topic.state) == (
        "neighbours",
        "The neighbours",
        "",
        State.DRAFT,
    )
    assert (topic.source_language, topic.created_by) == ("en", superuser)
    assert topic.summary_en == "Neighbours (NBR) share what they know. They do so as equals."
    sections = topic.sections.values_list("position", "anchor", "heading_en", "heading_hi")
    assert list(sections) == [
        (1, "how-it-began", "How It Began", ""),
        (2, "aims-and-rules", "Aims and Rules", ""),
        (3, "what-remains", "What Remains", ""),
    ]


def test_a_hindi_note_becomes_a_draft_in_hindi(editor):
    make(editor, HINDI_NOTE, slug="neighbours")
    topic = Topic.objects.get()
    assert (topic.source_language, topic.title_en, topic.sections.first().body_en) == ("hi", "", "")
    assert list(topic.sections.values_list("anchor", flat=True)) == ["section-1", "section-2", "section-3"]


def test_the_draft_is_one_revision_that_says_where_it_came_from(editor, superuser):
    make(editor)
    (entry,) = history.entries(Topic.objects.get())
    assert (entry.comment, entry.by) == ("Made from a pasted text.", superuser)
    assert len({version.revision_id for version in Version.objects.all()}) == 1
    assert len(entry.parts) == 3


def test_the_log_says_who_brought_the_text(editor, superuser):
    make(editor)
    entry = Entry.objects.get(verb="imported")
    assert (entry.by, entry.about) == (superuser, Topic.objects.get())


def test_a_new_note_takes_the_last_place_in_the_course(editor):
    TopicFactory(position=7)
    make(editor)
    assert Topic.objects.get(slug__startswith="neighbours").position == 8


def test_sections_of_the_same_name_have_anchors_of_their_own(editor):
    make(editor, "\n\n".join(f"## The same\n\n{SENTENCE}" for _each in range(3)), slug="same", title="Same")
    assert list(Section.objects.values_list("anchor", flat=True)) == ["the-same", "the-same-2", "the-same-3"]


def test_the_draft_opens_in_its_form_and_says_what_is_left(editor):
    page = editor.get(make(editor, HINDI_NOTE, slug="neighbours").url)
    told = [str(message) for message in page.context["messages"]]
    assert "with 3 sections" in told[0]
    assert "3 places in it may be damage" in told[1]


# --- The preview ------------------------------------------------------------------------------------------------------


def test_the_preview_stores_nothing(editor):
    page = preview(editor)
    assert page.status_code == 200
    assert "3 sections were found. Nothing is stored yet." in page.content.decode()
    assert not Topic.objects.exists()
    assert not Version.objects.exists()


def test_the_language_is_that_of_the_text_unless_it_is_said(editor):
    assert preview(editor, HINDI_NOTE).context["note"].language == "hi"
    assert preview(editor, HINDI_NOTE, language="en").context["note"].language == "en"


def test_a_title_that_is_typed_goes_before_that_of_the_text(editor):
    form = preview(editor, f"# Theirs\n\n## One\n\n{SENTENCE}", title="Ours").context["form"]
    assert (form.initial["title"], form.initial["slug"]) == ("Ours", "ours")


def test_no_address_is_made_of_hindi(editor):
    assert preview(editor, HINDI_NOTE).context["form"].initial["slug"] == ""
    assert "This field is required." in sentences(make(editor, HINDI_NOTE))


def test_an_address_that_is_taken_is_not_proposed(editor):
    TopicFactory(slug="ours")
    assert preview(editor, title="Ours").context["form"].initial["slug"] == "ours-2"


def test_paragraphs_without_a_heading_get_one_in_the_preview(editor):
    make(editor, HINDI_NOTE, slug="neighbours", heading_2="विश्व व्यापार")
    assert Section.objects.get(position=2).heading_hi == "विश्व व्यापार"


def test_the_preview_says_what_becomes_of_a_list_of_sources(editor):
    SourceFactory(title_en="The Challenge to the South")
    text = f"{ENGLISH_NOTE}\nReferences\n\nSouth Commission, The challenge to the South, Oxford 1990\n"
    page = preview(editor, text)
    assert "Enter them as citations" in page.content.decode()
    assert [str(source) for source in page.context["parts"][-1]["sources"]] == ["The Challenge to the South"]
    told = [str(message) for message in editor.get(make(editor, text).url).context["messages"]]
    assert any("“References” is a section of the draft" in each for each in told)


def test_the_preview_says_that_a_note_begins_in_one_language(editor):
    sentence = "The text is in two languages."
    assert sentence in preview(editor, ENGLISH_NOTE + HINDI_NOTE).content.decode()
    assert sentence not in preview(editor).content.decode()


def test_the_preview_names_the_headings_inside_a_section(editor):
    page = preview(editor, f"1. One\n\n{SENTENCE}\n\n1.1 Within\n\n{SENTENCE}\n\n2. Two\n\n{SENTENCE}")
    assert 'Headings inside: <span lang="en">Within</span>' in page.content.decode()
    assert "#" not in page.context["parts"][0]["opening"]


def test_the_preview_shows_a_table_as_readers_will_see_it(editor):
    rows = "\n".join(f"Country {number}\t{number}" for number in range(12))
    page = preview(editor, f"1. One\n{SENTENCE}\nCountry\tYear\n{rows}\n2. Two\n{SENTENCE}")
    text = page.content.decode()
    assert '<th scope="col">Country</th>' in text
    assert "Country 7</td>" in text
    assert "Country 8</td>" not in text
    assert "4 more rows of this table are not shown here." in text
    assert page.context["parts"][0]["opening"] == SENTENCE


def test_the_preview_says_what_becomes_of_front_matter(editor):
    text = preview(editor, f"---\ntitle: Foo\n---\n\n## One\n\n{SENTENCE}").content.decode()
    assert "Lines 1 to 3 are data about the file" in text
    assert "are data about the file" not in preview(editor).content.decode()


# --- Damage -----------------------------------------------------------------------------------------------------------


def test_damage_is_listed_in_its_section_at_its_line(editor):
    parts = preview(editor, HINDI_NOTE).context["parts"]
    found = [[(place.line, place.run.text, place.run.reading) for place, _ticked in part["places"]] for part in parts]
    assert found == [[], [(2, WTO, "WTO")], [(3, "1996.97", "1996-97"), (3, "हुइ्र", "हुई")]]


def test_damage_is_shown_in_its_surroundings_cut_between_letters(editor):
    place, _ticked = preview(editor, HINDI_NOTE).context["parts"][1]["places"][0]
    assert place.before.startswith("…")
    assert place.before.endswith("इसमें ")
    assert place.after.startswith(" की भी बात हुई।")


def test_nothing_is_changed_that_was_not_ticked(editor):
    make(editor, HINDI_NOTE, slug="neighbours")
    assert "\n".join(Section.objects.values_list("body_hi", flat=True)) == HINDI_NOTE


@pytest.mark.parametrize("ticked", [{"all_certain": "on"}, {"readings": str(HINDI_NOTE.index(WTO))}])
def test_a_reading_that_was_ticked_is_taken(editor, ticked):
    make(editor, HINDI_NOTE, slug="neighbours", **ticked)
    bodies = "\n".join(Section.objects.values_list("body_hi", flat=True))
    assert bodies == HINDI_NOTE.replace(WTO, "WTO")  # what is not certain stays


def test_a_heading_of_ours_follows_the_text_that_was_mended(editor):
    text = f"{HINDI_SENTENCE * 4}\n{WTO} की बैठक में {HINDI_SENTENCE * 3}\n{HINDI_SENTENCE * 4}"
    make(editor, text, slug="neighbours", all_certain="on")
    assert Section.objects.get(position=2).heading_hi.startswith("WTO की बैठक")


def test_invisible_signs_are_taken_out_on_request(editor):
    make(editor, ENGLISH_NOTE.replace("equals", "equ\u200bals"), take_out_signs="on")
    assert "\u200b" not in Topic.objects.get().summary_en


def test_what_word_means_by_its_control_signs_is_kept_and_the_other_ones_go(editor):
    make(
        editor, f"1.\tIntroduction\n\n{SENTENCE}\x0bA new line.\x0c\x02\n\n2.\tAims\n\n{SENTENCE}", title="A", slug="a"
    )
    assert Section.objects.first().body_en == f"{SENTENCE}\n\nA new line."


@pytest.mark.parametrize("written", ["co\u00adoperate", "co\u00ad\noperate"])
def test_soft_hyphens_go_and_join_what_they_divide(editor, written):
    page = editor.post(PASTE, {"text": "", "file": upload(f"1. One\n\nThey {written}."), "_preview": "1"})
    assert page.context["form"].source == "1. One\n\nThey cooperate."


# --- What is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (ENGLISH_NOTE.encode("utf-16"), "note.txt", "it may be in UTF-16"),
        (ENGLISH_NOTE.encode("utf-16-le"), "note.txt", "it may be in UTF-16"),
        ("one\nsmörgåsbord".encode("latin-1"), "note.txt", "The file is not in UTF-8: line 2"),
        (b"x" * 500_001, "note.txt", "The text has 501 kB; at most 500 kB"),
        (b"%PDF-1.7", "note.pdf", "whose name ends in .txt or .md"),
        (b"PK\x03\x04", "note.docx", "From a word processor, paste the text."),
        (b"PK\x03\x04\x14\0", "note.odt.txt", "This is no plain text, whatever its name."),
        (rb"{\rtf1\ansi Text}", "note.txt", "This is no plain text, whatever its name."),
        (b"  \n", "note.md", "Paste a text, or choose a file with one."),
        (b"", "note.md", "The submitted file is empty."),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_with_a_sentence(editor, data, name, sentence):
    page = editor.post(PASTE, {"text": "", "file": upload(data, name), "_preview": "1"})
    assert sentence in sentences(page)


@pytest.mark.parametrize("text", [ENGLISH_NOTE, "\ufeff" + ENGLISH_NOTE.replace("\n", "\r\n")])
def test_a_file_is_read_like_what_is_pasted(editor, text):
    page = editor.post(PASTE, {"text": "", "file": upload(text, "NOTE.TXT"), "_preview": "1"})
    assert page.context["form"].source == ENGLISH_NOTE


def test_a_text_and_a_file_at_once_are_refused_and_the_text_stays(editor):
    page = editor.post(PASTE, {"text": "typed", "file": upload("chosen"), "_preview": "1"})
    assert "There are a text and a file." in sentences(page)
    assert page.context["form"].text_to_show == "typed"


def test_a_heading_that_finds_no_room_is_named_and_nothing_is_lost(editor):
    text = f"## {'long ' * 50}\n\n{SENTENCE}"
    page = preview(editor, text)
    assert "Line 1: this heading has 249 characters, at most 200 have room." in sentences(page)
    assert page.context["form"].text_to_show == text


def test_the_text_of_a_file_stays_where_it_can_be_mended(editor):
    text = f"## {'long ' * 50}\n\n{SENTENCE}"
    page = editor.post(PASTE, {"text": "", "file": upload(text), "_preview": "1"})
    assert page.context["form"].text_to_show == text


@pytest.mark.parametrize("heading", ["## Part", "{}. Part"])
def test_more_sections_than_a_form_can_send_are_refused(editor, heading):
    page = preview(editor, "\n\n".join(f"{heading.format(number)}\n\n{SENTENCE}" for number in range(1, 102)))
    assert "These are 101 sections; a note has at most 100." in sentences(page)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"slug": "Not Good"}, "Small Latin letters and digits"),
        ({"slug": "taken"}, "Another record already has this address name."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"title": " "}, "This field is required."),
        ({"readings": "999"}, "999 is not one of the available choices"),
    ],
)
def test_what_the_models_refuse_is_refused_here(editor, fields, sentence):
    TopicFactory(slug="taken")
    assert sentence in sentences(make(editor, **fields))
    assert Topic.objects.count() == 1


def test_what_is_wrong_in_the_preview_leaves_one_there(editor):
    page = make(editor, HINDI_NOTE, title="x" * 201, slug="neighbours", heading_2="विश्व व्यापार")
    assert page.context["form"]["heading_2"].value() == "विश्व व्यापार"
    assert 'href="#id_title"' in page.content.decode()


def test_a_reference_to_nothing_is_refused_with_its_section(editor):
    page = make(editor, f"## One\n\n[It](event:nowhere) was. {SENTENCE}", title="One", slug="one")
    assert "Section 1 (line 1): No record has this address: event:nowhere." in sentences(page)


def test_the_way_back_brings_the_text_along(editor):
    page = editor.post(PASTE, {"text": HINDI_NOTE, "language": "hi", "title": "शीर्षक", "_back": "1"})
    form = page.context["form"]
    assert (form.text_to_show, form["language"].value(), form["title"].value()) == (HINDI_NOTE, "hi", "शीर्षक")


# --- Who may ----------------------------------------------------------------------------------------------------------


def browser_of(django_user_model, group):
    person = django_user_model.objects.create_user("meena", is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(person)
    return client


def test_an_author_makes_a_draft_and_may_change_it(django_user_model):
    client = browser_of(django_user_model, "Authors")
    assert client.get(make(client).url).status_code == 200


def test_whoever_may_not_add_notes_is_shown_no_way_to_it(django_user_model):
    client = browser_of(django_user_model, "Reviewers")
    assert client.get(PASTE).status_code == 403
    assert client.post(PASTE, {"text": ENGLISH_NOTE, "_make": "1", "slug": "x", "title": "X"}).status_code == 403
    assert PASTE not in client.get("/admin/topics/topic/").content.decode()


def test_the_list_leads_to_it(editor):
    assert PASTE in editor.get("/admin/topics/topic/").content.decode()


def test_a_text_that_came_without_a_session_is_brought_back_after_the_sign_in(superuser):
    client = Client()
    page = client.post(PASTE, {"text": ENGLISH_NOTE, "language": "", "title": "", "_preview": "1"})
    typed = page.context["form"]["typed_before"].value() if "typed_before" in page.context["form"].fields else None
    typed = typed or page.content.decode().split('name="typed_before" value="')[1].split('"')[0]
    client.post("/admin/login/?next=" + PASTE, {
        "username": "asha", "password": "a-long-password-1", "typed_before": typed,
    })  # fmt: skip
    assert client.get(PASTE).context["form"].text_to_show == ENGLISH_NOTE
