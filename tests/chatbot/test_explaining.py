"""Diagnostics as tables: whatever keys they hold, everything is shown and nothing is cut."""

from __future__ import annotations

import io

from rich.console import Console

from chatbot.explaining import print_diagnostics


def shown(width: int = 100, **diagnostics: object) -> str:
    console = Console(file=io.StringIO(), width=width, markup=False, highlight=False)
    print_diagnostics(diagnostics, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_single_values_lists_of_records_and_mappings_are_told_apart() -> None:
    text = shown(
        searched_for="Ofsted",
        threshold=0.61803,
        accepted=[{"statement": "what-we-stand-for/inspection/1f2e3d4c", "judged_probability": 0.93}],
        rejected=[{"statement": "what-we-stand-for/funding/aa", "judged_probability": None, "why": "below threshold"}],
        timings={"retrieval_ms": 7},
        nothing=[],
    )
    for word in ("Ofsted", "0.618", "accepted (1)", "rejected (1)", "0.93", "below threshold", "retrieval ms", "7"):
        assert word in text
    assert text.index("searched for") < text.index("accepted (1)") < text.index("rejected (1)")


def test_a_long_id_is_folded_not_cut() -> None:
    identifier = "what-we-stand-for/" + "x" * 200
    text = shown(width=40, accepted=[{"statement": identifier, "score": 1.0}])
    assert text.count("x") == 200
    assert "…" not in text


def test_brackets_are_no_markup_and_control_characters_no_commands() -> None:
    text = shown(searched_for="[bold]funding[/bold] \x1b[31m")
    assert "[bold]funding[/bold] \\x1b[31m" in text
