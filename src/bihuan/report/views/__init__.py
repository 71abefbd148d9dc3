"""The pages of the report: reading it, writing it paragraph by paragraph, having it decided, handing it up."""

from bihuan.report.views.deciding import approve, pass_remark, submit, vote
from bihuan.report.views.files import docx, pdf
from bihuan.report.views.page import draft, one, start
from bihuan.report.views.readback import decide_change, readback
from bihuan.report.views.superior import answers, received, received_decide, received_docx, received_one, received_pdf
from bihuan.report.views.versions import versions
from bihuan.report.views.writing import add, arrange, head, move, paragraph, remove, restore, section, shape, write_out

__all__ = [
    "add", "answers", "approve", "arrange", "decide_change", "docx", "draft", "head", "move", "one", "paragraph", "pass_remark",
    "pdf", "readback", "received", "received_decide", "received_docx", "received_one", "received_pdf", "remove",
    "restore", "section", "shape", "start", "submit", "versions", "vote", "write_out",
]  # fmt: skip
