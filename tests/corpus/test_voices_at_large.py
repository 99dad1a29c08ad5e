"""Whose voice, over many paragraphs: nobody can know every form, so what slips through is counted and may not grow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.evaluation.freezing import digest_of
from chatbot.evaluation.voicing import MARKED
from chatbot.quoting import standing_sentences
from corpus.voice_model import MODEL_FILE, signs_digest
from tests.support import document_of

DATA = Path(__file__).with_name("data")


def sentences(name: str) -> Iterator[tuple[bool, bool, bool]]:
    """For each sentence but questions: whether it is ASCL's own, whether all its paragraph is, whether it may be quoted."""
    for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        held = json.loads(line)
        document = document_of(held["text"])
        [statement] = document.statements
        if len(statement.own_voice) != len(held["own_sentences"]):
            continue  # cut elsewhere than the reader cut it
        standing = standing_sentences(document, statement)
        for place, own in enumerate(held["own_sentences"]):
            if not statement.sentences[place].of(document.text).endswith("?"):
                yield own, all(held["own_sentences"]), place in standing


@pytest.mark.parametrize(
    ("name", "let_through", "held_back", "beside_others"),
    # Shares of others' sentences that may be quoted; of ASCL's own that may not, in paragraphs that are all its own and beside
    # others'; each a little over what was measured. docs/adr/0006-a-learnt-voice.md has what rules alone do.
    [("voices", 0.09, 0.07, 0.34), ("voices-plain", 0.06, 0.13, 0.36), ("voices-rare", 0.27, 0.13, 0.28)],
)
def test_few_sentences_of_others_may_be_quoted_and_few_of_ascls_own_are_held_back(
    name: str, let_through: float, held_back: float, beside_others: float
) -> None:
    seen = list(sentences(name))
    others = [quotable for own, _, quotable in seen if not own]
    wholly = [not quotable for _, wholly_own, quotable in seen if wholly_own]
    beside = [not quotable for own, wholly_own, quotable in seen if own and not wholly_own]
    assert len(others) >= 140 and len(wholly) >= 200 and len(beside) >= 80
    shares = [round(sum(found) / len(found), 3) for found in (others, wholly, beside)]
    assert all(share <= most for share, most in zip(shares, (let_through, held_back, beside_others), strict=True)), shares


def test_the_model_was_learnt_from_the_marked_paragraphs_as_they_are() -> None:
    """Mended by: python scripts/calibrate.py --only voices"""
    held = json.loads(MODEL_FILE.read_text(encoding="utf-8"))
    assert (held["learnt_from"], held["signs"]) == (digest_of(MARKED), signs_digest())


def test_no_paragraph_that_is_measured_was_learnt_from() -> None:
    learnt = {json.loads(line)["text"] for line in MARKED.read_text(encoding="utf-8").splitlines()}
    measured = {
        json.loads(line)["text"] for path in DATA.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()
    }
    assert not learnt & measured
