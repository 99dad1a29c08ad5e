"""Put cases to the service and score the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chatbot.answer import Answer
from chatbot.assembly import Service
from chatbot.evaluation.cases import Case
from corpus.models import Corpus


@dataclass(frozen=True)
class Scored:
    """One case with its answer. ``quoted`` are the statements quoted, each once, in order of quotation.

    ``found`` are those that an answerable case found, likeliest first, whether or not they were let through to be quoted;
    None where that was not asked.
    """

    case: Case
    answer: Answer
    quoted: tuple[str, ...]
    found: tuple[str, ...] | None = None

    @property
    def right(self) -> bool:
        """Whether the ending is the one expected and, for an answerable case, a right statement leads."""
        if self.case.answerable:
            return self.answer.status.answered and self.quoted[0] in self.case.expected_any
        return self.answer.status.value in self.case.accepted_statuses

    @property
    def right_in_three(self) -> bool:
        """Whether a right statement is among the first three quoted."""
        return bool(self.case.expected_any & set(self.quoted[:3]))

    @property
    def found_in_three(self) -> bool:
        """Whether a right statement is among the first three found."""
        return bool(self.case.expected_any & set((self.found or ())[:3]))

    @property
    def refused(self) -> bool:
        """Whether an answerable case got no quote."""
        return self.case.answerable and not self.answer.status.answered

    @property
    def false_answer(self) -> bool:
        """Whether a case that nothing answers got quotes."""
        return not self.case.answerable and self.answer.status.answered

    @property
    def forbidden_quoted(self) -> bool:
        """Whether a statement was quoted that the case rules out."""
        return bool(self.case.forbidden & set(self.quoted))

    def precision_recall_f1(self) -> tuple[float, float, float]:
        """By statement, for an answerable case; all 0 where it was refused."""
        shared = len(set(self.quoted) & self.case.expected_all)
        if not shared:
            return 0.0, 0.0, 0.0
        precision, recall = shared / len(self.quoted), shared / len(self.case.expected_all)
        return precision, recall, 2 * precision * recall / (precision + recall)


def score(service: Service, cases: Iterable[Case]) -> tuple[Scored, ...]:
    """Each case put to the service, in order."""
    scored = []
    for case in cases:
        answer = service.answer(case.question, case.history)
        scored.append(Scored(case, answer, tuple(dict.fromkeys(quote.statement for quote in answer.quotes))))
    return tuple(scored)


def faults(corpus: Corpus, scored: Sequence[Scored]) -> tuple[str, ...]:
    """Every quote that is not its span's text, or stands under a section that is not its statement's: there must be none."""
    found = []
    for one in scored:
        sections = {citation.statement: citation.section for citation in one.answer.citations}
        for quote in one.answer.quotes:
            statement = corpus.statements[quote.statement]
            if corpus.document(statement.document).text[quote.start : quote.end] != quote.text:
                found.append(f"{one.case.id}: the quote of {quote.statement} is not its span's text")
            if sections[quote.statement] != statement.section.name:
                found.append(f"{one.case.id}: {quote.statement} is shown under {sections[quote.statement]!r}")
    return tuple(found)
