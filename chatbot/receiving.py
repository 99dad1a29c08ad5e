"""What a message and the turns before it are, before anything is searched: the gate's verdict and the rules around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from chatbot.answer import AnswerStatus
from chatbot.declining import DECLINES, asked_of_us_instead, asks_another, asks_ascl, declined_by_rule, runs_oneself_down
from chatbot.gate import Gate, Glance, Message, Verdict
from chatbot.judged import Asked
from chatbot.searching import SURELY, Searcher
from chatbot.separating import cannot_stand_alone, questions_in
from chatbot.settings import Settings
from chatbot.understanding import cleaned, names_something, points_back
from index.encoder import Encoded

DOUBTFUL = 0.6  # probability of what a message was taken for, below which it is looked at again without its slips
SEARCHED = (Message.QUESTION, Message.OFF_TOPIC, Message.UNCLEAR)  # what a message may be that is searched at all
MOST_QUESTIONS = 3  # of one message that are searched
# What may stand between a cry for help and what goes on from it: "are you there?"
_SAYS_LITTLE = (Message.THANKS, Message.GREETING, Message.ABOUT_BOT, Message.UNCLEAR)
# What a message is whatever came before it. Abuse and a plea for advice may go on from a cry for help.
_SETTLED = {Message.THANKS, *DECLINES} - {Message.ABUSE, Message.ADVICE}


class _Said(NamedTuple):
    """An earlier message: what it was, or None where a rule declined it for something else than danger; whether it may only have
    sounded like danger; and whether it was a rule that told.
    """

    turn: str
    kind: Message | None
    doubtful: bool = False
    by_rule: bool = False


@dataclass(frozen=True)
class Received:
    """What a message is, and each of the turns before it, oldest first, but for those that a rule declines.

    ``text`` is what is asked: the message, or the one before it where the message only says that ASCL is asked instead.
    ``encoded`` holds those that told, and those that the message is likely to be searched with.
    """

    text: str
    verdict: Verdict
    turns: tuple[tuple[str, Message], ...]
    encoded: Mapping[str, Encoded]


@dataclass(frozen=True)
class Receiver:
    """Takes messages for what they are."""

    searcher: Searcher
    settings: Settings
    gate: Gate

    def receive(self, text: str, history: Sequence[str]) -> Received:
        """What a cleaned message is that no rule declines; ``history`` holds the asker's earlier turns, oldest first."""
        limit = self.settings.history_limit
        # One that is too long is only looked at by rule: cleaning it takes minutes.
        turns_sent = (printable(turn) for turn in (history[-limit:] if limit else ()))
        recent = [turn if len(turn) > self.settings.question_limit else cleaned(turn) for turn in turns_sent]
        by_rule = {turn: declined_by_rule(turn, self.settings.question_limit) for turn in recent}
        turns = [turn for turn in recent if by_rule[turn] is None]
        glances = {turn: self.gate.glance(turn) for turn in (text, *turns)}
        encoded = self._encoded(text, turns, glances)
        said: list[_Said] = []
        for turn in recent:
            if (rule := by_rule[turn]) is not None:
                said.append(_Said(turn, Message.EMERGENCY if rule is AnswerStatus.DECLINED_EMERGENCY else None, by_rule=True))
                continue
            meant, verdict = self._after(said, turn, self._verdict(turn, glances[turn], encoded))
            said.append(_Said(meant, self._as_it_ended(meant, verdict), verdict.rather is not None))
        meant, verdict = self._after(said, text, self._verdict(text, glances[text], encoded))
        return Received(
            meant, verdict, tuple((one.turn, one.kind) for one in said if one.kind is not None and not one.by_rule), encoded
        )

    def _after(self, said: Sequence[_Said], text: str, verdict: Verdict) -> tuple[str, Verdict]:
        """What a message asks, and the verdict on it, in the light of what was said before it, oldest first."""
        last = next((one for one in reversed(said) if one.kind not in _SAYS_LITTLE), None)
        if last is not None and last.kind is Message.EMERGENCY and self._goes_on(text, verdict.message, last.doubtful):
            return text, Verdict(Message.EMERGENCY, 1.0, goes_on=True)
        before = next((one for one in reversed(said) if not one.by_rule), None)
        if before is None or before.kind is not Message.OTHER_BODY:
            return text, verdict
        of_us = asked_of_us_instead(text, before.turn)
        if of_us is not None:
            return of_us, Verdict(Message.QUESTION, 1.0, goes_on=True)
        return text, Verdict(Message.OTHER_BODY, 1.0, goes_on=True) if self._asks_of_it(text, verdict.message) else verdict

    def _encoded(self, text: str, turns: Sequence[str], glances: Mapping[str, Glance]) -> Mapping[str, Encoded]:
        """What a message is likely to need: those that settle what it is, and those to search with.

        All in one run: two texts take less time than two runs of one. The two sides of a question are encoded later, if at all.
        """
        told = [one for glance in glances.values() for one in self._undecided(glance)]
        return self.searcher.encoded([*told, *self.searcher.texts_of(asked_in(text, turns))])

    def _undecided(self, glance: Glance) -> Sequence[str]:
        """The texts whose vectors tell more; those of another embedding model than the gate was learnt with tell it nothing."""
        return glance.undecided if self.gate.model == self.searcher.model_digest else ()

    def _verdict(self, text: str, glance: Glance, encoded: Mapping[str, Encoded]) -> Verdict:
        verdict = self._of(glance, encoded)
        if verdict.message is Message.OTHER_BODY and asks_ascl(text):
            return replace(verdict, message=Message.QUESTION)
        if verdict.message in SEARCHED and asks_another(text):
            return Verdict(Message.OTHER_BODY, 1.0)
        if Message.ABUSE in (verdict.message, verdict.rather) and runs_oneself_down(text):
            return replace(verdict, message=Message.EMERGENCY, rather=None)
        doubtful = verdict.message not in (*SEARCHED, Message.EMERGENCY) and verdict.chance < DOUBTFUL
        return self._as_repaired(text, verdict) if doubtful else verdict

    def _of(self, glance: Glance, encoded: Mapping[str, Encoded]) -> Verdict:
        return self.gate.verdict(glance, {text: encoded[text].vector for text in self._undecided(glance) if text in encoded})

    def _as_it_ended(self, turn: str, verdict: Verdict) -> Message:
        """What an earlier turn was: a sad story whose question was answered below whom to call is a question to go on from."""
        if verdict.asks_too and any(one.chance >= SURELY for one in self.searcher.read_all(asked_in(turn, ()))):
            return Message.QUESTION
        return verdict.message

    def _as_repaired(self, text: str, verdict: Verdict) -> Verdict:
        """What a message is with its slips repaired, if that is a question: "inspction refrom" is no instruction."""
        repaired = self.searcher.repaired(text)
        if repaired == text:
            return verdict
        glance = self.gate.glance(repaired)
        again = self._of(glance, self.searcher.encoded(self._undecided(glance)))
        return again if again.message is Message.QUESTION else verdict

    def _goes_on(self, text: str, message: Message, doubtful: bool) -> bool:
        """Whether a message after a cry for help goes on from it, being no question of its own: "i mean it".

        After a plea for advice that only sounded like a cry, further pleas and whatever names a subject are of their own.
        """
        if doubtful and (message in (Message.ABUSE, Message.ADVICE) or self._names_a_subject(text, message)):
            return False
        return message not in _SETTLED and self.searcher.read(text, ()).chance < SURELY

    def _names_a_subject(self, text: str, message: Message) -> bool:
        return message in SEARCHED and names_something(self.searcher.readings(text, ())[0])

    def _asks_of_it(self, text: str, message: Message) -> bool:
        """Whether a message points to the other body whose view was asked for before: "and their position on funding?"."""
        return message in SEARCHED and points_back(self.searcher.readings(text, ())[0]) and not asks_ascl(text)


def asked_in(text: str, subjects: Sequence[str]) -> list[Asked]:
    """The questions of a message that are searched. A later one may lean on one before it, if it refers to it."""
    first, *later = questions_in(text)[:MOST_QUESTIONS]
    asked = [Asked(first.question, subjects, first.told)]
    for part in later:
        before = [*subjects, *(one.question for one in asked)] if cannot_stand_alone(part.question) else []
        asked.append(Asked(part.question, before, part.told))
    return asked


def printable(text: str) -> str:
    """The text with what cannot be written as UTF-8 (lone surrogates) replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
