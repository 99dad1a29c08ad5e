"""A question's wording: like words strike like buckets, whatever the order, case or quote marks."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.wording import BUCKETS, rarities, weighed, wording

SHORT_TEXT = st.text(max_size=60)


@given(text=SHORT_TEXT)
def test_buckets_are_in_range_and_each_half_has_length_one(text: str) -> None:
    one = wording(text)
    buckets, weights = weighed(one, rarities([one]))
    assert all(0 <= bucket < BUCKETS for bucket in buckets)
    for half in (weights[: len(one.stems)], weights[len(one.stems) :]):
        assert len(half) == 0 or np.isclose(np.linalg.norm(half), 1, atol=1e-5)


def test_a_slip_shares_most_runs_of_letters_with_the_word_meant() -> None:
    meant, slip, other = (set(wording(word).runs) for word in ("accountability", "acountability", "qualification"))
    assert len(meant & slip) > 3 * len(meant & other)


def test_case_and_quote_marks_change_nothing() -> None:
    assert wording("Ofsted’s grades") == wording("ofsted's GRADES")


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    held = [wording("school funding"), wording("school meals"), wording("school trips")]
    buckets, weights = weighed(wording("school trips"), rarities(held))
    weight = dict(zip(buckets.tolist(), weights.tolist(), strict=True))
    (school,), (trips,) = wording("school").stems, wording("trips").stems
    assert weight[trips] > weight[school]


def test_an_earlier_question_adds_its_share() -> None:
    (inspection,) = wording("inspection").stems
    mixed = wording("how often").with_context(wording("inspection"), share=0.5)
    assert mixed.stems[inspection] == 0.5
