"""Pasted words are held against the documents: what is printed passes in every form it is copied in, nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot import messages
from chatbot.answer import Answer, AnswerStatus, Citation, Quote
from chatbot.rendering import render_copy, render_html, render_markdown, render_text
from chatbot.verification import LONGEST, Result, Verification
from chatbot.verifying import Verifier
from corpus.loading import load_corpus
from corpus.models import Span, Statement
from tests.support import SHIPPED

CORPUS = load_corpus(SHIPPED)
STATEMENTS = [statement for statement in CORPUS.statements.values() if statement.quotable]
VERIFIER = Verifier(CORPUS, "/assistant")


def check(text: str) -> Verification:
    return VERIFIER.verify(text)


def quoted(statement: Statement, spans: list[Span]) -> Answer:
    """An answer that quotes some sentences of one statement, as the service builds it."""
    document = CORPUS.document(statement.document)
    citation = Citation(
        1, statement.id, document.title, statement.section.name, statement.section.inferred,
        document.published, document.retrieved, document.status.value, document.url, f"/statements/{statement.id}",
    )  # fmt: skip
    quotes = tuple(Quote(span.of(document.text), statement.id, span.start, span.end, 1) for span in spans)
    return Answer("q", "q", AnswerStatus.ANSWERED, messages.ANSWERED, quotes=quotes, citations=(citation,))


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    statement = draw(st.sampled_from(STATEMENTS))
    if draw(st.booleans()):
        return quoted(statement, [statement.span])
    chosen = draw(st.lists(st.sampled_from(statement.sentences), min_size=1, unique=True))
    return quoted(statement, sorted(chosen))


@given(answer=answers())
@settings(max_examples=150, deadline=None)
def test_every_quote_passes_in_every_form_it_is_copied_in(answer: Answer) -> None:
    for form in (render_text(answer), render_copy(answer), render_markdown(answer), render_html(answer)):
        verification = check(form)
        assert verification.result is Result.VERIFIED, form
        assert all(match.statement == answer.quotes[0].statement or match.text for match in verification.matches)


@given(statement=st.sampled_from(STATEMENTS))
def test_a_match_is_sliced_from_the_document(statement: Statement) -> None:
    for match in check(statement.text).matches:
        assert match.text == CORPUS.document(match.document).text[match.start : match.end]
        assert match.permalink == f"/assistant/statements/{match.statement}"


@given(statement=st.sampled_from(STATEMENTS), place=st.integers(min_value=0), word=st.sampled_from(["not", "never", "NEU", "6%"]))
@settings(deadline=None)
def test_a_word_put_in_anywhere_inside_is_never_passed(statement: Statement, place: int, word: str) -> None:
    words = statement.text.split()
    inside = 1 + place % (len(words) - 1)
    verification = check(" ".join([*words[:inside], word, *words[inside:]]))
    assert verification.result is not Result.VERIFIED


@given(statement=st.sampled_from([one for one in STATEMENTS if len(one.text.split()) > 7]), place=st.integers(min_value=0))
@settings(deadline=None)
def test_a_word_left_out_inside_is_marked(statement: Statement, place: int) -> None:
    words = statement.text.split()
    inside = 2 + place % (len(words) - 4)
    verification = check(" ".join([*words[:inside], *words[inside + 1 :]]))
    assert verification.result is not Result.VERIFIED or words[inside] in (words[inside - 1], words[inside + 1])


@pytest.mark.parametrize(
    ("pasted", "yours", "source", "concerns"),
    [
        (
            "A four-year budget freeze (flat cash settlement) for schools with ages 5-16 is also putting pressure",
            "four-year", "five-year", "number",
        ),
        ("It is appropriate for inspectors to make judgements on behaviour or quality of teaching", "", "not", "negation"),
        ("NEU supports a College of Teaching, independent of government, to set teacher standards", "NEU", "ASCL", "name"),
    ],
)  # fmt: skip
def test_a_changed_number_a_dropped_not_and_a_swapped_name_are_marked(
    pasted: str, yours: str, source: str, concerns: str
) -> None:
    verification = check(pasted)
    assert verification.result is Result.ALTERED
    marked = [(one.yours, one.source, one.concerns) for one in verification.differences]
    assert (yours, source, concerns) in marked


def test_two_sentences_that_do_not_follow_one_another_are_not_passed() -> None:
    first, second = STATEMENTS[0], STATEMENTS[-1]
    sentences = [one.sentences[0].of(CORPUS.document(one.document).text) for one in (first, second)]
    verification = check(" ".join(sentences))
    assert verification.result is Result.ALTERED
    assert "joined" in [one.kind for one in verification.differences]
    assert {first.id, second.id} <= {match.statement for match in verification.matches}


@pytest.mark.parametrize(
    "form",
    [
        "“{}”", '"{}"', "  {}\n", "{}", "«{}»", "'{}'",
    ],
)  # fmt: skip
def test_marks_spaces_dashes_and_a_first_letter_are_passed_over(form: str) -> None:
    printed = "Inspection should be part of a slim, stable and smart accountability framework."
    assert check(form.format(printed)).result is Result.VERIFIED
    assert check(form.format(printed.removesuffix("."))).result is Result.VERIFIED
    assert check(form.format(printed[0].lower() + printed[1:].replace(" ", "\u00a0\n "))).result is Result.VERIFIED


def test_an_ellipsis_stands_between_spans_of_one_statement_in_their_order_only() -> None:
    statement = next(one for one in STATEMENTS if len(one.sentences) > 2)
    text = CORPUS.document(statement.document).text
    first, last = statement.sentences[0].of(text), statement.sentences[-1].of(text)
    for dots in ("…", "...", " […] "):
        assert check(f"{first} {dots} {last}").result is Result.VERIFIED
        assert check(f"{last} {dots} {first}").result is not Result.VERIFIED
    assert check("schools … colleges").result is not Result.VERIFIED


@pytest.mark.parametrize("part", ["a slim, stable and sma", "lim, stable and smart accountability"])
def test_a_passage_cut_within_a_word_is_not_passed(part: str) -> None:
    assert check(part).result is not Result.VERIFIED


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u00ad", "\ufeff"])
def test_hidden_characters_and_look_alikes_are_not_passed(hidden: str) -> None:
    printed = "Inspection should be part of a slim, stable and smart accountability framework."
    assert check(printed.replace("stable", f"sta{hidden}ble")).result is Result.ALTERED
    assert check(printed.replace("stable", "st\u0430ble")).result is Result.ALTERED  # a Cyrillic a


def test_a_quote_under_the_wrong_heading_is_marked() -> None:
    statement = next(one for one in STATEMENTS if one.section.name == "Inspection reform")
    right = render_copy(quoted(statement, [statement.span]))
    wrong = right.replace("Inspection reform", "Fair funding")
    assert check(right).result is Result.VERIFIED
    verification = check(wrong)
    assert verification.result is Result.ALTERED
    assert [one.kind for one in verification.differences] == ["source"]


def test_words_put_beside_a_cited_quote_are_marked() -> None:
    statement = STATEMENTS[3]
    pasted = render_copy(quoted(statement, [statement.span])) + "\n\nASCL also wants longer holidays."
    verification = check(pasted)
    assert verification.result is Result.ALTERED
    assert "ASCL also wants longer holidays." in verification.differences[-1].yours


def test_part_of_a_sentence_is_shown_in_the_whole_of_it() -> None:
    verification = check("independent of government, to set teacher standards")
    assert verification.result is Result.VERIFIED
    assert "part of a longer sentence" in verification.message
    assert verification.matches[0].sentence.startswith("ASCL supports a College of Teaching")


@pytest.mark.parametrize(
    "text", ["", " ", "…", "yes", "ASCL", "We should all be kinder to one another at Christmas time.", "\0\ud800"]
)
def test_what_nobody_published_is_not_found(text: str) -> None:
    assert check(text).result is Result.NOT_FOUND


def test_too_long_a_text_is_refused_with_the_limit() -> None:
    with pytest.raises(ValueError, match="10,000"):
        check("a" * (LONGEST + 1))


@given(text=st.text(max_size=200))
@settings(deadline=None)
def test_any_text_ends_in_one_of_three_ways_and_no_other_field_claims_it(text: str) -> None:
    held = check(text).to_dict()
    assert held.pop("result") in ("verified", "altered", "not_found")
    assert "verified" not in str({key: value for key, value in held.items() if key != "matches"}).replace(text, "")
