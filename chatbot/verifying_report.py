"""What a check found, as lines for a console: differences in words and brackets, never in colour alone."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot import page_text
from chatbot.citing import plain_date
from chatbot.comparing import Difference
from chatbot.verification import Match, Result, Verification

TITLES = {Result.VERIFIED: "Printed exactly so.", Result.ALTERED: "Altered.", Result.NOT_FOUND: "Not found."}


def as_lines(found: Verification) -> Iterator[str]:
    """The result, then either where the words stand or what differs."""
    yield f"{TITLES[found.result]} {found.message}"
    if found.differences:
        yield ""
        yield "Yours, with [- what is not printed -] and {+ what is printed instead +}:"
        yield " ".join(_marked(one) for one in found.differences)
    for match in found.matches:
        yield ""
        yield f"“{match.text}”"
        yield from _place(match)


def _marked(one: Difference) -> str:
    if one.kind == "same":
        return one.yours
    if one.kind == "joined":
        return "[not printed one after the other]"
    if one.kind == "source":
        return f"[said of where it stands: {one.yours}; printed in: {one.source}]"
    parts = [f"[- {one.yours} -]" if one.yours else "", f"{{+ {one.source} +}}" if one.source else ""]
    return " ".join([*(part for part in parts if part), *([f"({one.concerns})"] if one.concerns else [])])


def _place(match: Match) -> Iterator[str]:
    said = plain_date(match.published) if match.published else page_text.UNDATED
    standing = "" if match.status == "current" else f", {match.status}"
    inferred = f"; {page_text.SECTION_INFERRED}" if match.section_inferred else ""
    yield f"{match.title}, {match.section} ({said}{standing}{inferred})"
    if match.url:
        yield f"    {match.url}"
    yield f"    {match.permalink}"
