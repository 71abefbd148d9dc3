"""docs/rules points to living code and living tests, and leaves out no rule of `bihuan check`."""

from __future__ import annotations

import re

import pytest

from bihuan_text.checks import all_rules
from tests.conftest import REPO

PAGE = (REPO / "docs" / "rules" / "README.md").read_text("utf-8")
ROW = re.compile(r"^\| (R\d+) \| .+ \| `([^`]+)` `(\w+)` \| `([^`]+)` \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE)


def test_every_line_of_a_table_is_such_a_row() -> None:
    assert len(ROWS) == len(re.findall(r"^\| R\d", PAGE, re.MULTILINE))
    assert len(ROWS) > 30


@pytest.mark.parametrize(("rule", "path", "name", "test"), ROWS, ids=[f"{row[0]}-{row[2]}" for row in ROWS])
def test_a_rule_points_to_living_code_and_a_living_test(rule: str, path: str, name: str, test: str) -> None:
    code = (REPO / path).read_text("utf-8")
    assert re.search(rf"^(?:def|class) {name}\b|^{name} = |^from .* import .*\b{name}\b", code, re.MULTILINE), (
        path,
        name,
    )
    assert (REPO / test).is_file()


def test_every_rule_of_check_has_its_row() -> None:
    said = {(rule, path) for rule, path, _, _ in ROWS}
    assert {(rule.code, f"src/{rule.check.__module__.replace('.', '/')}.py") for rule in all_rules()} <= said
