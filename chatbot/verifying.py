"""Check pasted words against the documents: are they printed there, exactly?

Passed over are only white space, the style of quote marks and dashes, the case of a first letter, a final full stop, and
an ellipsis between spans of one statement that stand there in that order. A number, a negation or a name never is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chatbot.altered_from import Sources, window
from chatbot.comparing import Difference, differences, in_one_style, says_no
from chatbot.copied_forms import Pasted, unwrapped
from chatbot.named_source import misnamed
from chatbot.printed import printed_page, stretches
from chatbot.verification import (
    FEWEST_WORDS,
    LONGEST,
    MESSAGES,
    NEGATED,
    PART,
    REPLACED,
    REPORTED,
    TOO_LONG,
    TOO_SHORT,
    Match,
    Result,
    Verification,
)  # fmt: skip
from corpus.models import Corpus, Span, Statement
from corpus.sentences import cut_sentences

MOST_SENTENCES = 200  # held against sources one by one; more in 10,000 characters is no prose
_CLOSING = re.compile(r"[.\"')\]]*$")


class Verifier:
    """Checks passages against every document of a corpus, each prepared once."""

    def __init__(self, corpus: Corpus, path_prefix: str = "") -> None:
        self._corpus = corpus
        self._prefix = path_prefix
        self._pages = [printed_page(document) for document in corpus.documents]
        self._sources = Sources(corpus)
        self._whole = frozenset(in_one_style(statement.text) for statement in corpus.statements.values())
        named = {pointer.text for document in corpus.documents for pointer in document.pointers}
        sections = (section for document in corpus.documents for section in document.sections)
        self._listed = frozenset(named | {name for section in sections for name in (section.name, section.path[-1])})

    def verify(self, text: str) -> Verification:
        """The check of any text up to ``LONGEST`` characters; of the ways to read it, the one that ends best.

        Raises:
            ValueError: if it is longer.
        """
        if len(text) > LONGEST:
            raise ValueError(TOO_LONG)
        order = list(Result)
        return min((self._checked(pasted) for pasted in unwrapped(text, self._listed)), key=lambda one: order.index(one.result))

    def _checked(self, pasted: Pasted) -> Verification:
        found = [self._passage(passage, source) for passage, source in pasted.passages]
        matches = tuple(dict.fromkeys(match for one in found for match in one.matches))
        marked = tuple(difference for one in found for difference in one.differences)
        if pasted.beside and matches:
            marked += (Difference("added", pasted.beside, ""),)
        results = {one.result for one in found}
        if results == {Result.NOT_FOUND}:
            return Verification(Result.NOT_FOUND, found[0].message)
        if results == {Result.VERIFIED} and not marked:
            return Verification(Result.VERIFIED, self._message(matches), matches)
        return Verification(Result.ALTERED, MESSAGES[Result.ALTERED], matches, marked)

    def _passage(self, passage: str, source: str) -> Verification:
        if len(passage.split()) < FEWEST_WORDS and in_one_style(passage) not in self._whole:
            return Verification(Result.NOT_FOUND, TOO_SHORT)
        matches = self._printed(passage)
        if not matches:
            return self._altered(passage)
        named = [misnamed(source, match) for match in matches]
        wrong = () if not all(named) else named[0]  # printed in several places, it may be any of them that is named
        return Verification(Result.ALTERED if wrong else Result.VERIFIED, "", matches, wrong)

    def _printed(self, passage: str) -> tuple[Match, ...]:
        """Everywhere that a passage is printed, whole or in parts with an ellipsis between; nothing where it is not."""
        whole = tuple(
            self._match(statement, part)
            for page in self._pages
            for span in page.occurrences(passage)
            for statement, part in stretches(page, span)
        )
        return whole or next(self._in_order(passage), ())

    def _in_order(self, passage: str) -> Iterator[tuple[Match, ...]]:
        if "…" not in passage and ".." not in passage and ". ." not in passage:
            return
        for page in self._pages:
            for statement in page.document.statements:
                if spans := page.one_after_another(statement, passage):
                    yield tuple(self._match(statement, span) for span in spans)

    def _match(self, statement: Statement, span: Span) -> Match:
        document = self._corpus.document(statement.document)
        around = [one for one in statement.sentences if one.start < span.end and span.start < one.end]
        whole = Span(around[0].start, around[-1].end) if around else statement.span
        return Match(
            statement=statement.id,
            document=document.id,
            title=document.title,
            section=statement.section.name,
            section_inferred=statement.section.inferred,
            published=document.published,
            retrieved=document.retrieved,
            status=document.status.value,
            url=document.url,
            permalink=f"{self._prefix}/statements/{statement.id}",
            start=span.start,
            end=span.end,
            text=span.of(document.text),
            sentence=whole.of(document.text),
        )

    def _message(self, matches: Sequence[Match]) -> str:
        parts = [match for match in matches if _bare(match.text) != _bare(match.sentence)]
        said = [MESSAGES[Result.VERIFIED], *([PART] if parts else [])]
        if any(says_no(match.sentence.replace(match.text, " ", 1)) for match in parts):
            said.append(NEGATED)
        if any(self._reported(match) for match in matches):
            said.append(REPORTED)
        if all(match.status != "current" for match in matches):
            said.append(REPLACED)
        return " ".join(said)

    def _reported(self, match: Match) -> bool:
        statement = self._corpus.statements[match.statement]
        voices = zip(statement.sentences, statement.own_voice, strict=True)
        return not statement.quotable or any(
            not own and sentence.start < match.end and match.start < sentence.end for sentence, own in voices
        )

    def _altered(self, passage: str) -> Verification:
        """The source that a passage was altered from: as a whole or, where it was joined from several, sentence by sentence."""
        nearest = self._sources.nearest(passage)
        pieces = cut_sentences(passage, Span(0, len(passage)))
        if 1 < len(pieces) <= MOST_SENTENCES:
            joined = self._joined(passage, pieces)
            if joined is not None and (nearest is None or len(joined.matches) > 1):
                return joined
        if nearest is None:
            return Verification(Result.NOT_FOUND, MESSAGES[Result.NOT_FOUND])
        match = self._source(nearest, passage)
        return Verification(Result.ALTERED, "", (match,), differences(passage, match.text))

    def _source(self, nearest: Statement, passage: str) -> Match:
        return self._match(nearest, window(self._corpus.document(nearest.document), nearest, passage))

    def _joined(self, passage: str, pieces: Sequence[Span]) -> Verification | None:
        """Each run of sentences held against its own source; None where none has one."""
        matches: list[Match] = []
        marked: list[Difference] = []
        for run in self._runs(passage, pieces):
            piece = run.of(passage)
            if marked:
                marked.append(Difference("joined", "", ""))
            printed = self._printed(piece) if len(piece.split()) >= FEWEST_WORDS else ()
            nearest = None if printed else self._sources.nearest(piece)
            if printed:
                matches.append(printed[0])
                marked.append(Difference("same", piece, printed[0].text))
            elif nearest is not None:
                matches.append(match := self._source(nearest, piece))
                marked += differences(piece, match.text)
            else:
                marked.append(Difference("added", piece, ""))
        return Verification(Result.ALTERED, "", tuple(matches), tuple(marked)) if matches else None

    def _runs(self, passage: str, pieces: Sequence[Span]) -> list[Span]:
        """Sentences that are printed one after the other, taken together."""
        runs = [pieces[0]]
        for piece in pieces[1:]:
            longer = Span(runs[-1].start, piece.end)
            if self._printed(longer.of(passage)):
                runs[-1] = longer
            else:
                runs.append(piece)
        return runs


def _bare(text: str) -> str:
    return _CLOSING.sub("", in_one_style(text))
