"""Read one document: front matter, then the canonical text cut into headings, statements and pointers."""

from __future__ import annotations

import datetime
import re
import reprlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from corpus.blocks import Block, BlockKind, cut_blocks, heading_of, pointed_paper
from corpus.errors import CorpusError, Fault
from corpus.models import Document, Heading, Kind, Pointer, Role, Section, Statement, Status
from corpus.sectioning import assign_sections
from corpus.sentences import cut_sentences
from corpus.text import digest, read_canonical
from corpus.voices import Introduced, own_voices, role_of

ASCL = "Association of School and College Leaders"
FIELDS = ("id", "title", "publisher", "kind", "url", "published", "retrieved", "status", "source_digest")
OPTIONAL_FIELDS = ("roles", "invented")
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 80
_SHORT.maxlevel = 2
_UNKNOWN = (None, "", "unknown", "undated")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def parse_document(path: Path) -> Document:
    """Read and cut one document.

    Raises:
        CorpusError: for a file that is not a document, naming each fault with its line and remedy.
    """
    fields, body, faults = _read(path)
    if errors := tuple(fault for fault in faults if fault.severity == "error"):
        raise CorpusError(errors)
    document = build_document(fields, body)
    if errors := _lapsed_roles(path, document, fields.get("roles") or {}):
        raise CorpusError(errors)
    return document


def _lapsed_roles(path: Path, document: Document, roles: Mapping[str, str]) -> tuple[Fault, ...]:
    """Entries under ``roles`` for statements that are not there: words that were held back as others' might be quoted since."""
    held = {statement.id.removeprefix(f"{document.id}/") for statement in document.statements}
    message = "The role of {} has no effect: no statement has this id; its words changed or went."
    remedy = "Find its statement's id with 'ascl-chat corpus show' and write that, or take the entry out."
    return tuple(Fault(path, 1, "error", message.format(shown(name)), remedy) for name in roles if name not in held)


def file_faults(path: Path) -> tuple[Fault, ...]:
    """Every fault of a file's front matter, warnings too; that it holds none is the only one then."""
    try:
        return _read(path)[2]
    except CorpusError as error:
        return error.faults


def invented_fault(path: Path) -> Fault | None:
    """What keeps a readable document out of a corpus though it can be read: that ASCL never said what stands in it."""
    if not _read(path)[0].get("invented"):
        return None
    message = "The document is marked as invented: it holds no words of ASCL's."
    return Fault(path, 1, "error", message, "Take it out of the corpus; it is for calibration and tests.")


def build_document(fields: Mapping[str, Any], text: str) -> Document:
    """Cut ``text`` into a document; ``fields`` are front matter that has been checked."""
    identifier, title = str(fields["id"]), str(fields["title"])
    publisher = str(fields.get("publisher") or ASCL)
    blocks = cut_blocks(text)
    sections = assign_sections(identifier, title, text, blocks)
    placed = list(zip(blocks, sections, strict=True))
    return Document(
        id=identifier,
        title=title,
        publisher=publisher,
        kind=Kind(fields.get("kind") or Kind.POSITION_PAGE),
        url=fields.get("url") or None,
        published=_date(fields.get("published")),
        retrieved=_date(fields.get("retrieved")),
        status=Status(fields.get("status") or Status.CURRENT),
        source_digest=str(fields["source_digest"]) if fields.get("source_digest") else None,
        text=text,
        headings=tuple(_heading(text, block) for block, _ in placed if block.kind is BlockKind.HEADING),
        statements=_statements(text, placed, publisher, fields.get("roles") or {}),
        pointers=tuple(_pointer(text, block, section) for block, section in placed if block.kind is BlockKind.POINTER),
    )


