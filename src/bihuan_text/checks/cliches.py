"""D27: phrases that fit every unit, when there are too many of them."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan_text.lists import pattern, threshold

from .registry import Paper, Remark, rule


@rule("D27")
def cliches(paper: Paper) -> Iterator[Remark]:
    """One remark a paper, at the first of them."""
    found = list(pattern("cliche").finditer(paper.shadow.text))
    kinds = list(dict.fromkeys(m.group() for m in found))
    if len(kinds) > threshold("most_cliches"):
        named = "、".join(f"“{said}”" for said in kinds[:4])
        why = f"全文用了{len(kinds)}种套话，如{named}。"
        yield Remark(paper.shadow.back(*found[0].span()), why, "请换成本支部自己的事和自己的话。")
