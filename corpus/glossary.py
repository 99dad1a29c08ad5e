"""The glossary: abbreviations and synonyms of English education, with the strength of each link."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError, Fault
from corpus.models import Entry, Glossary
from corpus.questions import read_mapping

LINKS = ("same", "narrower", "related")
KINDS = ("abbreviation", "synonym", "everyday", "body")


def load_glossary(path: Path) -> Glossary:
    """Read ``glossary.yaml``; an empty glossary where there is no such file.

    Raises:
        CorpusError: naming every entry that cannot be used.
    """
    if not path.exists():
        return Glossary()
    content = read_mapping(path)
    rows, kept = content.get("entries") or [], content.get("never_expand") or []
    for name, held in (("entries", rows), ("never_expand", kept)):
        if not isinstance(held, list):
            message = f"The glossary's {name} are no list."
            raise CorpusError((Fault(path, 1, "error", message, "See the fields at the top of the file."),))
    for name in content.keys() - {"entries", "never_expand"}:
        message = f"The glossary's field {name!r} is not known."
        raise CorpusError((Fault(path, 1, "error", message, "Write entries and never_expand only."),))
    faults = tuple(_fault(path, row, message) for row in rows for message in _faults_of(row))
    terms = [str(row["term"]).casefold() for row in rows if isinstance(row, dict) and row.get("term")]
    faults += tuple(_fault(path, term, "stands twice.") for term in sorted({term for term in terms if terms.count(term) > 1}))
    if faults:
        raise CorpusError(faults)
    return Glossary(
        tuple(_entry(row) for row in rows),
        frozenset(str(word).casefold() for word in kept),
    )


def _entry(row: Mapping[str, Any]) -> Entry:
    links = {name: tuple(row.get(name) or ()) for name in LINKS}
    return Entry(term=row["term"], kind=row["kind"], full=row.get("full"), **links)


def _faults_of(row: Any) -> list[str]:
    if not isinstance(row, dict) or not isinstance(row.get("term"), str):
        return ["is an entry without a term."]
    faults = [f"has a field {name!r} that is not known." for name in row.keys() - {"term", "kind", "full", *LINKS}]
    if row.get("kind") not in KINDS:
        faults.append(f"has the kind {row.get('kind')!r}; write one of {', '.join(KINDS)}.")
    if not isinstance(row.get("full") or "", str):
        faults.append("must have words under 'full'; put them in quotation marks.")
    for name in LINKS:
        links = row.get(name) or []
        if not isinstance(links, list) or not all(isinstance(link, str) for link in links):
            faults.append(f"must have a list of words under {name!r}.")
        elif row["term"].casefold() in [link.casefold() for link in links]:
            faults.append(f"links to itself under {name!r}.")
    return faults


def _fault(path: Path, row: Any, message: str) -> Fault:
    term = row.get("term") if isinstance(row, dict) else row
    text = path.read_text(encoding="utf-8").casefold()
    position = text.find(f"term: {term}".casefold())
    line = text.count("\n", 0, position) + 1 if position >= 0 else 1
    return Fault(path, line, "error", f"The glossary's {term!r} {message}", "See the fields at the top of the file.")
