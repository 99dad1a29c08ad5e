"""The REST interface, and the two addresses a supervisor asks."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from chatbot.admission import RETRY_AFTER, Admission, Busy
from chatbot.answer import Answer, AnswerStatus
from chatbot.api_models import Asked, Pasted, Problem, StatementItem, StatementPage, TopicList, statement_item, topic_item
from chatbot.asking import AnsweringService, ask, whole_characters
from chatbot.browsing import Shelf
from chatbot.conditional import unless_known
from chatbot.page_text import BUSY, INTERNAL_ERROR
from chatbot.problems import problem
from chatbot.verification import Verification
from chatbot.verifying import Verifier
from chatbot.version import __version__

NOT_JSON = "The request body is not JSON."
GONE = "This wording has been changed or withdrawn. What is held now is found at {address}."
MOST_AT_ONCE = 200  # statements in one page of a listing
NOT_THERE: dict[int | str, dict[str, Any]] = {404: {"model": Problem}, 410: {"model": Problem}}
FAULTY: dict[int | str, dict[str, Any]] = {413: {"model": Problem}, 422: {"model": Problem}}
WAIT: dict[int | str, dict[str, Any]] = {503: {"model": Problem, "description": "Too many are waiting; see Retry-After."}}

Words = Annotated[str, Query(max_length=200, description="Words that text or section must hold, by stem.")]
Name = Annotated[str, Query(max_length=120)]


def add_api(app: FastAPI, service: AnsweringService, admission: Admission, shelf: Shelf, verifier: Verifier) -> None:
    """Declare the routes on ``app``."""
    app.include_router(_answering(service, admission, verifier), prefix="/api/v1")
    app.include_router(_reading(service, shelf), prefix="/api/v1")
    app.include_router(_supervising(service))
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Busy, _busy)
    app.add_exception_handler(Exception, _failed)


def _answering(service: AnsweringService, admission: Admission, verifier: Verifier) -> APIRouter:
    router = APIRouter()

    @router.post("/answers", responses={200: {"model": Answer}, **FAULTY, **WAIT}, summary="Ask what ASCL has said")
    async def answers(asked: Asked) -> Response:
        """Every ending is 200 with a ``status``: finding no published position is an answer too."""
        answer = await admission.run(lambda: ask(service, asked.question, asked.history, explain=asked.explain))
        if answer.status is AnswerStatus.ERROR_INTERNAL:
            return problem(500, INTERNAL_ERROR)
        return JSONResponse(answer.to_dict())

    @router.post(
        "/quotes/verify", responses={200: {"model": Verification}, **FAULTY, **WAIT}, summary="Check words against the documents"
    )
    async def verify(pasted: Pasted) -> Response:
        """Passed over are white space, the style of quote marks and dashes, the case of a first letter, a final full stop,
        and an ellipsis between spans of one statement in order."""
        found = await admission.run(lambda: verifier.verify(whole_characters(pasted.text)))
        return JSONResponse(found.to_dict())

    return router


def _reading(service: AnsweringService, shelf: Shelf) -> APIRouter:
    router = APIRouter()
    corpus, prefix = service.corpus, service.settings.path_prefix

    @router.head("/statements", include_in_schema=False)
    @router.get("/statements", responses={200: {"model": StatementPage}, **FAULTY}, summary="List or search statements")
    async def statements(
        request: Request,
        q: Words = "",
        document: Name = "",
        topic: Name = "",
        offset: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST_AT_ONCE)] = 50,
    ) -> Response:
        """In corpus order. This finds words; to ask a question, use ``answers``."""
        found = shelf.found(q, document, topic)
        items = [statement_item(corpus, one, prefix) for one in found[offset : offset + limit]]
        page = StatementPage(total=len(found), offset=offset, limit=limit, statements=items)
        return unless_known(request, JSONResponse(page.model_dump()))

    @router.head("/statements/{statement_id:path}", include_in_schema=False)
    @router.get(
        "/statements/{statement_id:path}",
        responses={200: {"model": StatementItem}, **NOT_THERE},
        summary="One statement by its id",
    )
    async def statement(request: Request, statement_id: str) -> Response:
        """An id changes with the wording: 410 says that this wording is no longer held, and where its section is."""
        held = corpus.statements.get(statement_id)
        if held is not None:
            return unless_known(request, JSONResponse(statement_item(corpus, held, prefix).model_dump()))
        former = shelf.once_held(statement_id)
        if former is None:
            return problem(404, "There is no statement with this id.")
        topic = f"&topic={former.section.slug}" if former.section else ""
        return problem(410, GONE.format(address=f"{prefix}/api/v1/statements?document={former.document.id}{topic}"))

    @router.head("/topics", include_in_schema=False)
    @router.get("/topics", responses={200: {"model": TopicList}}, summary="Every section that holds statements")
    async def topics(request: Request) -> Response:
        listed = TopicList(topics=[topic_item(topic) for topic in shelf.topics])
        return unless_known(request, JSONResponse(listed.model_dump()))

    return router


def _supervising(service: AnsweringService) -> APIRouter:
    router = APIRouter()

    @router.api_route("/healthz", methods=["GET", "HEAD"], include_in_schema=False)
    async def healthz() -> Response:
        return JSONResponse({"status": "ok"})

    @router.api_route("/readyz", methods=["GET", "HEAD"], include_in_schema=False)
    async def readyz() -> Response:
        # The service was assembled before we were made: its corpus, index and encoder are open.
        return JSONResponse({"status": "ready", "index": service.index_build, "version": __version__})

    return router


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    example = '{"text": "..."}' if request.url.path.endswith("/quotes/verify") else '{"question": "..."}'
    return problem(422, " ".join(dict.fromkeys(_sentence(fault, example) for fault in error.errors())))


def _sentence(fault: dict[str, Any], example: str) -> str:
    """A fault in words. Names the field, never the value: that may be the asker's."""
    kind, place = fault["type"], [str(part) for part in fault["loc"] if part != "body"]
    field = f'The field "{".".join(place)[:60]}"'
    if kind == "json_invalid":
        return NOT_JSON
    if place and fault["loc"][0] == "query":
        return f'The parameter "{place[-1][:60]}" cannot be used: {fault["msg"][0].lower()}{fault["msg"][1:]}.'
    if not place:
        return f"Send a JSON object such as {example} with the header Content-Type: application/json."
    if kind == "missing":
        return f"{field} is missing."
    if kind == "extra_forbidden":
        return f"{field} is not known; see /api/v1/docs for those that are."
    if kind == "string_too_long":
        return f"{field} may have at most {fault['ctx']['max_length']:,} characters."
    wanted = {
        "string_type": "a string",
        "string_unicode": "a string of whole characters",
        "list_type": "a list of strings",
        "bool_type": "true or false",
        "too_long": "a list of at most 1,000 strings",
    }.get(kind, "of another type")
    return f"{field} must be {wanted}."


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 400:  # FastAPI's for bytes that are not UTF-8 and for brackets nested too deep
        return problem(422, NOT_JSON)
    taken = error.status_code == 405
    answer = problem(
        error.status_code, f"This address does not take {request.method}." if taken else "The request cannot be answered."
    )
    answer.headers.update(error.headers or {})
    return answer


async def _busy(request: Request, error: Exception) -> Response:
    answer = problem(503, BUSY)
    answer.headers["retry-after"] = str(RETRY_AFTER)
    return answer


async def _failed(request: Request, error: Exception) -> Response:
    return problem(500, INTERNAL_ERROR)
