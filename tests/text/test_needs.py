"""What a pattern is said to need stands wherever it finds something, for a text without it is not looked through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan_text.lists import holds_any, table


def _rows() -> Iterator[tuple[list[str], str]]:
    """The needs and the pattern of every row that has some."""
    for row in cast("list[dict[str, Any]]", table("placeholders.toml")["patterns"]):
        yield row["need"], row["mask"]
    for row in cast("list[dict[str, Any]]", table("doctrine.toml")["wrong"]):
        yield row["need"], row["pattern"]
    for row in cast("list[dict[str, Any]]", table("figures.toml")["clauses"]["clause"]):
        if "need" in row:
            yield [row["need"]], row["pattern"]
    for row in cast("list[dict[str, Any]]", table("frames.toml")["frame"]):
        if "need" in row:
            yield row["need"], row["pattern"]


_CLASS = r"\[(?:[^\]\\]|\\.)*\]"
_LOOKING = re.compile(rf"\(\?<?[=!](?:[^()\[\]]|{_CLASS}|\((?:[^()\[\]]|{_CLASS})*\))*\)")
ROWS = list(_rows())
# What stands before a place and is looked at from behind it, so that the examples below find some.
BEFORE = ["", "学", "“", "2024年", "5月", "〕", "第", "：", "。", "12", "十九", "二十", "十八届"]


@pytest.mark.parametrize(("need", "pattern"), ROWS, ids=lambda said: str(said)[:20])
def test_no_pattern_finds_anything_where_nothing_stands_that_it_needs(need: list[str], pattern: str) -> None:
    # without what only looks ahead or back an example is easily made; the pattern itself then says whether it counts
    bare = _LOOKING.sub("", pattern)
    found = re.compile(pattern, re.MULTILINE)

    @settings(
        max_examples=20,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        deadline=None,
        database=None,
    )
    @given(
        st.sampled_from(BEFORE),
        st.from_regex(bare, fullmatch=True),
        st.text("名次月日年号，。县个想 \u3000”党", max_size=3),
    )
    def held(before: str, said: str, after: str) -> None:
        text = before + said + after
        if found.search(text):
            assert holds_any(text, need)

    held()
