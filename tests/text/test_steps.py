"""What a check costs grows as its text does: counted in steps of patterns and in lines of code, never in seconds."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.text.makers import document_of
from tests.text.steps import Walker, is_open

from bihuan_text import check

LETTERS = [".", "1", "（", "“", "的", " ", ",", "X", "甲乙丙", "\n", "《", "@a", "一、"]
LENGTHS = 60, 120, 180  # each step no less than any bounded repeat that stands in a pattern with an open one
LOADING = """
import json, pathlib, re, sys
made, compiled = set(), re._compile
def noted(pattern, flags):
    found, frame = compiled(pattern, flags), sys._getframe(1)
    while frame.f_globals["__name__"] == "re":
        frame = frame.f_back
    if frame.f_globals["__name__"].startswith("bihuan_text") and isinstance(found.pattern, str):
        made.add((found.pattern, found.flags))
    return found
re._compile = noted
from bihuan_text import check
from bihuan_text.document import plain_document
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.txt")):
    check(plain_document(file.read_text("utf-8")))
print(json.dumps(sorted(made)))
"""


@pytest.fixture(autouse=True)
def room_to_walk() -> Iterator[None]:
    """A step back is a call inside a call."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(50_000)
    yield
    sys.setrecursionlimit(before)


@pytest.fixture(scope="module")
def open_patterns() -> list[re.Pattern[str]]:
    """The patterns with an unbounded repeat that our code makes while it checks the clean papers."""
    clean = Path(__file__).with_name("clean")
    ran = subprocess.run([sys.executable, "-c", LOADING, str(clean)], check=True, capture_output=True, text=True)
    return [p for pattern, flags in json.loads(ran.stdout) if is_open(p := re.compile(pattern, flags))]


def grows_too_fast(pattern: re.Pattern[str], letter: str) -> bool:
    """Whether the same length of text costs more steps the more stands before it."""
    steps = [0]
    for count in LENGTHS:
        walker = Walker(pattern, letter * count)
        assert walker.found() == [found.span() for found in pattern.finditer(letter * count)]
        steps.append(walker.steps)
    return steps[3] - steps[2] > 1.25 * (steps[2] - steps[1]) + 100


@pytest.mark.parametrize("letter", LETTERS)
def test_no_pattern_goes_back_and_back(letter: str, open_patterns: list[re.Pattern[str]]):
    assert len(open_patterns) > 50
    assert [p.pattern for p in open_patterns if grows_too_fast(p, letter)] == []


@pytest.mark.parametrize(
    ("pattern", "letter", "fast"),
    [
        (r"(?m)^[ \t]*(?:\d[.、])?[ \t]*对", " ", True),
        (r"(?m)^[ \t]*+(?:\d[.、][ \t]*+)?对", " ", False),
        (r"\S+@", "的", True),
        (r"(?:甲乙?)+丙", "甲", True),
        (r"“[^”]*”", "“", True),
        (r"“[^“”]*”", "“", False),
    ],
)
def test_a_pattern_that_goes_back_and_back_is_told_from_one_that_does_not(pattern: str, letter: str, fast: bool):
    assert grows_too_fast(re.compile(pattern), letter) is fast


PARTS = st.sampled_from(
    [
        "甲",
        "乙",
        ".",
        r"\d",
        "[甲乙]",
        "[^乙1]",
        r"\s",
        "^",
        "$",
        "(?=甲)",
        "(?<!乙)",
        "(?<=1)",
        r"\b",
        "(?>甲*)",
        "(?i:a)",
    ]
)


def _says_something(tree: str) -> bool:
    """Whether a pattern never matches nothing: what repeats nothing is turned round in ways of its own by ``re``."""
    # a name that stands twice is no pattern; such trees are left out below too
    return tree.count("?P<g>") < 2 and import_module("re._parser").parse(tree).getwidth()[0] > 0


TREES = st.recursive(
    PARTS,
    lambda inside: st.one_of(
        st.lists(inside, min_size=1, max_size=3).map("".join),
        st.lists(inside, min_size=2, max_size=3).map(lambda ways: f"(?:{'|'.join(ways)})"),
        st.tuples(
            inside.filter(_says_something), st.sampled_from(["*", "+", "?", "*?", "{1,2}", "{2}", "*+", "{0,2}+"])
        ).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        st.tuples(inside, inside).map(
            lambda pair: f"(?:{pair[0]}(?P<g>{pair[1]})(?P=g))" if "?P<" not in "".join(pair) else "甲"
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(TREES, st.text("甲乙1 \naA", max_size=8))
def test_the_walker_finds_what_python_finds(tree: str, text: str):
    if tree.count("?P<g>") > 1:
        return
    pattern = re.compile(tree, re.MULTILINE)
    assert Walker(pattern, text).found() == [found.span() for found in pattern.finditer(text)]


def lines_run(text: str) -> int:
    """How many lines of our code a check of a text runs."""
    count = 0

    def on_line(frame: FrameType, event: str, given: Any) -> Any:
        nonlocal count
        if "bihuan_text" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return on_line

    document, before = document_of(text), sys.gettrace()
    sys.settrace(on_line)
    try:
        check(document)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("letter", LETTERS)
def test_no_text_is_walked_again_and_again(letter: str):
    check(document_of(letter * 20))  # what is made once is made
    short, long = lines_run(letter * 400), lines_run(letter * 1600)
    assert long < 6 * short + 2_000
