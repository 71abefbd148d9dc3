"""The steps of a year in the order in which they are gone, and what is to be seen of a plan. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

# code → what the step is called, everywhere in the house
STEPS: dict[str, str] = {
    "notice": "通知与主题",
    "last_year": "答复上年度问题",
    "study": "集中学习",
    "opinions": "征求意见",
    "talks": "谈心谈话",
    "life_meeting": "组织生活会",
    "appraisal": "民主评议",
    "closing": "整改销号",
    "report": "情况报告",
}
# The rest of the year's work goes on beside these, so only they have an order that a plan can turn round.
_BEFORE_MEETING = ("last_year", "study", "opinions", "talks")


def plan_remarks(days: Mapping[str, date], report_due: date | None) -> list[str]:
    """What does not fit in a plan, each in a sentence; nothing where it fits. days: code → the day, where there is one.

    学习、征求意见、谈话在会前，报告在会后（R10、R13）；情况报告不晚于通知定的期限。
    """
    found = []
    met, report = days.get("life_meeting"), days.get("report")
    if met:
        late = [STEPS[code] for code in _BEFORE_MEETING if (day := days.get(code)) and day > met]
        if late:
            found.append(f"{'、'.join(late)}排在组织生活会以后，要在会前做完。")
        if report and report < met:
            found.append("情况报告排在组织生活会以前，报告写的是会和会后的整改，请核对日子。")
    if report and report_due and report > report_due:
        found.append(f"通知要求{report_due.month}月{report_due.day}日以前报，情况报告排得晚了。")
    return found
