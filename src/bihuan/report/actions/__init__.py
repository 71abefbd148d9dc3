"""The verbs of the report; callers take them from here."""

from bihuan.report.actions.deciding import approve, pass_remark, submit
from bihuan.report.actions.parts import hide_section, move_section, show_section
from bihuan.report.actions.readback import decide_change, take_readback
from bihuan.report.actions.superior import accept_report, answer_point, note_point, return_report, withdraw_point
from bihuan.report.actions.writing import (
    add_paragraph,
    choose_shape,
    move_paragraph,
    new_draft,
    remove_paragraph,
    restore_paragraph,
    save_paragraph,
    save_section,
    set_head,
    start_draft,
    write_out,
)

__all__ = [
    "accept_report",
    "add_paragraph",
    "answer_point",
    "approve",
    "choose_shape",
    "decide_change",
    "hide_section",
    "move_paragraph",
    "move_section",
    "new_draft",
    "note_point",
    "pass_remark",
    "remove_paragraph",
    "restore_paragraph",
    "return_report",
    "save_paragraph",
    "save_section",
    "set_head",
    "show_section",
    "start_draft",
    "submit",
    "take_readback",
    "withdraw_point",
    "write_out",
]
