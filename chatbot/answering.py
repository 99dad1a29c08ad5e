"""The recipe: how a question becomes an answer, in order, with early returns.

Every ending is one of the closed list of statuses, and only those that begin with ``answered`` carry quotes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chatbot import messages
from chatbot.answer import Answer, AnswerStatus
from chatbot.conversing import TALK, reply_about_last, reply_to_talk
from chatbot.declining import DECLINES, asks_ascl, declined_by_rule
from chatbot.diagnosing import diagnostics
from chatbot.gate import Gate, Message, load_gate
from chatbot.nearest import is_off_topic, named_papers, nearest_topics
from chatbot.searching import Judged, Searcher
from chatbot.selecting import Selection, cite, select, with_rest_of_section
from chatbot.separating import cannot_stand_alone, halves, questions_in
from chatbot.settings import Settings
from chatbot.understanding import cleaned
from chatbot.vocabulary import COMMON_TERMS

TWO_SUBJECTS = 4  # terms of two subjects named side by side and nothing more
SURELY = 0.9  # judged probability from which half of a question is answered while the other half is not


@dataclass(frozen=True)
class Recipe:
    """What every question needs: the prepared searcher and the settings."""

    searcher: Searcher
    settings: Settings
    gate: Gate = field(default_factory=load_gate)

    def answer(self, question: str, history: Sequence[str] = (), *, explain: bool = False) -> Answer:
        """Answer any text at all. ``history`` holds the asker's earlier questions, oldest first."""
        started = time.perf_counter()
        asked = printable(question)
        text = cleaned(asked)
        # The limit is on what was sent: a message of hidden characters is long, too.
        decline, message = self._read(text if len(question) <= self.settings.question_limit else question)
        if decline is not None:
            return Answer(_shortened(asked, self.settings), "", decline, messages.declined(decline, self.settings))
        if message in (Message.GREETING, Message.THANKS, Message.ABOUT_BOT):
            return Answer(asked, "", AnswerStatus.GREETING, reply_to_talk(message, text, self.settings))
        earlier = self._worth_keeping(history)
        if message in (Message.ABOUT_LAST, Message.MORE):
            return self._about_last(asked, text, earlier, message)
        judged = self._searched(text, [turn for turn, kind in earlier if kind not in TALK])
        answer = self._ended(asked, judged, message)
        if explain:
            seconds = time.perf_counter() - started
            answer = replace(answer, diagnostics=diagnostics(judged, self._threshold, self.searcher.judge, seconds))
        return answer

    def _read(self, text: str) -> tuple[AnswerStatus | None, Message]:
        """Whether a cleaned message is declined, and what it is."""
        decline = declined_by_rule(text, self.settings.question_limit)
        if decline is not None:
            return decline, Message.QUESTION
        message = self.gate.message(text, self.searcher.encode)
        if message is Message.OTHER_BODY and asks_ascl(text):
            message = Message.QUESTION
        return DECLINES.get(message), message

    @property
    def _threshold(self) -> float:
        set_by_hand = self.settings.answer_threshold
        return self.searcher.judge.threshold if set_by_hand is None else set_by_hand

    @property
    def _sure(self) -> float:
        return max(SURELY, self._threshold)

    def _worth_keeping(self, history: Sequence[str]) -> list[tuple[str, Message]]:
        """Earlier turns that a follow-up may lean on, each with what it is: declined ones never enter the context."""
        limit = self.settings.history_limit
        recent = [cleaned(printable(turn)) for turn in history[-limit:]] if limit else []
        read = [(turn, *self._read(turn)) for turn in recent]
        return [(turn, message) for turn, decline, message in read if decline is None]

    def _searched(self, text: str, subjects: Sequence[str]) -> list[Judged]:
        """Each question of the message searched on its own; a later one may lean on an earlier one."""
        parts = questions_in(text)
        questions = [part.question for part in parts]
        judged = self.searcher.read_all(
            [(one, self._before(one, subjects, questions[:number])) for number, one in enumerate(questions)],
            [part.told for part in parts],
        )
        if len(judged) == 1:
            return self._side_by_side(questions[0], judged[0]) or judged
        return judged

    @staticmethod
    def _before(part: str, subjects: Sequence[str], parts: Sequence[str]) -> list[str]:
        """What a question of a message may lean on: a question before it in the message, only if it refers to it."""
        if not parts:
            return list(subjects)
        return [*subjects, *parts] if cannot_stand_alone(part) else []

    def _side_by_side(self, question: str, whole: Judged) -> list[Judged]:
        """The two things a question names, where both are answered, or one so surely that the other can be left open.

        A question that was answered as a whole is taken apart only where either half surely has an answer in a section
        of its own: "inspection and funding" is two questions, "schools and colleges" is none.
        """
        judged = self.searcher.read_all([(half, []) for half in halves(question)])
        if self._answers(whole, self._threshold):
            sections = {one.statements[0].section for one in judged if self._answers(one, self._sure)}
            bare = sum(len(one.understood.terms) for one in judged) <= TWO_SUBJECTS
            telling = all(not COMMON_TERMS.issuperset(one.understood.terms) for one in judged)
            return judged if len(sections) > 1 and bare and telling else []
        if judged and (
            all(self._answers(one, self._threshold) for one in judged) or any(self._answers(one, self._sure) for one in judged)
        ):
            return judged
        return []

    def _answers(self, one: Judged, threshold: float) -> bool:
        return one.chance >= threshold

    def _ended(self, asked: str, judged: Sequence[Judged], message: Message) -> Answer:
        """The ending for a message whose questions were searched."""
        searched_for = "; ".join(dict.fromkeys(one.understood.searched_for for one in judged))
        # What does not look like a question of the field is answered only where there is hardly a doubt.
        doubtful = message is not Message.QUESTION and not any(self._answers(one, self._sure) for one in judged)
        if doubtful and message is Message.OFF_TOPIC:
            return Answer(asked, searched_for, AnswerStatus.OFF_TOPIC, messages.OFF_TOPIC)
        if doubtful or not any(self.searcher.recognises(one.understood) for one in judged):
            return Answer(
                asked, searched_for, AnswerStatus.UNCLEAR, messages.UNCLEAR, nearest=nearest_topics(self.searcher.corpus, judged)
            )
        selections = [select(self.searcher, one, self._threshold, self.settings.quote_limit) for one in judged]
        found = [selection for selection in selections if selection.chosen]
        if not found:
            return self._left_alone(asked, searched_for, judged)
        missing = [one.understood.subject for one, s in zip(judged, selections, strict=True) if not s.chosen]
        return self._answered(asked, searched_for, found, missing)

    def _answered(self, asked: str, searched_for: str, found: Sequence[Selection], missing: Sequence[str]) -> Answer:
        cited = cite(self.searcher.corpus, found, self.settings)
        status = AnswerStatus.ANSWERED_PARTLY if missing else AnswerStatus.ANSWERED
        message = messages.ANSWERED_PARTLY if missing else messages.ANSWERED
        if all(citation.status != "current" for citation in cited.citations):
            message = messages.ANSWERED_SUPERSEDED
        return Answer(
            asked, searched_for, status, message, "; ".join(missing) or None,
            cited.quotes, cited.citations, cited.see_also, (), cited.notices,
        )  # fmt: skip

    def _left_alone(self, asked: str, searched_for: str, judged: Sequence[Judged]) -> Answer:
        """No answer: name the paper that would hold one, the nearest topics and whom to ask."""
        if is_off_topic(judged):
            return Answer(asked, searched_for, AnswerStatus.OFF_TOPIC, messages.OFF_TOPIC)
        papers = named_papers(self.searcher.corpus, judged)
        message = f"{messages.NO_POSITION} {messages.PAPER_NAMED}" if papers else messages.NO_POSITION
        return Answer(
            asked, searched_for, AnswerStatus.NO_POSITION, f"{message}{messages.contact(self.settings)}",
            see_also=papers, nearest=nearest_topics(self.searcher.corpus, judged),
        )  # fmt: skip

    def _about_last(self, asked: str, text: str, earlier: Sequence[tuple[str, Message]], message: Message) -> Answer:
        """A question about the last answer: its quotes again, or the rest of its section."""
        subjects = [turn for turn, kind in earlier if kind not in TALK]
        last = self.answer(subjects[-1], subjects[:-1]) if subjects else None
        if last is None or not last.quotes:
            return Answer(asked, last.searched_for if last else "", AnswerStatus.UNCLEAR, messages.NOTHING_BEFORE)
        if message is Message.MORE:
            more = with_rest_of_section(self.searcher.corpus, last, self.settings.quote_limit)
            if len(more.chosen) > len(last.citations):
                return replace(self._answered(asked, last.searched_for, [more], []), message=messages.MORE)
        words = messages.NOTHING_MORE if message is Message.MORE else reply_about_last(text)
        return replace(last, question=asked, status=AnswerStatus.ANSWERED_ABOUT_LAST, message=words, not_covered=None)


def printable(text: str) -> str:
    """The text with what cannot be written as UTF-8 (lone surrogates) replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _shortened(asked: str, settings: Settings) -> str:
    """What is echoed of a declined message: never more than the limit."""
    return asked[: settings.question_limit]
