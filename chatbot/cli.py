"""The command line ``ascl-chat``. Results go to standard output; progress and refusals to standard error.

Only typer is imported here: ``--help`` must be quick, and ``ask`` must never pay for the chat page.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatbot.console import harmless, is_unicode, prepare_streams, refuse, report, terminal_width, told, write
from chatbot.exit_codes import ExitCode, listing
from chatbot.garbage import look_past_what_is_kept, look_seldom

if TYPE_CHECKING:
    from chatbot.asking import AnsweringService
    from chatbot.settings import Settings
    from corpus.models import Corpus

EPILOG = f"\b\nExit codes:\n{listing()}"
PLAIN: dict[str, Any] = {"rich_markup_mode": None, "no_args_is_help": True}
app = typer.Typer(
    name="ascl-chat",
    help="Ask what ASCL thinks; be answered in ASCL's own published words, quoted exactly and cited.",
    epilog=EPILOG,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    **PLAIN,
)
index_app = typer.Typer(help="Build, check or show the index.", **PLAIN)
corpus_app = typer.Typer(help="List, check or show the documents.", **PLAIN)
app.add_typer(index_app, name="index")
app.add_typer(corpus_app, name="corpus")


def main() -> None:
    """The entry point."""
    look_seldom()
    prepare_streams()
    app(windows_expand_args=False)  # a question mark in a question is no pattern for file names


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.  [default: the setting, 127.0.0.1]")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on.  [default: the setting, 7860]")] = None,
    no_chat: Annotated[bool, typer.Option("--no-chat", help="Serve everything but the chat page: quicker and smaller.")] = False,
) -> None:
    """Serve the chat page and the REST API until stopped."""
    with told():
        from chatbot.ports import refuse_taken

        settings = _settings(**{name: value for name, value in (("host", host), ("port", port)) if value is not None})
        refuse_taken(settings.host, settings.port)
        from chatbot.server import run

        run(settings, ready=lambda address: report(f"Listening on {address} (Ctrl+C stops)"), with_chat=not no_chat)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in your own words.")],
    history: Annotated[
        list[str] | None, typer.Option(help="An earlier question of this conversation; oldest first, repeatable.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Give the answer as JSON.")] = False,
    explain: Annotated[bool, typer.Option(help="Also show what was weighed and rejected.")] = False,
) -> None:
    """Answer one question."""
    with told():
        from chatbot.answer import AnswerStatus
        from chatbot.asking import ask as ask_service

        answer = ask_service(_service(), question, history or [], explain=explain)
        if as_json:
            import json

            write(json.dumps(answer.to_dict(), ensure_ascii=not is_unicode(sys.stdout), indent=2))
        else:
            from chatbot.rendering import render_text

            write(harmless(render_text(answer, terminal_width())))
            if explain and answer.diagnostics:
                from chatbot.explaining import print_diagnostics

                print_diagnostics(answer.diagnostics)
        if answer.status is AnswerStatus.ERROR_INTERNAL:
            raise typer.Exit(ExitCode.INTERNAL)


@app.command()
def verify(
    text: Annotated[str, typer.Argument(help="The words to check; - reads standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Give the result as JSON.")] = False,
) -> None:
    """Check whether words are printed in the documents, exactly."""
    with told():
        from chatbot.verifying import Verifier
        from chatbot.verifying_report import as_lines

        settings = _settings()
        verifier = Verifier(_corpus(settings), settings.path_prefix)
        pasted = sys.stdin.read() if text == "-" else text
        try:
            found = verifier.verify(pasted.encode("utf-8", "replace").decode("utf-8"))
        except ValueError as error:
            raise refuse(ExitCode.USAGE, error) from error
        if as_json:
            import json

            write(json.dumps(found.to_dict(), ensure_ascii=not is_unicode(sys.stdout), indent=2))
        else:
            write(harmless("\n".join(as_lines(found))))
        if found.result.value != "verified":
            raise typer.Exit(ExitCode.NOT_PRINTED)


@app.command()
def batch(
    file: Annotated[Path, typer.Argument(help="JSON Lines or CSV with a question in each line; - reads standard input.")],
    out: Annotated[Path | None, typer.Option(help="File for the answers, written whole or not at all.")] = None,
) -> None:
    """Answer a file of questions: exactly one JSON line for each line, in order."""
    with told():
        from chatbot.asking import ask as ask_service
        from chatbot.batch import answer_file
        from chatbot.batch_reading import BatchRefused

        service = _service()
        try:
            unreadable = answer_file(
                None if str(file) == "-" else file, out, lambda asked, history: ask_service(service, asked, history), report
            )
        except BatchRefused as error:
            raise refuse(ExitCode.FILE, error) from error
        if unreadable:
            raise typer.Exit(ExitCode.UNREADABLE_LINES)


@index_app.command("build")
def index_build(
    if_needed: Annotated[bool, typer.Option("--if-needed", help="Do nothing when the index is current.")] = False,
) -> None:
    """Build the index from the corpus and publish it."""
    with told():
        from index.opening import is_current

        settings = _settings()
        corpus = _corpus(settings)
        if if_needed and is_current(settings.index_folder, corpus, settings.model):
            report("The index is current.")
            return
        from index.building import build_index

        build_index(corpus, settings.model, settings.index_folder, report)


@index_app.command("check")
def index_check() -> None:
    """Check every file of the published index against its digest, the corpus and the model."""
    with told():
        from index.opening import open_index

        settings = _settings()
        opened = open_index(settings.index_folder, _corpus(settings), settings.model)
        write(f"The index is whole and fits the corpus: build {opened.manifest.build}.")


@index_app.command("show")
def index_show() -> None:
    """Show what the published index says of itself."""
    with told():
        from dataclasses import asdict

        from index.manifest import read_manifest

        for name, value in asdict(read_manifest(_settings().index_folder)).items():
            if isinstance(value, dict):
                write(f"{name}:")
                for key, inner in value.items():
                    write(f"  {key}: {inner}")
            else:
                write(f"{name}: {value}")


@corpus_app.command("list")
def corpus_list() -> None:
    """List the documents with what they hold."""
    with told():
        from chatbot.corpus_listing import list_documents

        for line in list_documents(_corpus(_settings())):
            write(line)


@corpus_app.command("check")
def corpus_check() -> None:
    """Report every fault of the corpus with file, line and remedy; warnings alone are no failure."""
    with told():
        from corpus.checking import check_corpus

        faults = check_corpus(_settings().corpus_folder)
        for fault in faults:
            write(str(fault))
        errors = sum(fault.severity == "error" for fault in faults)
        report(f"Errors: {errors}. Warnings: {len(faults) - errors}.")
        if errors:
            raise typer.Exit(ExitCode.CORPUS)


@corpus_app.command("show")
def corpus_show(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Id of a document or of a statement.")],
) -> None:
    """Show a document or a statement: section, role, span, curated questions, words."""
    with told():
        from chatbot.corpus_listing import show

        try:
            for line in show(_corpus(_settings()), identifier):
                write(line)
        except KeyError as error:
            raise refuse(ExitCode.USAGE, error.args[0]) from error


@app.command("demo-site")
def demo_site(
    chat_address: Annotated[str, typer.Option(help="Where the chat is served, with its path prefix.")] = "http://127.0.0.1:7860",
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 7861,
) -> None:
    """Serve a made-up website that carries the chat, to see how it sits on another site."""
    with told():
        from chatbot.ports import refuse_taken
        from chatbot.widget.demo_site import ChatAddressRefused, run

        refuse_taken(host, port)
        try:
            run(chat_address, host, port, report)
        except ChatAddressRefused as error:
            raise refuse(ExitCode.USAGE, error) from error


@app.command()
def version() -> None:
    """Say which version this is."""
    from chatbot.version import __version__

    with told():
        write(f"ascl-chat {__version__}")


def _settings(**given: Any) -> Settings:
    from chatbot.settings import load_settings

    return load_settings(**given)


def _corpus(settings: Settings) -> Corpus:
    from corpus.loading import load_corpus

    return load_corpus(settings.corpus_folder)


def _service() -> AnsweringService:
    settings = _settings()
    from chatbot.assembly import assemble

    service: AnsweringService = assemble(settings)
    look_past_what_is_kept()
    return service
