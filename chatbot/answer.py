"""The answer as data: the one shape that the command line, batch, REST, the pages and the tests share.

Field names are a public contract: they may be added to, never renamed or removed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class AnswerStatus(StrEnum):
    """How a question can end. Only those that begin with ``answered`` carry quotes."""

    ANSWERED = "answered"
    ANSWERED_PARTLY = "answered_partly"
    ANSWERED_ABOUT_LAST = "answered_about_last"
    NO_POSITION = "no_position"
    UNCLEAR = "unclear"
    OFF_TOPIC = "off_topic"
    GREETING = "greeting"
    DECLINED_EMPTY = "declined_empty"
    DECLINED_TOO_LONG = "declined_too_long"
    DECLINED_ABUSE = "declined_abuse"
    DECLINED_INSTRUCTION = "declined_instruction"
    DECLINED_PERSONAL_DATA = "declined_personal_data"
    DECLINED_ADVICE = "declined_advice"
    DECLINED_OTHER_BODY = "declined_other_body"
    DECLINED_EMERGENCY = "declined_emergency"
    ERROR_BAD_LINE = "error_bad_line"
    ERROR_INTERNAL = "error_internal"

    @property
    def answered(self) -> bool:
        """Whether this ending carries quotes."""
        return self.value.startswith("answered")

    @property
    def declined(self) -> bool:
        """Whether it was ended before anything was searched, by a rule or by what the message was taken for."""
        return self.value.startswith("declined")

    @property
    def remembered(self) -> bool:
        """Whether a later message may go on from one that ended so: not where nothing could be read, or something broke."""
        return not self.value.startswith("error") and self not in (self.DECLINED_EMPTY, self.DECLINED_TOO_LONG)


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact text of a span of a document, ``[start, end)`` in code points of its canonical text."""

    text: str
    statement: str
    start: int
    end: int
    citation: int


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands: numbered from 1 in the order of first quotation."""

    number: int
    statement: str
    title: str
    section: str
    section_inferred: bool
    published: str | None
    retrieved: str | None
    status: str
    url: str | None
    permalink: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """A topic near to a question that has no answer, with the statement that stands for it."""

    topic: str
    statement: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is given back for one question, whatever the ending."""

    question: str
    searched_for: str
    status: AnswerStatus
    message: str
    not_covered: str | None = None
    quotes: tuple[Quote, ...] = ()
    citations: tuple[Citation, ...] = ()
    see_also: tuple[str, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    notices: tuple[str, ...] = ()
    diagnostics: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain JSON values, with the status as its word."""
        return {**asdict(self), "status": self.status.value}
