"""What the REST API takes and gives, as models: the OpenAPI document is made from these."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictStr

from chatbot.browsing import Topic
from chatbot.verification import LONGEST
from corpus.models import Corpus, Statement


class Asked(BaseModel):
    """A question as it arrives. Its length is judged by the service, which declines what is too long."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"question": "What does ASCL think about Ofsted?", "history": []}]}
    )

    question: Annotated[StrictStr, Field(description="The question, in the asker's own words.")]
    history: Annotated[list[StrictStr], Field(max_length=1000, description="The asker's earlier questions, oldest first.")] = []
    explain: Annotated[StrictBool, Field(description="Whether to return what was weighed and rejected.")] = False


class Pasted(BaseModel):
    """A text to be held against the documents."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "A five-year budget freeze (flat cash settlement)"}]}
    )

    text: Annotated[StrictStr, Field(max_length=LONGEST, description=f"The pasted text, at most {LONGEST:,} characters.")]


class StatementItem(BaseModel):
    """One statement: its exact text and where it is printed."""

    id: Annotated[str, Field(description="Changes with the wording and with nothing else.")]
    document: str
    title: str
    section: str
    section_inferred: Annotated[bool, Field(description="No heading is printed above it; the name was inferred.")]
    topic: Annotated[str, Field(description="The section's name in addresses, to filter by.")]
    text: str
    start: Annotated[int, Field(description="Of its span in the document's text, in code points.")]
    end: Annotated[int, Field(description="Of its span, not counted in.")]
    role: Annotated[str, Field(description="position, reason, or context: only the first two are ASCL's own view.")]
    published: Annotated[str | None, Field(description="ISO date of any precision; null where the page carries none.")]
    retrieved: str | None
    status: Annotated[str, Field(description='current ("not known to be superseded"), superseded or withdrawn.')]
    url: str | None
    permalink: str


class StatementPage(BaseModel):
    """Some of the statements found, in corpus order."""

    total: int
    offset: int
    limit: int
    statements: list[StatementItem]


class TopicItem(BaseModel):
    """A section of a document and how many statements stand in it."""

    topic: str
    name: str
    inferred: bool
    document: str
    title: str
    statements: int


class TopicList(BaseModel):
    """Every topic, in corpus order."""

    topics: list[TopicItem]


class Problem(BaseModel):
    """An error (RFC 9457): ``detail`` is a sentence for whoever called."""

    type: str
    title: str
    status: int
    detail: str


def statement_item(corpus: Corpus, statement: Statement, path_prefix: str) -> StatementItem:
    """A statement as the API gives it."""
    document = corpus.document(statement.document)
    return StatementItem(
        id=statement.id,
        document=document.id,
        title=document.title,
        section=statement.section.name,
        section_inferred=statement.section.inferred,
        topic=statement.section.slug,
        text=statement.text,
        start=statement.span.start,
        end=statement.span.end,
        role=statement.role.value,
        published=document.published,
        retrieved=document.retrieved,
        status=document.status.value,
        url=document.url,
        permalink=f"{path_prefix}/statements/{statement.id}",
    )


def topic_item(topic: Topic) -> TopicItem:
    """A topic as the API gives it."""
    section = topic.section
    return TopicItem(
        topic=section.slug,
        name=section.name,
        inferred=section.inferred,
        document=section.document,
        title=topic.title,
        statements=len(topic.statements),
    )
