"""The wrong example on a rule's page is found by that rule, the right one is not: as it stands, or in its part of a paper."""

from __future__ import annotations

import pytest
from tests.text.test_checks import found

from bihuan_text.checks import Rule, all_rules

HEAD = "第一党支部2025年度组织生活会情况报告\n"
CAUSES = "二、产生问题的原因\n一是思想上放松了要求，把学习当成软任务。\n"
PARTS = {
    "problems": HEAD + "一、查摆的问题\n一是{}\n" + CAUSES,
    "causes": HEAD + "一、查摆的问题\n一是联系群众不经常。3月至5月，书记只走访了2户。\n二、原因分析\n{}\n",
    "measures": HEAD
    + "一、查摆的问题\n一是联系群众不经常。3月至5月，书记只走访了2户。\n"
    + CAUSES
    + "三、整改措施\n{}\n",
}
# Rules that look at a part of a paper, and the part their example stands in.
IN_PART = {"D08": "problems", "D14": "causes", "R18": "problems", "R22": "measures"}
# Their examples tell of a whole paper, of two papers or of a page: the tests of their own hold them.
TOLD = {"D02", "D03", "D06", "D09", "D11", "D16", "D17", "D27", "R15", "R16", "R17", "R19", "R20", "R21", "R52"}
RULES = [
    rule
    for rule in all_rules()
    if rule.code not in TOLD and not rule.code.startswith("L") and rule.code not in ("R44", "R45", "R46")
]


def told(rule: Rule, example: str) -> int:
    text = PARTS[IN_PART[rule.code]].format(example.removeprefix("三、原因分析。")) if rule.code in IN_PART else example
    return len(found(text, rule.code, kind=rule.kinds[0] if rule.kinds else None))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_examples_on_a_rules_page_hold(rule: Rule):
    assert told(rule, rule.wrong) >= 1
    assert told(rule, rule.right) == 0
