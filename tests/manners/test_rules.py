"""The table of rules (`rules`) and the tests it names: neither without the other."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.manners.rules import RULES

ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def list_tests(file: str) -> dict[str, list[str]]:
    """The tests of a file with their decorators' names."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {
        node.name: [ast.unparse(mark).partition("(")[0] for mark in node.decorator_list]
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


def test_every_rule_is_in_the_table():
    assert list(RULES) == list(range(1, 36))
    assert all(RULES.values())


@pytest.mark.parametrize("number", RULES)
def test_every_part_of_a_rule_has_tests_that_exist_and_run(number: int):
    for promise, proofs in RULES[number].items():
        assert proofs, promise
        for proof in proofs:
            file, _, name = proof.partition("::")
            assert (ROOT / file).is_file(), proof
            marks = list_tests(file).get(name)
            assert marks is not None, proof
            assert not any(mark.endswith(("skip", "skipif", "xfail")) for mark in marks), proof


def test_whatever_is_proved_on_the_wire_stands_in_the_table():
    named = {proof for parts in RULES.values() for proofs in parts.values() for proof in proofs}
    files = sorted(Path(__file__).parent.glob("test_*.py"))
    here = {
        f"tests/manners/{file.name}::{name}"
        for file in files
        if file != Path(__file__)
        for name in list_tests(f"tests/manners/{file.name}")
    }
    assert here - named == set()
