"""The REST interface, in its first form, and the two addresses a supervisor asks."""

from __future__ import annotations

from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictStr
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from chatbot.answer import Answer, AnswerStatus
from chatbot.asking import AnsweringService, ask
from chatbot.page_text import INTERNAL_ERROR
from chatbot.problems import problem
from chatbot.version import __version__

NOT_JSON = "The request body is not JSON."


class Asked(BaseModel):
    """A question as it arrives. Its length is judged by the service, which declines what is too long."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[StrictStr, Field(description="The question, in the asker's own words.")]
    history: Annotated[list[StrictStr], Field(max_length=1000, description="The asker's earlier questions, oldest first.")] = []
    explain: Annotated[StrictBool, Field(description="Whether to return what was weighed and rejected.")] = False


def add_api(app: FastAPI, service: AnsweringService) -> None:
    """Declare the routes on ``app``. Not more questions are answered at once than the settings allow."""
    router = APIRouter()
    limiter = anyio.CapacityLimiter(service.settings.concurrency)

    @router.post("/api/v1/answers", responses={200: {"model": Answer}}, summary="Ask what ASCL has said")
    async def answers(asked: Asked) -> Response:
        answer = await anyio.to_thread.run_sync(
            lambda: ask(service, asked.question, asked.history, explain=asked.explain), limiter=limiter
        )
        if answer.status is AnswerStatus.ERROR_INTERNAL:
            return problem(500, INTERNAL_ERROR)
        return JSONResponse(answer.to_dict())

    @router.api_route("/healthz", methods=["GET", "HEAD"], include_in_schema=False)
    async def healthz() -> Response:
        return JSONResponse({"status": "ok"})

    @router.api_route("/readyz", methods=["GET", "HEAD"], include_in_schema=False)
    async def readyz() -> Response:
        # The service was assembled before we were made: its corpus, index and encoder are open.
        return JSONResponse({"status": "ready", "index": service.index_build, "version": __version__})

    app.include_router(router)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _failed)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return problem(422, " ".join(dict.fromkeys(_sentence(fault) for fault in error.errors())))


def _sentence(fault: dict[str, Any]) -> str:
    """A fault in words. Names the field, never the value: that may be the asker's."""
    kind, place = fault["type"], [str(part) for part in fault["loc"] if part != "body"]
    field = f'The field "{".".join(place)[:60]}"'
    if kind == "json_invalid":
        return NOT_JSON
    if not place:
        return 'Send a JSON object such as {"question": "..."} with the header Content-Type: application/json.'
    if kind == "missing":
        return f"{field} is missing."
    if kind == "extra_forbidden":
        return f"{field} is not known; known are question, history and explain."
    wanted = {
        "string_type": "a string",
        "list_type": "a list of strings",
        "bool_type": "true or false",
        "too_long": "a list of at most 1,000 strings",
    }.get(kind, "of another type")
    return f"{field} must be {wanted}."


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 400:  # FastAPI's for bytes that are not UTF-8 and for brackets nested too deep
        return problem(422, NOT_JSON)
    sentences = {404: "There is no such page here.", 405: f"This address does not take {request.method}."}
    answer = problem(error.status_code, sentences.get(error.status_code, "The request cannot be answered."))
    answer.headers.update(error.headers or {})
    return answer


async def _failed(request: Request, error: Exception) -> Response:
    return problem(500, INTERNAL_ERROR)
