"""Law 1 at the last step: whatever an answer is drawn as, each quote arrives code point for code point."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from chatbot.answer import Answer, AnswerStatus, Citation, Nearest, Quote
from chatbot.citing import plain_date
from chatbot.html_rendering import question_html
from chatbot.rendering import render_copy, render_html, render_markdown, render_text
from corpus.loading import load_corpus
from tests.chatbot.web_support import SOURCE, citation, inspection_answer, no_position
from tests.support import SHIPPED

HOSTILE = (
    "<script>alert(1)</script> ![x](//evil.example/p.png) **bold** `code` $x$ [a](javascript:x) "
    "&amp; &lt; \\ # - 1. ~~s~~ www.a.b"
)

# What a document may hold: no control character but tab and line end, no half character.
words = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\t\n"), min_size=1)


class Shown(HTMLParser):
    """What a reader sees of HTML: its text, that of each element of one class, the tags and the links."""

    def __init__(self, html: str, of_class: str = "quote-text") -> None:
        super().__init__()
        self._class, self._depth = of_class, 0
        self.text, self.parts, self.tags, self.links = "", list[str](), set[str](), list[str | None]()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "br":
            self.handle_data("\n")
            return
        if tag == "a":
            self.links.append(dict(attrs).get("href"))
        if self._depth:
            self._depth += 1
        elif self._class in (dict(attrs).get("class") or "").split():
            self._depth = 1
            self.parts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._depth:
            self.parts[-1] += data


def rendered(markdown: str) -> Shown:
    """Markdown as CommonMark draws it; the line end behind a hard break belongs to the markup."""
    return Shown(MarkdownIt("commonmark").render(markdown).replace("<br />\n", "<br />"))


def answering(*quotes: Quote, **changed: object) -> Answer:
    answer = Answer(
        "q", "inspection", AnswerStatus.ANSWERED, "This is what was found.", quotes=quotes, citations=(citation(1, "Inspection"),)
    )
    return replace(answer, **changed)  # type: ignore[arg-type]


def quoting(text: str, start: int = 0) -> Quote:
    return Quote(text, "paper/inspection/00000001", start, start + len(text), 1)


@given(words)
@example("The key to\u00a0success \u2013 ASCL\u2019s view")
@example("Schools need:\n- money\n- teachers\n\nand time")
@example("1. One\n2) Two\n# Not a heading\n    not code\n> not a quote\n--- \n=== ")
@example(HOSTILE)
@example("https://example.org www.example.org a@example.org :smile: ==mark== ^up^ {x} \t tab\t")
@example("  leading and trailing  ")
def test_a_quote_reaches_the_reader_code_point_for_code_point(text: str) -> None:
    answer = answering(quoting(text))
    assert Shown(render_html(answer)).parts == [text]
    assert f"“{text}”" in render_text(answer)
    assert f"“{text}”" in render_text(answer, width=40)
    assert f"“{text}”" in render_copy(answer)
    assert f"“{text}”" in rendered(render_markdown(answer)).text


def test_every_statement_of_the_corpus_survives_every_rendering() -> None:
    for statement in load_corpus(SHIPPED).statements.values():
        answer = answering(quoting(statement.text))
        assert Shown(render_html(answer)).parts == [statement.text]
        assert f"“{statement.text}”" in render_text(answer, width=60)
        assert f"“{statement.text}”" in rendered(render_markdown(answer)).text


def test_neighbouring_sentences_are_joined_by_their_space_and_distant_ones_by_an_ellipsis() -> None:
    near = answering(quoting("First.", 0), quoting("Second.", 7))
    far = answering(quoting("First.", 0), quoting("Third.", 40))
    assert "“First. Second.”" in render_text(near)
    assert "“First. … Third.”" in render_text(far)
    assert "“First. … Third.”" in rendered(render_markdown(far)).text
    assert "“First. … Third.”" in Shown(render_html(far)).text


def test_no_ellipsis_and_no_quotation_mark_is_inside_a_quote() -> None:
    far = answering(quoting("First.", 0), quoting("Third.", 40))
    assert Shown(render_html(far)).parts == ["First.", "Third."]


@given(words)
@example(HOSTILE)
@example("</p></div><form action=//evil.example><input name=password></form><div style='position:fixed;inset:0'>")
def test_what_the_asker_and_the_settings_say_is_text_and_never_markup(text: str) -> None:
    hostile = answering(
        quoting("Quoted."), message=text, searched_for=text, notices=(text,), see_also=(text,), nearest=(Nearest(text, "s"),),
        not_covered=text,
    )  # fmt: skip
    plain = answering(
        quoting("Quoted."), message="a", searched_for="a", notices=("a",), see_also=("a",), nearest=(Nearest("a", "s"),),
        not_covered="a",
    )  # fmt: skip
    assert Shown(render_html(hostile)).tags <= Shown(render_html(plain)).tags
    assert Shown(render_html(hostile)).links == Shown(render_html(plain)).links
    assert rendered(render_markdown(hostile)).tags <= rendered(render_markdown(plain)).tags | {"br"}
    assert rendered(render_markdown(hostile)).links == [SOURCE]


@given(words)
@example(HOSTILE)
def test_a_question_is_shown_as_it_was_typed(text: str) -> None:
    shown = Shown(question_html(text), "asked")
    assert shown.parts == [text]
    assert shown.tags == {"p"}


def test_html_in_the_chat_holds_nothing_that_markdown_reads() -> None:
    """The chat draws messages as Markdown in which HTML is allowed: a blank line or a star would end our block."""
    html = render_html(answering(quoting(f"{HOSTILE}\n\n    code\n\n***")))
    assert "\n" not in html
    assert Shown(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(html)).parts == Shown(html).parts


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", None])
def test_only_a_web_address_becomes_a_link(address: str | None) -> None:
    answer = answering(quoting("Quoted."), citations=(citation(1, "Inspection", url=address),))
    assert Shown(render_html(answer)).links == [answer.citations[0].permalink]
    assert rendered(render_markdown(answer)).links == []
    assert "What we stand for, Inspection" in Shown(render_html(answer)).text


def test_an_address_cannot_leave_its_place() -> None:
    address = 'https://example.org/a">\n<b> (c) \\d'
    answer = answering(quoting("Quoted."), citations=(citation(1, "Inspection", url=address),))
    assert Shown(render_html(answer)).links == [address, answer.citations[0].permalink]
    assert rendered(render_markdown(answer)).tags == Shown("<p><blockquote><a>").tags


def test_a_citation_names_title_section_date_and_source() -> None:
    text = render_text(inspection_answer("Ofsted?"))
    assert "[1] What we stand for, Inspection reform (undated; date of copy not known)\n    https://www.ascl.org.uk/" in text
    assert "See also:\n- ASCL policy paper: Inspection" in text
    assert "I searched for: Ofsted inspection" in text


def test_a_dated_and_superseded_source_says_so() -> None:
    old = replace(citation(1, "Inspection"), published="2024-03-18", retrieved="2026-11", status="superseded")
    text = render_text(answering(quoting("Quoted."), citations=(old,)))
    assert "(18 March 2024, superseded; copy of November 2026)" in text


def test_an_inferred_section_is_marked() -> None:
    answer = answering(quoting("Quoted."), citations=(citation(1, "Curriculum and Assessment", inferred=True),))
    for shown in (render_text(answer), render_markdown(answer), Shown(render_html(answer)).text):
        assert "section name inferred" in shown


def test_a_section_named_by_its_document_is_not_named_twice() -> None:
    answer = answering(quoting("Quoted."), citations=(citation(1, "What we stand for"),))
    assert "[1] What we stand for (undated" in render_text(answer)


def test_an_abstention_names_the_nearest_topics() -> None:
    answer = no_position("mobile phones")
    assert "- Inspection reform\n- Teacher professionalism" in render_text(answer)
    assert "<button" not in render_html(answer)
    assert "What does ASCL say about Inspection reform?" in render_html(answer, topic_buttons=True).replace("&#63;", "?")


def test_a_copy_says_whose_words_they_are_only_where_there_are_some() -> None:
    assert render_copy(inspection_answer("Ofsted?")).endswith("quoted with its source.")
    assert "©" not in render_copy(no_position("mobile phones"))


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2024", "2024"),
        ("2024-03", "March 2024"),
        ("2024-03-08", "8 March 2024"),
        ("spring 2024", "spring 2024"),
        ("2024-00", "2024-00"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(iso: str, shown: str) -> None:
    assert plain_date(iso) == shown


def test_a_citation_without_an_address_is_still_a_citation() -> None:
    bare: Citation = citation(1, "Inspection", url=None)
    assert render_text(answering(quoting("Quoted."), citations=(bare,))).count("[1] What we stand for, Inspection") == 1
