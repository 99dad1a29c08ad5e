"""The REST API's own description as a page: made from its OpenAPI document, nothing loaded from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from chatbot.conditional import unless_known
from chatbot.pages.site import Site

DOCS, DESCRIPTION = "/api/v1/docs", "/api/v1/openapi.json"
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a request or response. ``model`` is the name of the shape that ``kind`` speaks of, if any."""

    name: str
    kind: str
    told: str
    required: bool
    model: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A shape that fields have: an object with fields of its own, or a word from a list."""

    name: str
    told: str
    fields: tuple[Field, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with what it takes and gives."""

    method: str
    path: str
    summary: str
    told: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    gives: tuple[Field, ...]
    example: str
    endings: tuple[tuple[str, str], ...]


def add_api_docs(app: FastAPI, site: Site) -> None:
    """Declare the page on ``app``, and the document that it is made from; read from ``app`` when first asked for."""

    async def docs(request: Request) -> Response:
        document = app.openapi()
        version = document["info"]["version"]
        page = site.page("api.html", operations=list(operations(document)), models=list(models(document)), version=version)
        return unless_known(request, page)

    async def description(request: Request) -> Response:
        prefix = site.settings.path_prefix
        servers = {"servers": [{"url": prefix}]} if prefix else {}
        return unless_known(request, JSONResponse({**app.openapi(), **servers}))

    app.add_route(DOCS, docs, methods=["GET"], include_in_schema=False)
    app.add_route(DESCRIPTION, description, methods=["GET"], include_in_schema=False)


def operations(document: Schema) -> Iterator[Operation]:
    """Every operation of an OpenAPI document, in its order."""
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method, held in methods.items():
            body = _model(held.get("requestBody", {}), schemas)
            given = _model(held["responses"]["200"], schemas)
            example = next(iter(body.get("examples", [])), None)
            yield Operation(
                method=method.upper(),
                path=path,
                summary=held["summary"],
                told=" ".join(held.get("description", "").split()),
                parameters=tuple(_parameter(one) for one in held.get("parameters", [])),
                body=tuple(_fields(body)),
                gives=tuple(_fields(given)),
                example=json.dumps(example, indent=2) if example else "",
                endings=tuple((code, answer["description"]) for code, answer in sorted(held["responses"].items())),
            )


def models(document: Schema) -> Iterator[Model]:
    """Every shape that stands within what is given back, by name."""
    schemas = document["components"]["schemas"]
    waiting = [field.model for one in operations(document) for field in one.gives if field.model] + ["Problem"]
    done: dict[str, Model] = {}
    while waiting:
        name = waiting.pop()
        if name not in done:
            held = schemas[name]
            fields = tuple(_fields(held))
            done[name] = Model(name, " ".join(held.get("description", "").split()), fields, tuple(held.get("enum", ())))
            waiting += [field.model for field in fields if field.model]
    return iter(sorted(done.values(), key=lambda model: model.name))


def _model(held: Schema, schemas: Schema) -> Schema:
    """The schema of a JSON body, looked up by its name."""
    reference: str = held.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
    return dict(schemas.get(_name(reference), {}))


def _parameter(held: Schema) -> Field:
    return Field(held["name"], _kind(held["schema"]), held.get("description", ""), held.get("required", False))


def _fields(model: Schema) -> Iterator[Field]:
    for name, held in model.get("properties", {}).items():
        kind = _kind(held)
        yield Field(name, kind, held.get("description", ""), name in model.get("required", []), _reference(held))


def _reference(schema: Schema) -> str:
    """The name of the shape that a schema refers to, itself or for each item of a list."""
    return _name(schema.get("$ref", "") or schema.get("items", {}).get("$ref", ""))


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _kind(schema: Schema) -> str:
    """A type in words."""
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return _name(schema["$ref"])
    if schema.get("type") == "array":
        items = schema.get("items", {})
        return f"list of {_kind(items)}" if "$ref" in items else f"list of {_kind(items)}s"
    return str(schema.get("type", "any"))