def front_matter_faults(path: Path, front: str, fields: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Every fault of the front matter, with the line it stands on."""
    faults: list[Fault] = []

    def fault(name: str, message: str, remedy: str, *, warning: bool = False) -> None:
        faults.append(Fault(path, _line_of(front, name), "warning" if warning else "error", message, remedy))

    identifier = fields.get("id")
    if not isinstance(identifier, str) or not _ID.fullmatch(identifier):
        fault("id", f"The id {shown(identifier)} cannot be used.", "Use lower-case letters, digits and single hyphens.")
    elif identifier != path.stem:
        fault("id", f"The id {shown(identifier)} is not the file's name.", f"Write 'id: {path.stem}' or rename the file.")
    if not isinstance(fields.get("title"), str) or not fields["title"].strip():
        fault("title", "The document has no title.", "Write the title as printed, in quotation marks if it holds a colon.")
    for name, allowed in (("kind", list(Kind)), ("status", list(Status))):
        if fields.get(name) is None:
            fault(name, f"The field {name} is missing.", f"Write one of: {', '.join(allowed)}.", warning=True)
        elif fields[name] not in allowed:
            fault(name, f"The {name} {shown(fields[name])} is not known.", f"Write one of: {', '.join(allowed)}.")
    for name in ("published", "retrieved"):
        if _badly_dated(fields.get(name)):
            fault(name, f"The date {shown(fields[name])} cannot be read.", "Write YYYY, YYYY-MM, YYYY-MM-DD or unknown.")
    url = fields.get("url")
    if url is not None and not (isinstance(url, str) and re.match(r"https?://[^\s<>\"']+$", url)):
        fault("url", f"The url {url!r} is not a web address.", "Write the page's full https:// address, or leave url out.")
    if not isinstance(fields.get("roles") or {}, dict) or any(
        value not in list(Role)[:3] for value in (fields.get("roles") or {}).values()
    ):
        fault("roles", "The roles cannot be read.", "Write a mapping from section/digest to position, reason or context.")
    for name in fields.keys() - {*FIELDS, *OPTIONAL_FIELDS}:
        fault(str(name), f"The field {name!r} is not known.", f"Use only: {', '.join(FIELDS)}.", warning=True)
    for name in ("publisher", "published", "retrieved"):
        if name not in fields:
            fault(name, f"The field {name} is missing.", "Write it, or 'unknown' for a date.", warning=True)
    return tuple(faults)


def _read(path: Path) -> tuple[Mapping[str, Any], str, tuple[Fault, ...]]:
    """Front matter, canonical text, and the faults of the front matter."""
    front, body = _split_front_matter(path, read_canonical(path))
    fields = _front_matter(path, front)
    return fields, body, front_matter_faults(path, front, fields)


def _split_front_matter(path: Path, content: str) -> tuple[str, str]:
    match = re.match(r"---[ \t]*\n(.*?)(?:^)---[ \t]*(?:\n|\Z)", content, re.DOTALL | re.MULTILINE)
    if match is None:
        raise _refused(path, 1, "The file has no front matter.", "Begin it with a block of fields between two lines '---'.")
    return match[1], content[match.end() :]


def _front_matter(path: Path, front: str) -> Mapping[str, Any]:
    try:
        fields = yaml.safe_load(front)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 2
        raise _refused(path, line, "The front matter is not YAML.", "Write each field as 'name: value'.") from error
    if not isinstance(fields, dict):
        raise _refused(path, 2, "The front matter holds no fields.", "Write each field as 'name: value'.")
    for name, value in fields.items():
        if isinstance(value, str) and not writable(value):
            line = _line_of(front, str(name))
            raise _refused(path, line, f"The {name} holds half a character.", "Write the character itself instead of \\u codes.")
    return fields


def writable(text: str) -> bool:
    """Whether a text can be written down: YAML's escapes can name halves of characters."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def shown(value: Any) -> str:
    """A value as a fault shows it: never more than a line, whatever it holds."""
    return _SHORT.repr(value)


def _statements(
    text: str, placed: Sequence[tuple[Block, Section]], publisher: str, roles: Mapping[str, str]
) -> tuple[Statement, ...]:
    seen: Counter[str] = Counter()
    statements = []
    part, introduced = None, Introduced("")
    for block, section in placed:
        if section != part:
            part, introduced = section, Introduced(section.path[-1])
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        words = block.span.of(text)
        name = f"{section.slug}/{digest(words)[:8]}"
        seen[name] += 1
        if seen[name] > 1:
            name = f"{name}-{seen[name]}"
        sentences = cut_sentences(text, block.span)
        voices = introduced.voices(words, [one.of(text) for one in sentences], own_voices(text, sentences))
        if not _is_ascl(publisher):
            voices = (False,) * len(sentences)
        if name in roles:
            voices = (roles[name] != Role.CONTEXT,) * len(sentences)
        role = Role(roles[name]) if name in roles else role_of(text, sentences, voices)
        statements.append(
            Statement(f"{section.document}/{name}", section.document, section, block.span, words, role, sentences, voices)
        )
    return tuple(statements)


def _is_ascl(publisher: str) -> bool:
    return "ascl" in publisher.lower().split() or ASCL.lower() in publisher.lower()


def _heading(text: str, block: Block) -> Heading:
    level, title = heading_of(block.span.of(text))
    return Heading(block.span, level, title)


def _pointer(text: str, block: Block, section: Section) -> Pointer:
    words = block.span.of(text)
    return Pointer(block.span, words, pointed_paper(words) or words, section)


def _badly_dated(value: Any) -> bool:
    if value in _UNKNOWN or isinstance(value, datetime.date):
        return False
    if not _DATE.fullmatch(str(value)):
        return True
    year, month, day = ([int(part) for part in str(value).split("-")] + [1, 1])[:3]
    try:
        datetime.date(year, month, day)
    except ValueError:
        return True
    return False


def _date(value: Any) -> str | None:
    return None if value in _UNKNOWN else str(value)[:10]


def _line_of(front: str, name: str) -> int:
    """The line a field stands on, counting the opening '---' as line 1; line 1 for a field that is missing."""
    for number, line in enumerate(front.split("\n"), start=2):
        if line.startswith(f"{name}:"):
            return number
    return 1


def _refused(path: Path, line: int, message: str, remedy: str) -> CorpusError:
    return CorpusError((Fault(path, line, "error", message, remedy),))
