"""Put cases to the service and score the answers."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.answer import Answer
from chatbot.evaluation.cases import Case


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
