"""What a check of pasted words finds, as values, and the sentences it says."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from chatbot.comparing import Difference

LONGEST = 10_000  # characters taken; a long policy paper is pasted in parts
FEWEST_WORDS = 3  # of a passage; fewer could be put together from anywhere


class Result(StrEnum):
    """How a check ends."""

    VERIFIED = "verified"
    ALTERED = "altered"
    NOT_FOUND = "not_found"


MESSAGES = {
    Result.VERIFIED: "These words are printed in the document, as pasted.",
    Result.ALTERED: "These words are not printed in this form. Below is what is printed, with every difference marked.",
    Result.NOT_FOUND: "These words were not found in the documents held here.",
}
PART = "They are part of a longer sentence, which is shown whole: quote it so that nothing is lost."
NEGATED = "What is left out of that sentence says “not” or “no”: without it the sense may be turned round."
REPORTED = "The document only reports these words or says them of others: they are not ASCL's own view."
TOO_SHORT = f"That is too short to be checked: paste at least {FEWEST_WORDS} words."
TOO_LONG = f"At most {LONGEST:,} characters can be checked at once. Please paste a part of it."
REPLACED = "ASCL has since replaced or withdrawn the page or paper that these words come from."


@dataclass(frozen=True, slots=True)
class Match:
    """Where pasted words, or what they were altered from, are printed. ``text`` is sliced from the document by its span."""

    statement: str
    document: str
    title: str
    section: str
    section_inferred: bool
    published: str | None
    retrieved: str | None
    status: str
    url: str | None
    permalink: str
    start: int
    end: int
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found. ``differences`` are those of the passages that are not printed as pasted, in order."""

    result: Result
    message: str
    matches: tuple[Match, ...] = ()
    differences: tuple[Difference, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {**asdict(self), "result": self.result.value}
