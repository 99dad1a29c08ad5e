"""What the fields of the REST API mean, put into its description: the answer's own types know nothing of any interface."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

_PLACE = {
    "statement": "Id of the statement; its address is the permalink.",
    "document": "Id of the document.",
    "title": "Title of the document.",
    "section": "Headings above the words; the document's title where there is none.",
    "section_inferred": "No heading is printed above the words; the name was inferred.",
    "published": "ISO date of any precision; null where the page carries none.",
    "retrieved": "When the copy was taken; null where that is not known.",
    "status": 'current ("not known to be superseded"), superseded or withdrawn.',
    "url": "Address of the source; null where it has none.",
    "permalink": "Path of the statement's page on this server.",
    "start": "Of the words in the document's text, in code points.",
    "end": "Of the words, not counted in.",
    "text": "The words, exactly as printed.",
}
MEANINGS: dict[str, dict[str, str]] = {
    "Answer": {
        "question": "As it was asked.",
        "searched_for": "What was looked for, once the question was understood.",
        "status": "How the question ended.",
        "message": "A sentence of this service's own, never ASCL's.",
        "not_covered": "The part of the question that nothing was found on, or that was not looked up.",
        "quotes": "ASCL's words, exactly as printed, the best section first.",
        "citations": "Where the quotes stand, by number.",
        "see_also": "Papers that are named on the subject and not held here.",
        "nearest": "Topics to ask about where nothing was found.",
        "notices": "What to bear in mind, such as a missing date.",
        "diagnostics": "What was weighed and rejected; only when asked for.",
    },
    "Quote": {**_PLACE, "citation": "Number of its citation."},
    "Citation": {**_PLACE, "number": "From 1, in the order of first quotation."},
    "Nearest": {"topic": "Name of a section.", "statement": "Id of a statement in it."},
    "Verification": {
        "result": "How the check ended.",
        "message": "The result in words, with what to bear in mind.",
        "matches": "Where the words, or those that they were altered from, are printed.",
        "differences": "Every stretch in order, the same or not; empty where the words are printed as pasted.",
    },
    "Match": {**_PLACE, "sentence": "The whole sentences that the words are taken from."},
    "Difference": {
        "kind": "same, changed, added, left_out, joined or source.",
        "yours": "The words as pasted.",
        "source": "The words as printed.",
        "concerns": "number, negation, name, character or null.",
    },
    "StatementItem": _PLACE,
    "StatementPage": {
        "total": "How many were found.",
        "offset": "How many were passed over.",
        "limit": "How many are given at most.",
        "statements": "Those from the offset on.",
    },
    "TopicItem": {
        **_PLACE,
        "topic": "The section's name in addresses, to filter by.",
        "name": "Headings above the statements; the document's title where there is none.",
        "inferred": "No heading is printed; the name was inferred.",
        "statements": "How many statements stand in it.",
    },
    "TopicList": {"topics": "Every section that holds statements."},
    "Problem": {
        "type": "Always about:blank.",
        "title": "The status in words.",
        "status": "The HTTP status.",
        "detail": "A sentence for whoever called.",
    },
}


class DescribedApp(FastAPI):
    """FastAPI whose description says what every field means."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        document = super().openapi()
        for name, model in document["components"]["schemas"].items():
            for field, held in model.get("properties", {}).items():
                if meaning := MEANINGS.get(name, {}).get(field):
                    held.setdefault("description", meaning)
        return document
