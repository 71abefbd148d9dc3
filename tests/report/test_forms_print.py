"""Blank forms as a printer gets them: drawn by LibreOffice, each on one page with its lines to sign on."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bihuan.report.forms_out.excel import excel_of
from bihuan.report.forms_out.shelf import FORMS, REPORT
from bihuan.report.forms_out.word import word_of

pytestmark = pytest.mark.skipif(
    not shutil.which("soffice") or not shutil.which("pdfinfo"),
    reason="LibreOffice or poppler is not installed: no blank form was drawn",
)
BLANK = [form for form in FORMS if form.number != REPORT]


def drawn(folder: Path, files: dict[str, bytes]) -> dict[str, Path]:
    """Every file as a PDF."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "out")]
    subprocess.run([*command, *(str(folder / name) for name in files)], check=True, capture_output=True, timeout=180)
    return {name: (folder / "out" / name).with_suffix(".pdf") for name in files}


def pages(pdf: Path) -> int:
    said = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True).stdout.decode()
    found = re.search(r"Pages:\s+(\d+)", said)
    assert found
    return int(found.group(1))


def words(pdf: Path) -> str:
    return subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True).stdout.decode()


def test_every_blank_form_is_one_page_with_its_lines_to_sign_on(tmp_path: Path) -> None:
    made = drawn(tmp_path, {f"{form.number}.docx": word_of(form, None) for form in BLANK})
    assert {name: pages(pdf) for name, pdf in made.items()} == {name: 1 for name in made}
    assert [name for name, pdf in made.items() if "（签字）" not in words(pdf)] == []


def test_every_blank_workbook_is_one_page_wide(tmp_path: Path) -> None:
    sheets = [form for form in BLANK if form.sheet]
    files = {f"{form.number}.xlsx": excel_of(form.fill(None), landscape=form.landscape) for form in sheets}
    made = drawn(tmp_path, files)
    last = {f"{form.number}.xlsx": form.fill(None).leaves[0].grids[-1].header[-1] for form in sheets}
    for name, pdf in made.items():
        first = subprocess.run(["pdftotext", "-l", "1", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
        assert last[name] in "".join(first.split()), name
