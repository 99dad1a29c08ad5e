"""Whose voice a sentence is, is learnt from marked paragraphs, and read as it was written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from chatbot.evaluation.voicing import Paragraph, learn_voices, ordinary, read_marked, save_voices
from corpus.voice_model import load_voice_model
from tests.support import document_of

OTHERS = [
    "The council says that trains are slow.",
    "A charity argues that lunch is late.",
    "One bishop claims that bells are loud.",
    "The Treasury hopes that paper is cheap.",
]
OWN = [
    "We say that trains should be fast.",
    "Every lunch must be early.",
    "Schools need quiet bells.",
    "ASCL wants paper to be cheap.",
]


def marked(path: Path, *paragraphs: Mapping[str, object]) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in paragraphs), encoding="utf-8")
    return path


@pytest.fixture
def paragraphs(tmp_path: Path) -> list[Paragraph]:
    written = [
        {"writer": writer, "text": f"{other} {own}", "own_sentences": [False, True]}
        for writer in ("one", "two", "three")
        for other in OTHERS
        for own in OWN
    ]
    return read_marked(marked(tmp_path / "marked.jsonl", *written))


def test_what_was_learnt_tells_new_sentences_apart_and_is_read_as_it_was_written(
    paragraphs: list[Paragraph], tmp_path: Path
) -> None:
    model, measured = learn_voices(paragraphs)
    save_voices(model, measured, tmp_path / "voices.json")
    read = load_voice_model(tmp_path / "voices.json")
    theirs, ours = read.others(["The council claims that lunch is slow.", "Every bell must be quiet."], [True, False])
    assert theirs > 0 > ours
    assert measured["others_let_through"] == measured["own_held_back"] == 0


def test_a_paragraph_that_is_cut_otherwise_than_its_writer_cut_it_is_passed_over(tmp_path: Path) -> None:
    path = marked(tmp_path / "marked.jsonl", {"writer": "one", "text": "One thing. Another.", "own_sentences": [True]})
    assert read_marked(path) == []


@pytest.mark.parametrize("wrong", [{"text": "A thing."}, {"writer": "one", "text": "A thing.", "own_sentences": ["false"]}])
def test_a_paragraph_that_cannot_be_read_is_named_by_its_line(wrong: Mapping[str, object], tmp_path: Path) -> None:
    right = {"writer": "one", "text": "A thing.", "own_sentences": [True]}
    with pytest.raises(ValueError, match=r"marked\.jsonl:2: this paragraph cannot be read"):
        read_marked(marked(tmp_path / "marked.jsonl", right, wrong))


def test_of_a_statement_that_answers_all_is_own_but_for_what_surely_is_a_report() -> None:
    document = document_of("Bells must be quiet. According to Ofsted, they are loud.")
    [paragraph] = ordinary([document], {document.statements[0].id})
    assert paragraph.own == (True, False)
    assert ordinary([document], set()) == []


def test_a_model_of_other_signs_is_refused(tmp_path: Path) -> None:
    (tmp_path / "voices.json").write_text(json.dumps({"weights": [0], "around": []}), encoding="utf-8")
    with pytest.raises(ValueError, match="learnt over other signs than these"):
        load_voice_model(tmp_path / "voices.json")
