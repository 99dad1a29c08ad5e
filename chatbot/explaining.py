"""An answer's diagnostics in words for staff: what was searched for, what was quoted, what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill, shorten
from typing import Any

from rich.console import Console

from chatbot.console import harmless
from chatbot.gate import Message

Held = Mapping[str, Any]

# What each signal says of a statement, in plain words.
SIGNS = {
    "passage": "alike in meaning to the whole statement",
    "sentence": "alike in meaning to its nearest sentence",
    "question": "alike to its nearest curated question",
    "questions": "alike to its three nearest curated questions",
    "unanswered": "alike to a question known to have no answer",
    "question_lead": "nearer to its own questions than to unanswered ones by",
    "lexical": "words shared, weighed by how telling they are",
    "fused": "meaning and words together",
    "passage_lead": "statement above the average of all by",
    "sentence_lead": "sentence above the average of all by",
    "fused_lead": "meaning and words above the fourth best by",
    "section": "its section above the average of all by",
    "covered_own": "share of what was asked for that it names",
    "covered_all": "the same with its curated questions counted",
    "uncovered_own": "weight of what it does not name",
    "uncovered_all": "the same with its curated questions counted",
    "heading": "share of what was asked for that its heading names",
    "units": "things the question names",
    "curated": "has curated questions (1) or none (0)",
    "detail_missing": "details asked for that it lacks (amount, share, time, date, source, person, count)",
    "question_mass": "its questions against unanswered ones, all weighed",
    "document_mass": "all questions of the paper against unanswered ones",
    "mass_share": "its share of the paper's questions round about",
    "unanswered_beyond": "share of that unanswered question not asked here",
    "named_wholly": "names everything that was asked for (1) or not (0)",
    "head": "learnt from all questions: this statement, log odds",
    "document_head": "learnt from all questions: any statement, log odds",
    "form": "questions of this form tend to have an answer, log odds",
    "uncovered_turn": "weight of what a follow-up itself names and it does not",
    "relation": "asks what it says rather than something else of the same, log odds",
    "late": "alike piece of word by piece of word",
    "late_lead": "the same, above the mean of all found",
    "late_amiss": "the telling word that is found least: what it takes away",
    "aligned": "says what is asked, set side by side piece by piece, log odds",
    "leaning": "the question leans on an earlier one (1) or stands alone (0)",
    "turn_passage": "a follow-up's own words: alike to the whole statement",
    "turn_sentence": "a follow-up's own words: alike to its nearest sentence",
    "turn_question": "a follow-up's own words: alike to its nearest curated question",
    "turn_unanswered": "a follow-up's own words: alike to a question known to have no answer",
    "turn_context": "a follow-up's own words: alike to the earlier question",
    "turn_terms": "a follow-up's own words: how many that tell something",
    "turn_units": "a follow-up's own words: things they name",
    "turn_before": "how much less alike to the earlier question than the statement most alike to it",
    "turn_before_section": "the same of the statement of its section that is most alike to it",
    "turn_before_best": "the statement most alike to the earlier question (1) or not (0)",
}
# What a message may be taken for, in words.
KINDS = {
    Message.QUESTION: "a question on education policy",
    Message.GREETING: "a greeting",
    Message.THANKS: "thanks or a goodbye",
    Message.ABOUT_BOT: "a question about this service",
    Message.ABOUT_LAST: "a question about the last answer",
    Message.MORE: "a wish for more of the last answer",
    Message.UNCLEAR: "nothing that can be searched for",
    Message.OFF_TOPIC: "a question on something else than education policy",
    Message.ABUSE: "abuse",
    Message.INSTRUCTION: "an instruction to the program",
    Message.PERSONAL_DATA: "a request for somebody's personal details",
    Message.ADVICE: "a request for advice on one's own case",
    Message.OTHER_BODY: "a question on another organisation's view",
    Message.EMERGENCY: "somebody at risk",
}
WIDEST = 100  # columns; longer lines are hard to read


def print_diagnostics(diagnostics: Held, console: Console | None = None) -> None:
    """Print how an answer came about, no line wider than the console."""
    console = console or Console(highlight=False, markup=False)
    width = min(console.width, WIDEST)
    for indent, text in _lines(diagnostics, width):
        line = fill(harmless(text), width, initial_indent=indent, subsequent_indent=f"{indent}  ") if text else ""
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _lines(held: Held, width: int) -> Iterator[tuple[str, str]]:
    """Indents and texts, an empty text for an empty line."""
    yield "", "How this was answered"
    yield "  ", f"{_read_as(held['read_as'])} Ended as: {held['ended'].replace('_', ' ')}."
    for subject, named, chance in zip(held["searched_for"], held["asked_for"], held["answered"], strict=True):
        yield "  ", f"Searched for: {subject}"
        yield "  ", f"Things named (word stems): {'; '.join(named) or 'none'}"
        verdict = "an answer" if chance >= held["threshold"] else "no answer"
        yield "  ", f"Judged {_of_100(chance)} likely to be answered here; {_of_100(held['threshold'])} is needed: {verdict}."
    yield from _measured(held["measured"])
    if held["searched_for"]:
        yield from _statements("Quoted", held["accepted"], width)
        yield from _statements("Not quoted", held["rejected"], width)
    else:
        yield "  ", "Nothing was searched for it."
    yield from _signs([*held["accepted"], *held["rejected"]])
    yield "", ""
    timing = f"{1000 * held['timings']['seconds']:.0f} milliseconds"
    yield "", f"Taken: {timing}. Version {held['version']}, index {held.get('index', 'in memory')}."


def _read_as(verdict: Held | None) -> str:
    if verdict is None:
        return "Ended by a rule, before anything was weighed."
    if verdict["goes_on"]:
        return f"Taken for: {KINDS[verdict['message']]}, because of the message before it."
    where = "one sentence of it, which decides" if verdict["by_sentence"] else "the message"
    taken = f"Taken for: {KINDS[verdict['message']]} ({where}: {_of_100(verdict['likely'])} likely)."
    if not verdict["asks_too"]:
        rather = verdict["rather"]
        return f"{taken} That is doubtful: it is rather {KINDS[rather]}, and is declined as that, too." if rather else taken
    return f"{taken} It asks a question, too ({_of_100(verdict['asks'])} likely), which is answered if it surely has an answer."


def _measured(point: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    if not point:
        return
    false, refused = point["false_answers_per_100_unanswerable"], point["refusals_per_100_answerable"]
    yield (
        "  ",
        f"Measured at this setting or the nearest to it: of 100 questions without an answer {false:g} are answered all the "
        f"same, of 100 with an answer {refused:g} are refused.",
    )


def _statements(title: str, rows: Sequence[Held], width: int) -> Iterator[tuple[str, str]]:
    yield "", ""
    yield "", f"{title}: {len(rows) or 'none'}"
    for row in rows:
        yield "  ", f"{_of_100(row['fit'])}  {row['section']}: {shorten(row['text'], 2 * width, placeholder=' ...')}"
        yield "    ", row["statement"]
        if row["reranked"] is not None:
            yield "    ", f"Put in order by {_of_100(row['reranked'])}: a reranker's opinion, or set back as already shown"
        if row["why"]:
            yield "    ", f"Not quoted: {row['why']}."
        if row["note"]:
            yield "    ", f"{row['note'].capitalize()}."


def _signs(rows: Sequence[Held]) -> Iterator[tuple[str, str]]:
    """Every signal of the best statement, beside those of the next."""
    if not rows:
        return
    best = sorted(rows, key=lambda row: -float(row["fit"]))[:2]
    yield "", ""
    yield "", "Signals of the best statement" + (" and, behind it, of the next" if len(best) > 1 else "")
    for name, meaning in SIGNS.items():
        if all(row["signals"][name] is None for row in best):
            continue
        values = "  ".join(_value(row["signals"][name]) for row in best)
        yield "  ", f"{values}  {meaning} ({name})"


def _value(signal: float | None) -> str:
    return f"{signal:7.2f}" if signal is not None else "unknown"


def _of_100(share: float) -> str:
    return f"{100 * share:.0f} in 100"
