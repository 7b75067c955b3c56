"""A refused form says at its top what is wrong, with a way to each field."""

import re

import pytest

from apps.topics.models import Topic
from tests.editorial.families import DESK_MODELS, address, form_data, label, make

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def refused(editor, record, **typed):
    path = address(record, "change")
    return editor.post(path, form_data(editor.get(path)) | typed)


def summary(response):
    """``[(address of the field, sentence), …]``"""
    part = response.text.split('class="error-summary"')[1].split("</div>")[0]
    return re.findall(r'<li>(?:<a href="#([^"]*)">)?([^<]*)', part)


@pytest.mark.parametrize("model", DESK_MODELS, ids=label)
def test_each_problem_leads_to_its_field(editor, model):
    record = make(model)
    names = [f"{model.label_field}_{code}" for code in ("en", "hi")]
    response = refused(editor, record, **dict.fromkeys(names, ""))
    for name, (place, sentence) in zip(names, summary(response), strict=True):
        assert place == f"id_{name}"
        assert f'id="{place}"' in response.text
        assert sentence.endswith(": Write this in at least one language.")


def test_a_problem_in_a_row_names_the_row_and_the_language(editor, note):
    response = refused(editor, note, **{"sections-1-body_hi": "[लीमा](event:nowhere)"})
    found = [("id_sections-1-body_hi", "Section 2 · Text · Hindi: No record has this address: event:nowhere.")]
    assert summary(response) == found


def test_rows_that_contradict_each_other_lead_to_their_group(editor, note):
    response = refused(editor, note, **{"sections-0-anchor": "same", "sections-1-anchor": "same"})
    places = [place for place, _sentence in summary(response)]
    assert places
    assert all(place and f'id="{place}"' in response.text for place in places)


def test_the_summary_is_a_heading_that_can_take_the_focus(editor, note):
    response = refused(editor, note, title_en="", title_hi="")
    assert 'role="alert"' in response.text
    assert '<h2 id="error-summary-title" tabindex="-1" autofocus>There is a problem</h2>' in response.text


def test_a_folded_group_with_a_problem_is_open(editor, note):
    prefix = "sources-citation-content_type-object_id"
    closed = editor.get(address(note, "change")).text
    opened = refused(editor, note, **{f"{prefix}-0-note_en": "A note without its source."}).text
    group = re.compile(f'id="{prefix}-group".*?<h2', re.DOTALL)
    assert "<details>" in group.search(closed)[0]
    assert "<details>" not in group.search(opened)[0]


def test_a_form_that_is_in_order_has_no_summary(editor, note):
    assert "error-summary" not in editor.get(address(note, "change")).text
    assert "error-summary" not in editor.get(address(Topic, "add")).text
