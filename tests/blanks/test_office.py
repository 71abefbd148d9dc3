"""What LibreOffice makes of filled files: the words, the sums, and no complaint."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bihuan_text.blanks import Rows, Said, fill, find_blanks
from tests.blanks.making import docx, p, r, tbl, tc, tr
from tests.blanks.test_docx import BOLD, HEAD, LINED, LOOK
from tests.blanks.test_xlsx import form

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: nothing was opened with it")

# An installation may hold the writer alone.
CALC = SOFFICE is not None and any(Path(SOFFICE).resolve().parent.glob("*sclo.*"))


def opened(data: bytes, name: str, form: str, folder: Path) -> str:
    """The file as LibreOffice reads it, converted to a text form."""
    (folder / name).write_bytes(data)
    ending = form.partition(":")[0]
    command = [
        str(SOFFICE),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        form,
    ]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), str(folder / name)], check=True, capture_output=True, timeout=120
    )
    return (folder / "out" / name).with_suffix(f".{ending}").read_text(encoding="utf-8-sig")


def test_a_filled_text_reads_right(tmp_path: Path) -> None:
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="支部"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>'
        + r("点此填写")
        + "</w:sdtContent></w:sdt>"
    )
    data = docx(
        p(r("填报单位："), control)
        + p(r("应到", BOLD), r("  ", LINED), r("人，实到（  ）人"))
        + tbl(HEAD, tr(tc(p(r("1"))), tc(LOOK), tc(LOOK)), tr(tc(p(r("备注")), '<w:gridSpan w:val="3"/>')))
        + p(r("  年  月  日"))
    )
    template = find_blanks(data, "a.docx")
    singles = [blank.address for blank in template.blanks if not blank.line]
    words = ["样例支部", "12", "11", "2026年3月9日"]
    values = {address: Said(said, f"数{said}", said) for address, said in zip(singles, words, strict=True)}
    line = template.lines[0]
    items = [{line.addresses[0]: Said(f"问题{n}"), line.addresses[1]: Said(f"措施{n}")} for n in (1, 2, 3)]
    text = opened(fill(data, "a.docx", values, [Rows(line.key, items)]), "a.docx", "txt:Text (encoded):UTF8", tmp_path)
    assert [each.strip() for each in text.splitlines() if each.strip()] == [
        "填报单位：样例支部", "应到12人，实到（11）人", "序号", "问题", "措施", "1", "问题1", "措施1", "2", "问题2", "措施2",
        "3", "问题3", "措施3", "备注", "2026年3月9日",
    ]  # fmt: skip


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed: no sheet was opened with it")
def test_a_filled_sheet_works_its_sums_out(tmp_path: Path) -> None:
    data = form()
    template = find_blanks(data, "a.xlsx")
    where = {blank.row: blank.address for blank in template.blanks}
    line = template.lines[1]
    items = [
        dict(zip(line.addresses, (Said(f"问题{n}"), Said("=1+1"), Said(str(n))), strict=True)) for n in range(1, 6)
    ]
    filled = fill(data, "a.xlsx", {where["应到"]: Said("12")}, [Rows(line.key, items)])
    table = [row.split(",") for row in opened(filled, "a.xlsx", "csv", tmp_path).splitlines()]
    assert table[3:8] == [[f"问题{n}", "=1+1", str(n)] for n in range(1, 6)]
    assert table[8] == ["合计", "24", "15"]
