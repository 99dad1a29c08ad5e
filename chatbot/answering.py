"""The recipe: how a question becomes an answer, in order, with early returns.

Every ending is one of the closed list of statuses, and only those that begin with ``answered`` carry quotes.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from chatbot import messages
from chatbot.answer import Answer, AnswerStatus
from chatbot.conversing import TALK, reply_about_last, reply_to_talk
from chatbot.declining import DECLINES, declined_by_rule
from chatbot.diagnosing import Grounds, diagnostics
from chatbot.gate import Gate, Message, Verdict, load_gate
from chatbot.judged import Asked, Judged
from chatbot.nearest import is_off_topic, named_papers, nearest_topics
from chatbot.receiving import MOST_QUESTIONS, Receiver, asked_in, printable
from chatbot.searching import SURELY, Searcher
from chatbot.selecting import Selection, cite, select, with_rest_of_section
from chatbot.separating import halves, questions_in
from chatbot.settings import Settings
from chatbot.understanding import asks_for_rest, asks_for_rest_alone, cleaned, names_something
from index.encoder import Encoded

TWO_SUBJECTS = 4  # terms of two subjects named side by side and nothing more
MOST_NAMED = 10  # of one message that are searched or named as left out


@dataclass(frozen=True)
class Recipe:
    """What every question needs: the prepared searcher and the settings."""

    searcher: Searcher
    settings: Settings
    gate: Gate = field(default_factory=load_gate)

    @property
    def _receiver(self) -> Receiver:
        return Receiver(self.searcher, self.settings, self.gate)

    def answer(self, question: str, history: Sequence[str] = (), *, explain: bool = False) -> Answer:
        """Answer any text at all. ``history`` holds the asker's earlier questions, oldest first."""
        started = time.perf_counter()
        answer, grounds = self._answer(question, history)
        if not explain:
            return answer
        return replace(
            answer, diagnostics=diagnostics(answer, grounds, self._threshold, self.searcher.judge, time.perf_counter() - started)
        )

    def _answer(self, question: str, history: Sequence[str]) -> tuple[Answer, Grounds]:
        """The answer, and what it was decided by."""
        asked, limit = printable(question), self.settings.question_limit
        # The limit is on what was sent: a message of hidden characters is long, too. Cleaning a very long one takes minutes.
        text = cleaned(asked) if len(question) <= limit else question
        decline = declined_by_rule(text, limit)
        if decline is not None:
            return self._declined(asked, decline), Grounds()
        received = self._receiver.receive(text, history)
        grounds, encoded, message = Grounds(received.verdict), received.encoded, received.verdict.message
        text = received.text
        if received.verdict.asks_too:
            return self._helped_first(asked, text, encoded, grounds)
        if message in DECLINES:
            return self._turned_away(asked, received.verdict), grounds
        if message in (Message.GREETING, Message.THANKS, Message.ABOUT_BOT):
            return Answer(asked, "", AnswerStatus.GREETING, reply_to_talk(message, text, self.settings)), grounds
        # Declined turns never enter the context.
        earlier = [(turn, kind) for turn, kind in received.turns if kind not in DECLINES]
        subjects = _subjects(earlier)
        if subjects and message is not Message.ABOUT_LAST and asks_for_rest_alone(text):
            return self._rest(asked, text, subjects, earlier, encoded, grounds)
        if subjects and message in (Message.ABOUT_LAST, Message.MORE):
            return self._about_last(asked, text, earlier, message), grounds
        judged = self._searched(text, subjects, encoded)
        # With nothing before it "Where can I read the whole plan?" may still be a question by itself.
        if message in (Message.ABOUT_LAST, Message.MORE) and not any(self._answers(one, self._sure) for one in judged):
            return self._about_last(asked, text, earlier, message), grounds
        answer = self._ended(asked, judged, message, self._not_searched(text))
        return answer, replace(grounds, judged=tuple(judged))

    def _rest(
        self,
        asked: str,
        text: str,
        subjects: Sequence[str],
        earlier: Sequence[tuple[str, Message]],
        encoded: Mapping[str, Encoded],
        grounds: Grounds,
    ) -> tuple[Answer, Grounds]:
        """What the last answer left out of the sections that it quoted from."""
        last, _ = self._answer(subjects[-1], subjects[:-1])
        (judged,) = self.searcher.read_all([Asked(text, subjects)], encoded)
        rest = judged.rest_of({citation.statement for citation in last.citations})
        if rest is None or rest.chance < self._threshold:
            return self._about_last(asked, text, earlier, Message.MORE), grounds
        answer = self._ended(asked, [rest], Message.QUESTION, ())
        if answer.message == messages.ANSWERED:
            answer = replace(answer, message=messages.REST_OF_PAGE)
        return answer, replace(grounds, judged=(rest,))

    def _helped_first(self, asked: str, text: str, encoded: Mapping[str, Encoded], grounds: Grounds) -> tuple[Answer, Grounds]:
        """Whom to call, and below it what is surely asked: a sad story may be told only for the question at its end.

        What could lean on earlier turns is read by itself: after a question on policy "i mean it" would be another.
        """
        told = self._declined(asked, AnswerStatus.DECLINED_EMERGENCY)
        judged = self._searched(text, (), encoded)
        grounds = replace(grounds, judged=tuple(judged))
        surely = [one for one in judged if self._answers(one, self._sure)]
        if not surely:
            return told, grounds
        answer = self._ended(asked, surely, Message.QUESTION, ())
        return replace(answer, message=f"{told.message}\n\n{messages.ASKED_TOO} {answer.message}"), grounds

    def _turned_away(self, asked: str, verdict: Verdict) -> Answer:
        """The decline for what a message was taken for; where danger is doubtful, what it rather is, below whom to call."""
        taken = self._declined(asked, DECLINES[verdict.message])
        if verdict.rather is None:
            return taken
        rather = self._declined(asked, DECLINES[verdict.rather])
        return replace(rather, message=f"{taken.message}\n\n{rather.message}")

    def _declined(self, asked: str, decline: AnswerStatus) -> Answer:
        return Answer(_shortened(asked, self.settings), "", decline, messages.declined(decline, self.settings))

    @property
    def _threshold(self) -> float:
        set_by_hand = self.settings.answer_threshold
        return self.searcher.judge.threshold if set_by_hand is None else set_by_hand

    @property
    def _sure(self) -> float:
        """The probability from which half of a question is answered while the other half is not."""
        return max(SURELY, self._threshold)

    def _searched(self, text: str, subjects: Sequence[str], encoded: Mapping[str, Encoded]) -> list[Judged]:
        """Each question of the message searched on its own."""
        asked = asked_in(text, subjects)
        judged = self.searcher.read_all(asked, encoded)
        if len(judged) > 1:
            return judged
        if judged[0].understood.context and asks_for_rest(text):
            last, _ = self._answer(subjects[-1], subjects[:-1])
            return [judged[0].without_shown({citation.statement for citation in last.citations})]
        return self._side_by_side(asked[0].question, judged[0], encoded) or judged

    def _not_searched(self, text: str) -> list[str]:
        """What a message asks beyond the questions that are searched."""
        left = questions_in(text)[MOST_QUESTIONS:]
        named = [self.searcher.readings(part.question, ())[0].subject for part in left[: MOST_NAMED - MOST_QUESTIONS]]
        return [*named, f"{len(left) - len(named)} more"] if len(left) > len(named) else named

    def _side_by_side(self, question: str, whole: Judged, encoded: Mapping[str, Encoded]) -> list[Judged]:
        """The two things a question names, where both are answered, or one so surely that the other can be left open.

        A question that was answered as a whole is taken apart only where either half surely has an answer in a section
        of its own: "inspection and funding" is two questions, "schools and colleges" is none. So it is where one half surely
        has an answer, the other none, and the whole no sure one: "inspection and corporal punishment".
        """
        read = {half: self.searcher.readings(half, ())[0] for half in halves(question)}
        sides = [half for half, reading in read.items() if names_something(reading)]  # of "scrapped and changed" the first alone
        bare = sum(len(read[half].terms) for half in sides) <= TWO_SUBJECTS
        if not sides or (self._answers(whole, self._sure) and not bare):
            return []  # before either side is encoded: nothing that is found of them would be used
        judged = self.searcher.read_all([Asked(half) for half in sides], encoded)
        if self._answers(whole, self._threshold):
            sections = {one.statements[0].section for one in judged if self._answers(one, self._sure)}
            if len(sections) > 1 and bare:
                return judged
            one_alone = any(self._answers(one, self._sure) for one in judged) and not all(
                self._answers(one, self._threshold) for one in judged
            )
            return judged if one_alone and not self._answers(whole, self._sure) else []
        both = all(self._answers(one, self._threshold) for one in judged)
        return judged if both or any(self._answers(one, self._sure) for one in judged) else []

    def _answers(self, one: Judged, threshold: float) -> bool:
        return one.chance >= threshold

    def _ended(self, asked: str, judged: Sequence[Judged], message: Message, left: Sequence[str]) -> Answer:
        """The ending for a message whose questions were searched, but for those ``left``."""
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
            return self._left_alone(asked, searched_for, judged, left)
        missing = [one.understood.subject for one, s in zip(judged, selections, strict=True) if not s.chosen]
        return self._answered(asked, searched_for, found, missing, left)

    def _answered(
        self, asked: str, searched_for: str, found: Sequence[Selection], missing: Sequence[str] = (), left: Sequence[str] = ()
    ) -> Answer:
        """Quotes for what was ``found``; ``missing`` was looked up and not found, ``left`` was not looked up."""
        cited = cite(self.searcher.corpus, found, self.settings)
        open_ = [*missing, *left]
        status = AnswerStatus.ANSWERED_PARTLY if open_ else AnswerStatus.ANSWERED
        if all(citation.status != "current" for citation in cited.citations):
            words = messages.ANSWERED_SUPERSEDED
        elif missing:
            words = messages.ANSWERED_PARTLY
        else:
            words = messages.ANSWERED_SOME if left else messages.ANSWERED
        # Of what was not looked up nobody may say that no position was found.
        message = " ".join(filter(None, (words, messages.REST if missing else "", messages.ASK_AGAIN if left else "")))
        return Answer(
            asked, searched_for, status, message, "; ".join(open_) or None,
            cited.quotes, cited.citations, cited.see_also, (), cited.notices,
        )  # fmt: skip

    def _left_alone(self, asked: str, searched_for: str, judged: Sequence[Judged], left: Sequence[str]) -> Answer:
        """No answer: name the paper that would hold one, the nearest topics and whom to ask."""
        if is_off_topic(judged):
            return Answer(asked, searched_for, AnswerStatus.OFF_TOPIC, messages.OFF_TOPIC)
        papers = named_papers(self.searcher.corpus, judged)
        said = (messages.NO_POSITION, messages.PAPER_NAMED if papers else "", messages.ASK_AGAIN if left else "")
        message = " ".join(filter(None, said))
        return Answer(
            asked, searched_for, AnswerStatus.NO_POSITION, f"{message}{messages.contact(self.settings)}",
            see_also=papers, nearest=nearest_topics(self.searcher.corpus, judged),
        )  # fmt: skip

    def _about_last(self, asked: str, text: str, earlier: Sequence[tuple[str, Message]], message: Message) -> Answer:
        """A question about the last answer: its quotes again, or the rest of its section."""
        subjects = _subjects(earlier)
        last = self.answer(subjects[-1], subjects[:-1]) if subjects else None
        if last is None or not last.quotes:
            return Answer(asked, last.searched_for if last else "", AnswerStatus.UNCLEAR, messages.NOTHING_BEFORE)
        if message is Message.MORE:
            more = with_rest_of_section(self.searcher.corpus, last, self.settings.quote_limit)
            if len(more.chosen) > len(last.citations):
                return replace(self._answered(asked, last.searched_for, [more]), message=messages.MORE)
        words = messages.NOTHING_MORE if message is Message.MORE else reply_about_last(text)
        return replace(last, question=asked, status=AnswerStatus.ANSWERED_ABOUT_LAST, message=words, not_covered=None)


def _subjects(earlier: Sequence[tuple[str, Message]]) -> list[str]:
    """The earlier turns that another may lean on: not talk, nor what only asks for the rest of an answer."""
    return [turn for turn, kind in earlier if kind not in TALK and not asks_for_rest_alone(turn)]


def _shortened(asked: str, settings: Settings) -> str:
    """What is echoed of a declined message: never more than the limit."""
    return asked[: settings.question_limit]
