"""民主评议的结果：四个等次，预备党员另记。评定是会议记录的，这里只取数。"""

from __future__ import annotations

from bihuan.report.facts.figures import figure_fact

GROUP = "民主评议"

for _code, _label in (
    ("参评数", "定等次的党员"),
    ("优秀", "评为优秀"),
    ("合格", "评为合格"),
    ("基本合格", "评为基本合格"),
    ("不合格", "评为不合格"),
    ("不定等次", "参加评议的预备党员，不定等次"),
):
    figure_fact(_code, _label, GROUP)
