"""Hindi is cut where a reader would cut it."""

from hypothesis import given
from hypothesis import strategies as st

from apps.languages.graphemes import clusters, shorten, words

HINDI = st.text(st.sampled_from("कखगदनरक्षिीुूेैोौंँःज़्ा "), max_size=60)


def test_a_conjunct_with_its_vowel_is_one_sign():
    assert clusters("क्षि")[0].startswith("क")
    assert words("दक्षिण-दक्षिण सहयोग") == ["दक्षिण-दक्षिण", "सहयोग"]


def test_a_short_text_stays_as_it_is():
    assert shorten("दक्षिण आयोग", 20) == "दक्षिण आयोग"


def test_a_long_text_is_cut_between_words():
    assert shorten("विकासशील देशों का आपसी सहयोग", 10) == "विकासशील देशों…"


@given(HINDI, st.integers(2, 30))
def test_no_cluster_is_ever_split(text, length):
    kept = shorten(text, length).removesuffix("…")
    whole = clusters(" ".join(text.split()))
    assert clusters(kept) == whole[: len(clusters(kept))]
