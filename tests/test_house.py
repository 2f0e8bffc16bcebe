"""The house's own rules, read off the source with `ast`. See ARCHITECTURE.md."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READER = ROOT / "reader"

NOUNS = {"frozen", "model", "errors", "settings", "paths"}  # everybody may know these
STAGES = {"fetch", "parse", "content", "store"}  # these do not know each other
DOOR = {"arguments", "instance", "sentences"}  # what app and cli share

MAY_KNOW = {
    **dict.fromkeys(NOUNS, NOUNS),
    **{stage: NOUNS | {stage} for stage in STAGES},
    **dict.fromkeys(DOOR, NOUNS | DOOR),
    "engine": NOUNS | STAGES | {"engine"},
    "ui": NOUNS | {"ui", "engine", "arguments", "sentences", "content.page", "content.blocks"},
    # The roots: one puts the window together, the other the command line.
    "app": NOUNS | DOOR | STAGES | {"engine", "sample", "ui"},
    "cli": NOUNS | DOOR | STAGES | {"engine", "sample", "cli_look"},
    "cli_look": NOUNS | DOOR | STAGES | {"engine", "cli_parse"},
    "cli_parse": NOUNS | DOOR | STAGES | {"engine"},
    "sample": NOUNS | STAGES | {"engine"},
    "__main__": DOOR | {"app", "cli", "engine"},  # the engine's worker process, in a frozen program
    "__init__": set[str](),
}
ONLY_IN = {
    "PySide6": {"ui", "app"},
    "shiboken6": {"ui", "app"},
    "httpx": {"fetch"},
    "aiohttp": {"fetch"},
    "feedparser": {"parse"},
    "fastfeedparser": {"parse"},
    "sqlite3": {"store"},
    "nh3": {"content"},
    "trafilatura": {"content"},
    "htmldate": {"content"},
}
DOES_IO = {
    "socket",
    "ssl",
    "subprocess",
    "urllib.request",
    "http",
    "pathlib",
    "shutil",
    "tempfile",
    "asyncio",
}
PURE = ("parse", "content")

LONGEST = 400
LONG_FOR_A_REASON = {
    "packaging/sample/scenes_land.py": "a box of drawings, one small function each",
    "tests/parse/test_feed.py": "one door, many kinds of document",
}
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "base", "tools", "manager", "handler"}
FORBIDDEN_ENDINGS = ("Manager", "Handler", "Controller", "Helper", "Utils")


def list_modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def name_part(path: Path) -> str:
    """The part of the house a file belongs to: `parse`, `ui`, `cli` ..."""
    return path.relative_to(READER).parts[0].removesuffix(".py")


@cache
def read_tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def list_imports(path: Path) -> Iterator[str]:
    """Every module a file imports, absolute, those inside functions too."""
    package = [*path.relative_to(ROOT).parent.parts]
    for node in ast.walk(read_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def is_within(module: str, names: set[str]) -> bool:
    return any(module == name or module.startswith(name + ".") for name in names)


@pytest.mark.parametrize("part", sorted({name_part(path) for path in list_modules(READER)}))
def test_a_part_knows_only_the_parts_below_it(part: str) -> None:
    allowed = {"reader.__version__", *(f"reader.{name}" for name in MAY_KNOW[part])}
    if part == "__main__":
        allowed.add("reader.arguments")
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in list_modules(READER)
        if name_part(path) == part
        for module in list_imports(path)
        if module.startswith("reader.") and not is_within(module, allowed)
    ]
    assert wrong == []


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_library_is_imported_in_its_own_part_alone(library: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in list_modules(READER)
        if name_part(path) not in ONLY_IN[library]
        for module in list_imports(path)
        if is_within(module, {library})
    ]
    assert wrong == []


@pytest.mark.parametrize("part", PURE)
def test_parsing_and_content_do_no_input_or_output(part: str) -> None:
    wrong = []
    for path in list_modules(READER / part):
        wrong += [f"{path}: {module}" for module in list_imports(path) if is_within(module, DOES_IO)]
        wrong += [f"{path}:{call.lineno} opens a file" for call in list_calls(path, "open")]
    assert wrong == []


def list_calls(path: Path, name: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(read_tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


def test_files_stay_short() -> None:
    long = {
        str(path.relative_to(ROOT))
        for folder in ("reader", "tests", "packaging")
        for path in list_modules(ROOT / folder)
        if len(path.read_text("utf-8").splitlines()) > LONGEST
    }
    assert long == set(LONG_FOR_A_REASON)


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT)) for path in list_modules(READER) if not ast.get_docstring(read_tree(path))
    ]
    assert silent == []


def test_files_and_classes_have_names_one_would_say_aloud() -> None:
    files = [str(path.relative_to(ROOT)) for path in list_modules(READER) if path.stem in FORBIDDEN]
    classes = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in list_modules(READER)
        for node in ast.walk(read_tree(path))
        if isinstance(node, ast.ClassDef) and node.name.endswith(FORBIDDEN_ENDINGS)
    ]
    assert files + classes == []


@pytest.mark.parametrize("folder", ["reader", "tests"])
def test_nobody_sleeps_or_spins_the_event_loop(folder: str) -> None:
    wrong = []
    for path in list_modules(ROOT / folder):
        for node in ast.walk(read_tree(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = node.func.value
            sleeps = node.func.attr == "sleep" and isinstance(owner, ast.Name) and owner.id == "time"
            if sleeps or node.func.attr == "processEvents":
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_a_stage_is_known_to_this_test() -> None:
    parts = {name_part(path) for path in list_modules(READER)}
    assert parts <= set(MAY_KNOW)
