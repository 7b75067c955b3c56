"""The merge of two people's changes, for whatever snapshots there can be."""

from hypothesis import given
from hypothesis import strategies as st

from apps.publishing.merging import ROW, changed_cells, choose, get, merge

texts = st.sampled_from(["", "one", "two", "सम्मेलन", "सम्मेलन।"])
row = st.fixed_dictionaries({"title_en": texts, "title_hi": texts})
rows = st.dictionaries(st.sampled_from("abcd"), row, max_size=3)
links = st.lists(st.sampled_from("xyz"), unique=True).map(sorted)
snapshots = st.builds(
    lambda fields, chosen, sections: {"record": {**fields, "events": chosen}, "sections": sections}, row, links, rows
)


@given(snapshots, snapshots)
def test_who_changed_alone_gets_what_they_wrote(base, other):
    assert merge(base, base, other) == (other, [])
    assert merge(base, other, base) == (other, [])


@given(snapshots, snapshots)
def test_the_same_change_by_both_is_no_conflict(base, other):
    assert merge(base, other, other) == (other, [])


@given(snapshots, snapshots, snapshots)
def test_nothing_that_one_of_them_wrote_is_lost_unasked(base, mine, theirs):
    merged, conflicts = merge(base, mine, theirs)
    asked = {conflict.cell for conflict in conflicts}
    for writer, other in ((mine, theirs), (theirs, mine)):
        for cell in changed_cells(base, writer):
            place, pk, name = cell
            if name in {ROW, "events"} or {cell, (place, pk, ROW)} & asked or get(base, cell) != get(other, cell):
                continue
            assert get(merged, cell) == get(writer, cell)


@given(snapshots, snapshots, snapshots)
def test_both_sides_are_asked_about_the_same(base, mine, theirs):
    one = {(each.cell, repr(each.mine)) for each in merge(base, mine, theirs)[1]}
    other = {(each.cell, repr(each.theirs)) for each in merge(base, theirs, mine)[1]}
    assert one == other


@given(snapshots, snapshots, snapshots)
def test_choosing_theirs_everywhere_leaves_theirs_where_it_was_asked(base, mine, theirs):
    merged, conflicts = merge(base, mine, theirs)
    chosen = choose(merged, conflicts, {each.cell for each in conflicts})
    for conflict in conflicts:
        assert get(chosen, conflict.cell) == conflict.theirs


def test_links_that_either_adds_are_kept_and_those_that_either_takes_away_go():
    base, mine, theirs = ({"record": {"events": ids}} for ids in (["a", "b"], ["b", "c"], ["a", "b", "d"]))
    assert merge(base, mine, theirs) == ({"record": {"events": ["b", "c", "d"]}}, [])


def test_a_section_that_one_changes_and_the_other_takes_away_is_asked_about():
    base = {"record": {}, "sections": {"a": {"body_hi": "पाठ"}}}
    mine = {"record": {}, "sections": {"a": {"body_hi": "नया पाठ"}}}
    theirs = {"record": {}, "sections": {}}
    merged, (conflict,) = merge(base, mine, theirs)
    assert (conflict.cell, conflict.theirs) == (("sections", "a", ROW), None)
    assert merged["sections"] == mine["sections"]
    assert choose(merged, [conflict], {conflict.cell})["sections"] == {}
