"""docs/rules is what the rules themselves say, and forgets none: neither of the rooms nor of `bihuan check`."""

from __future__ import annotations

import re

import pytest

from bihuan.desk import rulebook
from bihuan_text.checks import all_rules
from tests import rule_pages
from tests.folders import REPO

MENTIONED = re.compile(r"\b(R[1-9]\d?)\b")
PAGES = rule_pages.pages()
STILL_BARE = 4


def test_no_page_is_stale_and_none_is_left_over() -> None:
    kept = {path.name: path.read_text("utf-8") for path in rule_pages.FOLDER.glob("*.md")}
    stale = [name for name in PAGES.keys() | kept.keys() if PAGES.get(name) != kept.get(name)]
    assert sorted(stale) == [], "run `make docs`"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_leads_to_code_and_tests_that_exist(name: str) -> None:
    if name == "README.md":
        return
    text = PAGES[name]
    codes, tests = (re.findall(rf"^- `({folder}/[^`]+)`(.*)$", text, re.MULTILINE) for folder in ("src", "tests"))
    assert codes, f"{name} names no code"
    assert tests or name.removesuffix(".md") not in rulebook.articles(), f"{name} is held by no test"
    for path, names in tests:
        written = (REPO / path).read_text("utf-8")
        assert all(f"def {test}(" in written for test in re.findall(r"`(\w+)`", names)), path


def test_few_rules_of_check_have_no_test_that_names_them() -> None:
    """Rules of a paper are young: how many are not yet held by a test of their own may only become fewer."""
    bare = [name for name, text in PAGES.items() if "README" not in name and "- `tests/" not in text]
    assert len(bare) <= STILL_BARE, bare


def test_every_rule_that_a_room_names_has_its_page() -> None:
    named = set()
    for path in (REPO / "src" / "bihuan").rglob("*.py"):
        named |= set(MENTIONED.findall(path.read_text("utf-8")))
    assert named - {name.removesuffix(".md") for name in PAGES} == set(), (
        "give them an entry in desk/data/rules.toml, and run `make docs`"
    )


def test_every_rule_of_check_and_of_the_rooms_is_in_the_index() -> None:
    index = set(re.findall(r"^\| \[(\w+)\]\(\1\.md\)", PAGES["README.md"], re.MULTILINE))
    assert index == {*rulebook.articles(), *(rule.code for rule in all_rules())}
    assert len(index) > 40


def test_the_search_for_tests_follows_helpers_and_knows_one_function_from_another() -> None:
    held = rule_pages.tests_of("R0", [rule_pages.code_at("bihuan.core.audit:verify")])
    assert "tests/core/test_audit.py" in held
    closing = rule_pages.tests_of("R0", [rule_pages.code_at("bihuan.ledger.actions.closing:verify")])
    assert "tests/core/test_audit.py" not in closing
