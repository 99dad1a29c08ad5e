"""The pages that need no script: what they say, what they refuse, and what they send along."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from chatbot.pages.cite_forms import as_bibtex, as_html, as_markdown, as_text
from chatbot.selecting import citation_of
from chatbot.server import create_app
from chatbot.settings import Settings, load_settings
from chatbot.verification import Result
from chatbot.verifying import Verifier
from corpus.models import Statement, Status
from tests.chatbot.web_support import FixedService, shipped_corpus

CORPUS = shipped_corpus()
STATEMENTS = list(CORPUS.statements.values())
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>![x](https://evil.example/x.png)[a](javascript:alert(1))\u202e'


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(FixedService(), with_chat=False)) as client:
        yield client


def visible(page: str) -> str:
    """What a reader sees of a page, roughly: tags gone, entities written out."""
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def test_the_browse_page_shows_every_statement_with_its_link(client: TestClient) -> None:
    page = client.get("/statements").text
    for statement in STATEMENTS:
        assert f'href="/statements/{statement.id}"' in page
        assert statement.text in visible(page)
    assert "29 statements" in page


def test_words_are_searched_by_stem_and_an_empty_result_says_so(client: TestClient) -> None:
    page = visible(client.get("/statements", params={"q": "inspectors"}).text)
    assert "It is not appropriate for inspectors" in page and "Skilled, well-qualified graduates" not in page
    assert "No statement holds all of these words" in client.get("/statements", params={"q": "zebra"}).text


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda one: one.id)
def test_a_permalink_shows_its_words_within_their_section(client: TestClient, statement: Statement) -> None:
    response = client.get(f"/statements/{statement.id}")
    assert response.status_code == 200
    page = response.text
    marked = re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL)
    assert [html.unescape(one) for one in marked] == [statement.text]
    assert f"<h1>{html.escape(statement.section.name)}</h1>" in page
    for other in STATEMENTS:
        assert (other.text in visible(page)) == (
            other.section == statement.section
            or any(other.text in one.text for one in STATEMENTS if one.section == statement.section)
        )
    assert "undated" in page and "date of copy not known" in page and "sha256:" in page


def test_an_inferred_section_says_so(client: TestClient) -> None:
    inferred = next(one for one in STATEMENTS if one.section.inferred)
    assert "no heading is printed above these words" in visible(client.get(f"/statements/{inferred.id}").text)


def test_a_wording_that_is_no_longer_held_is_gone_and_leads_to_its_section(client: TestClient) -> None:
    response = client.get("/statements/what-we-stand-for/inspection-reform/00000000")
    assert response.status_code == 410
    assert "This wording has been changed or withdrawn" in response.text
    assert 'href="/statements#t-what-we-stand-for-inspection-reform"' in response.text
    assert 'id="t-what-we-stand-for-inspection-reform"' in client.get("/statements").text


@pytest.mark.parametrize(
    "name", ["nothing", "what-we-stand-for", "other/inspection-reform/00000000", "../../etc/passwd", "a/b/c/d", "%00"]
)
def test_an_address_that_never_was_is_not_found(client: TestClient, name: str) -> None:
    response = client.get(f"/statements/{name}")
    assert response.status_code == 404


def test_a_superseded_document_is_never_shown_as_current() -> None:
    document = replace(CORPUS.documents[0], status=Status.SUPERSEDED)
    corpus = replace(CORPUS, documents=(document,))
    with TestClient(create_app(FixedService(corpus=corpus), with_chat=False)) as client:
        page = client.get(f"/statements/{STATEMENTS[0].id}").text
        assert "no longer stands by" in page and "Not known to have been replaced" not in page
        assert "superseded" in client.get("/statements").text


@pytest.mark.parametrize("topic", ["inspection-reform", "curriculum-and-assessment"])
def test_statements_can_be_browsed_by_topic(client: TestClient, topic: str) -> None:
    page = client.get("/statements", params={"topic": topic, "q": "school"}).text
    shown = [one for one in STATEMENTS if f'href="/statements/{one.id}"' in page]
    assert shown and all(one.section.slug == topic and "chool" in one.text for one in shown)
    assert f'<option value="{topic}" selected>' in page and "noindex" in page
    everything = client.get("/statements", params={"topic": "no-such-topic"}).text
    assert all(f'href="/statements/{one.id}"' in everything for one in STATEMENTS)


def test_what_was_searched_for_can_be_changed_without_script(client: TestClient) -> None:
    page = client.get("/ask", params={"q": "What does ASCL think about Ofsted?"}).text
    assert re.search(r'<input id="searched" name="q" value="Ofsted inspection"', page)


def test_the_description_says_what_every_field_means(client: TestClient) -> None:
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    ours = {name: held for name, held in schemas.items() if "ValidationError" not in name}
    silent = [f"{name}.{field}" for name, held in ours.items() for field, one in held.get("properties", {}).items() if not one.get("description")]  # fmt: skip  # noqa: E501
    assert silent == []
    page = client.get("/api/v1/docs").text
    assert "``" not in page
    for name in ("AnswerStatus", "Citation", "Match", "Difference", "Problem"):
        assert f'id="m-{name}"' in page
    assert set(re.findall(r'href="#(m-\w+)"', page)) <= set(re.findall(r'id="(m-\w+)"', page))


def test_no_mark_in_a_question_turns_the_title_of_its_page(client: TestClient) -> None:
    page = client.get("/ask", params={"q": "\u202efdp.exe\u2066 Ofsted\u200b\nnow"}).text
    assert "<title>fdp.exe Ofsted now – What ASCL says</title>" in page


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What does ASCL think about Ofsted?", "[1]"),
        ("school trips", "No published position on that was found here."),
        ("", "Please type a question."),
    ],
)
def test_a_question_in_the_address_is_answered_without_script(client: TestClient, question: str, said: str) -> None:
    response = client.get("/ask", params={"q": question})
    assert response.status_code == 200
    assert said in visible(response.text)
    assert "<script" not in response.text


def test_asking_nothing_shows_the_form_and_questions_to_start_with(client: TestClient) -> None:
    page = client.get("/ask").text
    assert 'name="q"' in page and "Questions to start with" in page


def test_too_long_and_broken_questions_end_in_a_sentence(client: TestClient) -> None:
    response = client.get("/ask", params={"q": "a" * 4001})
    assert response.status_code == 413 and "longer than can be taken" in response.text
    response = client.get("/ask", params={"q": "break now"})
    assert response.status_code == 500 and "secret detail" not in response.text


@pytest.mark.parametrize("path", ["/ask", "/verify", "/statements?q=funding"])
def test_pages_made_for_one_visitor_are_kept_out_of_search_engines(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.headers["x-robots-tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.text


def test_permalinks_are_for_search_engines_and_previews(client: TestClient) -> None:
    response = client.get(f"/statements/{STATEMENTS[0].id}")
    assert "x-robots-tag" not in response.headers
    for tag in ("og:title", "og:description", "og:url"):
        assert f'property="{tag}"' in response.text
    assert "Disallow: /ask" in client.get("/robots.txt").text


@pytest.mark.parametrize(
    ("pasted", "heading"),
    [
        ("Inspection should be part of a slim, stable and smart accountability framework.", "Printed exactly so"),
        ("Inspection should not be part of a slim, stable and smart accountability framework.", "Altered"),
        ("Nobody has ever printed anything like this sentence.", "Not found"),
    ],
)
def test_the_quote_checker_says_how_it_ends(client: TestClient, pasted: str, heading: str) -> None:
    response = client.post("/verify", data={"text": pasted})
    assert response.status_code == 200
    assert f">{heading}</h2>" in response.text
    assert ("<del>" in response.text or "<ins>" in response.text) == (heading == "Altered")


def test_too_long_a_text_is_refused_with_the_limit(client: TestClient) -> None:
    response = client.post("/verify", data={"text": "é" * 10_001})
    assert response.status_code == 413 and "10,000 characters" in response.text


@pytest.mark.parametrize("path", ["/ask", "/statements"])
def test_hostile_text_is_shown_and_never_markup(client: TestClient, path: str) -> None:
    page = client.get(path, params={"q": HOSTILE}).text
    assert "<script" not in page and "<img" not in page and 'href="javascript' not in page


def test_hostile_pasted_text_is_never_markup(client: TestClient) -> None:
    page = client.post("/verify", data={"text": f"Inspection should be part of a slim, {HOSTILE} accountability framework."}).text
    assert "<script" not in page and "<img" not in page


@pytest.mark.parametrize("path", ["/statements", "/ask", "/verify", f"/statements/{STATEMENTS[0].id}", "/api/v1/docs"])
def test_every_page_forbids_script_and_keeps_nothing(client: TestClient, path: str) -> None:
    response = client.get(path)
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'")
    assert "script-src" not in policy and "unsafe" not in policy
    assert "set-cookie" not in response.headers
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "<script" not in response.text and "style=" not in response.text
    assert not re.findall(
        r'(?:src|href)="(?:https?:)?//(?!www\.ascl\.org\.uk)[^"]*"', response.text.replace("http://testserver", "")
    )


def test_what_is_known_is_not_sent_again(client: TestClient) -> None:
    for path in ("/statements", f"/statements/{STATEMENTS[0].id}", "/api/v1/docs", "/api/v1/topics"):
        tag = client.get(path).headers["etag"]
        again = client.get(path, headers={"if-none-match": tag})
        assert again.status_code == 304 and not again.content


def test_behind_a_prefix_every_link_keeps_it() -> None:
    settings = load_settings(path_prefix="/assistant", public_address="https://www.example.org/assistant")
    with TestClient(create_app(FixedService(settings=settings), with_chat=False)) as client:
        for path in ("/statements", "/ask?q=ofsted", "/verify", f"/statements/{STATEMENTS[0].id}", "/api/v1/docs"):
            page = client.get(f"/assistant{path}").text
            links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
            assert links and all(link.startswith("/assistant/") for link in links)
        page = client.get(f"/assistant/statements/{STATEMENTS[0].id}").text
        assert f'<link rel="canonical" href="https://www.example.org/assistant/statements/{STATEMENTS[0].id}">' in page


def cited(statement: Statement, settings: Settings) -> tuple[Any, ...]:
    citation, address = citation_of(CORPUS, statement, 1, settings), f"https://www.example.org/statements/{statement.id}"
    text = statement.text
    return tuple(form(text, citation, address) for form in (as_text, as_markdown, as_html, as_bibtex))


def test_every_way_to_cite_a_statement_passes_the_quote_checker() -> None:
    verifier, settings = Verifier(CORPUS), load_settings()
    for statement in STATEMENTS:
        for form in cited(statement, settings):
            assert verifier.verify(form).result is Result.VERIFIED, form


def test_a_bibtex_entry_escapes_what_would_end_it() -> None:
    citation = replace(
        citation_of(CORPUS, STATEMENTS[0], 1, load_settings()), title="50% of {all} & more_\\", published="2024-03"
    )
    entry = as_bibtex("Half.", citation, "https://example.org/a")
    assert "50\\% of \\{all\\} \\& more\\_\\textbackslash{}" in entry
    assert "year = {2024}" in entry
