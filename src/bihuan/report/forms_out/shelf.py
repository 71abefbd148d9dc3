"""Every form that comes out of the records, in archive order."""

from __future__ import annotations

from bihuan.report.forms_out import appraisal, at_meeting, mending
from bihuan.report.forms_out.shape import AFTER, AT, Filled, Form
from bihuan.report.forms_out.source import Source
from bihuan.report.queries import draft_of

REPORT = 25


def _report(source: Source | None) -> Filled:
    """表25 is no table: the report itself, as it is written in the report room."""
    draft = draft_of(source.cycle) if source else None
    return Filled(draft.title if draft else "情况报告", (), by_records=draft is not None)


FORMS: tuple[Form, ...] = (
    Form(12, "签到表", AT, "党员名册和登记的组织生活会", "名册上还没有党员", "org:members", at_meeting.sign_in, sheet=True),
    Form(13, "会议记录", AT, "登记的各次会议", "还没有登记会议", "meeting:register", at_meeting.minutes),
    Form(18, "民主测评计票单", AT, "党员名册", "名册上还没有党员", "org:members", at_meeting.counting, sheet=True),
    Form(19, "民主评议党员登记表", AFTER, "党员名册，一人一张", "名册上还没有党员", "org:members", appraisal.registration),
    Form(20, "民主评议情况汇总表", AFTER, "党员名册和登记的评议数", "评议的数还没有登记", "meeting:register",
         appraisal.summary, sheet=True),
    Form(21, "问题清单", AFTER, "整改台账", "台账里还没有今年的问题", "ledger:table", mending.problems, landscape=True,
         sheet=True),
    Form(22, "整改台账", AFTER, "整改台账", "台账里还没有问题", "ledger:table", mending.ledger, landscape=True, sheet=True),
    Form(23, "整改承诺书", AFTER, "整改台账里的措施", "台账里还没有措施", "ledger:table", mending.promises),
    Form(24, "整改落实情况通报", AFTER, "整改台账", "台账里还没有问题", "ledger:table", mending.circular, sheet=True,
         open_to_members=True),
    Form(REPORT, "情况报告", AFTER, "报告", "报告还没有起草", "report:draft", _report),
)  # fmt: skip
BY_NUMBER = {form.number: form for form in FORMS}
