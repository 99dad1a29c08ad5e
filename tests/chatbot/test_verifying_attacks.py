"""Whoever wants a false quotation passed tries these: each is marked, whatever it was wrapped in."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.verification import NEGATED, Result, Verification
from chatbot.verifying import Verifier
from corpus.loading import load_corpus
from corpus.models import Statement
from tests.support import SHIPPED, write_document

CORPUS = load_corpus(SHIPPED)
VERIFIER = Verifier(CORPUS)
STATEMENTS = list(CORPUS.statements.values())
PRINTED = "Inspection should be part of a slim, stable and smart accountability framework."
SOURCE = "\n[1] What we stand for, Inspection reform (undated; date of copy not known)"
CITED = f"“{PRINTED}”{SOURCE}"


def check(text: str) -> Verification:
    return VERIFIER.verify(text)


def concerns(found: Verification) -> set[str | None]:
    return {one.concerns for one in found.differences}


@pytest.fixture
def rise(tmp_path: Path) -> Verifier:
    """Two short papers with figures, names and quotation marks of their own."""
    write_document(
        tmp_path,
        "pay",
        "## Pay\n\nPay should rise by 5% in September. It should not be paid from schools’ reserves.\n\n"
        "The “real terms” cut since 2010 must end – in full.\n\n## Posts\n\nEvery school needs:\n\n- one nurse\n"
        "- two counsellors",
    )
    write_document(tmp_path, "trips", "## Trips\n\nSchool trips should be free. ASCL asks the Treasury for £3 million.")
    return Verifier(load_corpus(tmp_path))


@pytest.mark.parametrize(
    ("pasted", "concerned"),
    [
        ("Pay should rise by 6% in September.", "number"),
        ("Pay should rise by 5 in September.", "number"),
        ("Pay should rise by five per cent in September.", "number"),
        ("It should be paid from schools’ reserves.", "negation"),
        ("It should … be paid from schools’ reserves.", "negation"),
        ("NASUWT asks the Treasury for £3 million.", "name"),
        ("ASCL asks the treasury for £3 million.", "name"),
        ("aSCL asks the Treasury for £3 million.", "name"),
        ("ASCL asks the Treasury for £4 million.", "number"),
        ("ASCL asks the Treasury for £3 billion.", "number"),
        ("Every school needs:\n- one nurse\n- three counsellors", "number"),
    ],
)
def test_a_number_a_negation_or_a_name_is_never_waved_through(rise: Verifier, pasted: str, concerned: str) -> None:
    found = rise.verify(pasted)
    assert found.result is Result.ALTERED
    assert concerned in concerns(found)


@pytest.mark.parametrize(
    "pasted",
    [
        "pay should rise by 5% in September",
        "'Pay should rise by 5% in September.'",
        "the 'real terms' cut since 2010 must end - in full",
        "The \"real terms\" cut since 2010 must end — in full.",
        "Pay should rise by 5%\n  in September. … It should not be paid from schools' reserves.",
        "Every school needs:\n\n- one nurse\n- two counsellors",
        "Pay should rise by 5% in September. It should not be paid from schools’ reserves.\n\n"
        "The “real terms” cut since 2010 must end – in full.",
    ],
)  # fmt: skip
def test_what_only_marks_spaces_and_paragraphs_tell_apart_is_passed(rise: Verifier, pasted: str) -> None:
    assert rise.verify(pasted).result is Result.VERIFIED


def test_paragraphs_and_headings_are_not_run_together(rise: Verifier) -> None:
    """Each sentence is printed; one after the other, as one run of words, they are not."""
    for pasted in (
        "It should not be paid from schools’ reserves. The “real terms” cut since 2010 must end – in full.",
        "Posts Every school needs:",
        "School trips should be free. Pay should rise by 5% in September.",
        "Pay should rise by 5% in September.\n\nSchool trips should be free.",
    ):
        assert rise.verify(pasted).result is Result.ALTERED, pasted


@given(pair=st.sampled_from(list(pairwise(STATEMENTS))))
@settings(deadline=None)
def test_statements_that_follow_one_another_are_marked_as_joined_where_they_are_run_together(
    pair: tuple[Statement, Statement],
) -> None:
    first, second = pair
    found = check(f"{first.text} {second.text}")
    assert found.result is Result.ALTERED
    assert "joined" in {one.kind for one in found.differences}


def test_sentences_that_do_follow_one_another_are_not_called_joined() -> None:
    statement = next(one for one in STATEMENTS if len(one.sentences) > 2)
    found = check(f"{statement.text} {PRINTED}")
    assert [one.kind for one in found.differences].count("joined") == 1


@given(
    statement=st.sampled_from([one for one in STATEMENTS if len(one.text.split()) > 12]),
    cuts=st.lists(st.integers(min_value=0), min_size=4, max_size=4),
)
@settings(deadline=None)
def test_spans_in_another_order_are_never_passed(statement: Statement, cuts: list[int]) -> None:
    words = statement.text.split()
    a, b, c, d = sorted(cut % len(words) for cut in cuts)
    first, second = " ".join(words[a:b]), " ".join(words[c:d])
    if len(first.split()) > 1 and len(second.split()) > 1 and c > b:
        assert check(f"{second} … {first}").result is not Result.VERIFIED or second in first or first in second


@pytest.mark.parametrize(
    "wrapped",
    [
        PRINTED.replace("be", "<not> be"),
        PRINTED.replace("be", "<never ever> be"),
        PRINTED.replace(" be", '<span class="visually-hidden"> not</span> be'),
        PRINTED.replace("be", "<del>not</del> be"),
        PRINTED.replace("be", "<!-- not --> be"),
        PRINTED.replace("be", '<p hidden="">not</p> be'),
        PRINTED.replace("be", '<i title="not">be</i>'),
        PRINTED.replace("be", "&#110;&#111;&#116; be"),
        PRINTED.replace("be", "~~not~~ be"),
        f"<s>{PRINTED}</s>",
        f"@misc{{ascl-x,\n  annote = {{“{PRINTED.replace('be', 'not be')}”}},\n}}",
    ],
)
def test_nothing_is_hidden_in_markup(wrapped: str) -> None:
    assert check(wrapped).result is not Result.VERIFIED


@pytest.mark.parametrize(
    "pasted",
    [
        CITED.replace("(undated", "(18 March 2024"),
        CITED.replace("Inspection reform", "Fair funding"),
        CITED.replace("Inspection reform", "Inspection reformed"),
        f"{CITED} and ASCL wants Ofsted gone",
        f"{CITED}\n    https://evil.example/statements/what-we-stand-for/inspection-reform/00000000",
        f"“{PRINTED}”\n— Somebody else",
    ],
)
def test_a_source_line_that_says_more_or_other_than_is_so_is_marked(pasted: str) -> None:
    found = check(pasted)
    assert found.result is Result.ALTERED
    assert [one.kind for one in found.differences] == ["source"]


def test_a_source_line_that_says_less_is_passed() -> None:
    for line in ("\n— ASCL", "\n— ASCL, What we stand for", "\n[1] What we stand for (undated)"):
        assert check(f"“{PRINTED}”{line}").result is Result.VERIFIED


@pytest.mark.parametrize("line", ["- ASCL would abolish inspection.", "ASCL agrees.", "See also: ASCL would abolish inspection."])
def test_a_claim_in_the_place_of_one_of_our_own_lines_is_marked(line: str) -> None:
    found = check(f"{CITED}\n\n{line}")
    assert found.result is Result.ALTERED
    assert found.differences[-1].yours.endswith(line)


def test_words_cut_out_of_a_negated_sentence_are_shown_with_a_warning() -> None:
    found = check("appropriate for inspectors to make judgements on behaviour")
    assert found.result is Result.VERIFIED
    assert NEGATED in found.message
    assert found.matches[0].sentence.startswith("It is not appropriate")


def test_a_character_that_only_looks_the_same_is_named_as_such() -> None:
    for fake in ("st\u0430ble", "sta\u200dble", "stab\u0301le", "s\u202etable"):
        found = check(PRINTED.replace("stable", fake))
        assert found.result is Result.ALTERED
        assert concerns(found) == {None, "character"}


def test_differences_show_what_is_printed_mark_for_mark() -> None:
    """A dash or a quotation mark is passed over where it is compared, and never changed where it is shown."""
    found = check("A six-year vision for the education system - the duration of a government - would help")
    printed = " ".join(one.source for one in found.differences if one.source)
    assert printed in CORPUS.documents[0].text.replace("\n", " ")
    assert "– the duration of a government –" in printed


@pytest.mark.parametrize(
    "text",
    [
        "“" * 9_999, "”\n" * 4_999, "\n" * 9_999, ("“the it be”\n[1] x\n" * 600)[:9_999], "We go on. " * 999, "<a " * 3_333,
        ("the of and … " * 900)[:9_999], "> \\" * 3_000, "@misc{ascl-a,\n" + "  annote = {" * 800, f"{PRINTED} " * 120,
    ],
)  # fmt: skip
def test_a_text_made_to_be_slow_comes_to_an_end(text: str) -> None:
    assert check(text).result is not Result.VERIFIED
