"""R47: how 附件, 主送 and 抄送 end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.kinds import Kind
from bihuan_text.place import Span

from .references import attachments
from .registry import Mend, Paper, Remark, rule

_ATTACHED = re.compile(r"^[ \t\u3000]*附件 ?\d{0,2} ?[：:](?P<name>[^\n]*)$", re.MULTILINE)
_MORE = re.compile(r"\n[ \t\u3000]*\d{1,2} ?[.．、](?P<name>[^\n]{1,60})")
_COPIED = re.compile(r"^[ \t\u3000]*抄送 ?[：:](?P<to>[^\n]*?)[ \t\u3000]*$", re.MULTILINE)
_ABOVE = re.compile(r"[\u4e00-\u9fff]{2,30}(?:委员会|党委|党工委|党组|总支)")
_BELOW = re.compile(r"各[\u4e00-\u9fff、，]{0,30}(?:党支部|支部|总支|党委|党小组|单位|部门)")


@rule("R47")
def endings(paper: Paper) -> Iterator[Remark]:
    """Names of attachments without a mark, the recipient with ：, the copies with 。"""
    yield from _attachments(paper.text)
    for match in _COPIED.finditer(paper.text):
        if match["to"] and match["to"][-1] != "。":
            end = match.end("to")
            start = end - 1 if match["to"][-1] in "，；、.,;" else end
            yield Remark(Span(end - 1, end), "抄送机关末尾用句号。", "。", (Mend(start, end, "。"),))
    yield from _recipient(paper)
    for each in attachments(paper.shadow.text):
        yield Remark(paper.shadow.back(each.start, each.end), each.why, "请补上附件，或改正序号。")


def _attachments(text: str) -> Iterator[Remark]:
    for match in _ATTACHED.finditer(text):
        names = [match.span("name")]
        at = match.end()
        while more := _MORE.match(text, at):
            names.append(more.span("name"))
            at = more.end()
        for start, end in names:
            said = text[start:end].rstrip()
            if len(said) > 1 and said[-1] in "。；，、;,.":
                last = start + len(said) - 1
                why = "附件名称后面不加标点。"
                yield Remark(Span(last, last + 1), why, "删去这个标点。", (Mend(last, last + 1, ""),))


def _recipient(paper: Paper) -> Iterator[Remark]:
    """The line right after the title that names only an organisation above (or, in a notice, those below)."""
    title = paper.report.title
    if not title or paper.kind not in (Kind.REPORT, Kind.NOTICE):
        return
    joined, at, titled = "", 0, False
    for line in paper.text[:600].split("\n"):
        if titled and line.strip():
            yield from _without_colon(paper, line.strip(), at + len(line) - len(line.lstrip()))
            return
        joined += re.sub(r"\s", "", line)
        titled = titled or joined.endswith(title)
        at += len(line) + 1


def _without_colon(paper: Paper, said: str, start: int) -> Iterator[Remark]:
    name = said.rstrip("，。；、,;. ")
    form = _BELOW if paper.kind is Kind.NOTICE else _ABOVE
    if not form.fullmatch(name) or "支部委员会" in name:
        return
    span = Span(start, start + len(said))
    yield Remark(span, "主送机关后面用全角冒号。", f"{name}：", (Mend(start + len(name), span.end, "："),))
