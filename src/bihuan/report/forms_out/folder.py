"""The folder of a year's meeting: every filled form in archive order, a list with their sizes, and two digests of each.

The same records on the same day give the same files, byte for byte: a zip of last month is compared by its digests.txt.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from bihuan.core.digests import sm3
from bihuan.report.forms_out.shape import STAGES, Filled, Form, Grid, Leaf
from bihuan.report.forms_out.shelf import FORMS
from bihuan.report.forms_out.source import Source
from bihuan.report.forms_out.word import paper_of_form, word_of
from bihuan_text.gbt9704 import to_docx

LIST, DIGESTS, SM3 = "00-目录.docx", "digests.txt", "sm3.txt"
_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold; a real one would make two equal folders differ


@dataclass(frozen=True)
class Standing:
    """A form as it stands now: filled by records, or still empty."""

    form: Form
    filled: bool

    @property
    def file(self) -> str:
        """Its name in the folder."""
        return f"{self.form.number:02}-{self.form.name}.docx"


def standings(source: Source | None) -> list[Standing]:
    """Every form in archive order, and whether a record stands in it."""
    return [Standing(form, source is not None and form.fill(source).by_records) for form in FORMS]


def by_stage(standing: list[Standing]) -> list[tuple[str, list[Standing]]]:
    """会前、会中、会后 with their forms; what belongs before the meeting is the branch's own paper, and stands empty here."""
    return [(stage, [each for each in standing if each.form.stage == stage]) for stage in STAGES]


def folder_of(source: Source) -> bytes:
    """The zip. Forms without a record are named in the list and left out."""
    held = standings(source)
    files = {each.file: word_of(each.form, source) for each in held if each.filled}
    sizes = {name: len(data) for name, data in files.items()}
    files = {LIST: to_docx(paper_of_form(_list(source, held, sizes))), **files}
    return _zipped({**files, DIGESTS: digests_of(files, sha256), SM3: digests_of(files, sm3)})


def digests_of(files: dict[str, bytes], digest: Callable[[bytes], str]) -> bytes:
    """Digest and name of each file, a line each, as sha256sum writes and checks them."""
    return "".join(f"{digest(data)}  {name}\n" for name, data in files.items()).encode()


def sha256(data: bytes) -> str:
    """64 hex digits."""
    return hashlib.sha256(data).hexdigest()


HEADER = ("表号", "阶段", "材料", "从哪里来", "文件", "字节")


def _list(source: Source, held: list[Standing], sizes: dict[str, int]) -> Filled:
    """目录: what lies in the folder, what does not yet, and what the branch puts before it."""
    rows = tuple(
        (
            str(e.form.number),
            e.form.stage,
            e.form.name,
            e.form.filled_from,
            e.file if e.filled else "还空着，没有放进来",
            str(sizes[e.file]) if e.filled else "",
        )
        for e in held
    )
    above = (
        "会前的实施方案、学习记录、征求意见和谈心谈话的材料，是支部自存的纸面材料，归档时放在最前面。",
        f"各文件的 SHA-256 校验值在 {DIGESTS} 里，国密 SM3 校验值在 {SM3} 里；内容改动一个字节，校验值就对不上。",
    )
    return Filled(
        f"{source.head}组织生活会材料目录", (Leaf((Grid(HEADER, rows, (0.8, 0.9, 2.4, 2.6, 3, 1.1)),), above),)
    )


def _zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # otherwise the byte tells Windows from Linux
            package.writestr(entry, data)
    return target.getvalue()
