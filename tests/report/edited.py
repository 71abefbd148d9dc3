"""Files as other programs write them: our own .docx, edited the way Word, WPS and LibreOffice would."""

from __future__ import annotations

import copy
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Node = Any


def edit(data: bytes, change: Callable[[Node], None]) -> bytes:
    """The file with its body changed."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                tree = etree.fromstring(content)
                change(tree.find(W + "body"))
                content = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            out.writestr(name, content)
    return target.getvalue()


def text_of(paragraph: Node) -> str:
    return "".join(each.text or "" for each in paragraph.iter(W + "t"))


def paragraph(body: Node, start: str) -> Node:
    """The first paragraph that begins so."""
    return next(each for each in body.iter(W + "p") if text_of(each).startswith(start))


def say(body: Node, old: str, new: str) -> None:
    """Replace words inside one run, wherever they first stand."""
    for each in body.iter(W + "t"):
        if old in (each.text or ""):
            each.text = each.text.replace(old, new, 1)
            return
    raise AssertionError(f"{old} stands in no run")


def new_paragraph(text: str) -> Node:
    made = etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t/></w:r></w:p>')
    made.find(f"{W}r/{W}t").text = text
    return made


def flatten(body: Node) -> None:
    """Content controls are gone and only their words are left, as WPS leaves them after some edits."""
    for control in list(body.iter(W + "sdt")):
        parent, content = control.getparent(), control.find(W + "sdtContent")
        at = parent.index(control)
        for child in list(content):
            parent.insert(at, child)
            at += 1
        parent.remove(control)


def drop_marks(body: Node) -> None:
    """No bookmark is left, as after copying everything into a new file."""
    for name in ("bookmarkStart", "bookmarkEnd"):
        for each in list(body.iter(W + name)):
            each.getparent().remove(each)


def split_runs(body: Node) -> None:
    """Word splits a run wherever its spelling check or a save left a trace, and adds rsid to everything."""
    for number, run in enumerate(list(body.iter(W + "r"))):
        text = run.find(W + "t")
        if text is None or len(text.text or "") < 2:
            continue
        half = len(text.text) // 2
        other = copy.deepcopy(run)
        other.find(W + "t").text, text.text = text.text[half:], text.text[:half]
        run.set(W + "rsidR", f"00{number:06X}")
        proof = etree.Element(W + "proofErr")
        proof.set(W + "type", "spellStart")
        run.addnext(proof)
        proof.addnext(other)


def smart_tags(body: Node) -> None:
    """Old Word wraps what it takes for dates and places in smart tags."""
    for run in list(body.iter(W + "r")):
        _wrap(run, "smartTag", uri="urn:schemas-microsoft-com:office:smarttags", element="date")


def inserted_controls(body: Node) -> None:
    """Controls pasted while changes were tracked: an insertion around each, and one inside it."""
    for number, control in enumerate(list(body.iter(W + "sdt"))):
        if control.getparent().tag == W + "p":
            _wrap(control, "ins", id=str(2000 + number), author="某", date="2026-03-01T00:00:00Z")
        for run in control.findall(f"{W}sdtContent/{W}r"):
            _wrap(run, "ins", id=str(4000 + number), author="某", date="2026-03-01T00:00:00Z")


def controls_around(body: Node) -> None:
    """WPS and Word put controls of their own around paragraphs and around other controls."""
    for each in [*body.findall(W + "p"), *(sdt for sdt in body.iter(W + "sdt") if sdt.getparent().tag == W + "p")]:
        outer = _wrap(_wrap(each, "sdtContent"), "sdt")
        outer.insert(
            0, etree.fromstring(f'<w:sdtPr xmlns:w="{W[1:-1]}"><w:alias w:val="外框"/><w:id w:val="77"/></w:sdtPr>')
        )


def _wrap(node: Node, name: str, **attributes: str) -> Node:
    """An element put around a node, in its place."""
    outer = etree.Element(W + name)
    for key, value in attributes.items():
        outer.set(W + key, value)
    node.getparent().replace(node, outer)
    outer.append(node)
    return outer


def delete_control(body: Node, ref: str, new: str = "") -> None:
    """Somebody deletes a control while changes are tracked and types something in its place."""
    for control in list(body.iter(W + "sdt")):
        tag = control.find(f"{W}sdtPr/{W}tag")
        if tag is not None and tag.get(W + "val") == f"fact:{ref}":
            for run in control.findall(f"{W}sdtContent/{W}r"):
                for text in run.findall(W + "t"):
                    text.tag = W + "delText"
                _wrap(run, "del", id="901", author="某", date="2026-03-01T00:00:00Z")
            if new:
                typed = etree.fromstring(f'<w:ins xmlns:w="{W[1:-1]}" w:id="902"><w:r><w:t>{new}</w:t></w:r></w:ins>')
                control.addnext(typed)
            return
    raise AssertionError(f"no control of {ref}")


def tracked(body: Node, start: str, old: str, new: str) -> None:
    """`old` becomes `new` in that paragraph as a tracked change."""
    for run in list(paragraph(body, start).iter(W + "r")):
        text = run.find(W + "t")
        if text is not None and old in (text.text or ""):
            before, _, after = text.text.partition(old)
            made = f"""<w:x xmlns:w="{W[1:-1]}"><w:r><w:t>{before}</w:t></w:r>
              <w:del w:id="901" w:author="某" w:date="2026-03-01T00:00:00Z"><w:r><w:delText>{old}</w:delText></w:r></w:del>
              <w:ins w:id="902" w:author="某" w:date="2026-03-01T00:00:00Z"><w:r><w:t>{new}</w:t></w:r></w:ins>
              <w:r><w:t>{after}</w:t></w:r></w:x>"""
            for child in reversed(list(etree.fromstring(re.sub(r">\s+<", "><", made)))):
                run.addnext(child)
            run.getparent().remove(run)
            return
    raise AssertionError(f"{old} stands in no run of the paragraph")


def through_libreoffice(data: bytes, folder: Path, form: str = "docx:MS Word 2007 XML") -> bytes:
    """Opened and saved again by LibreOffice. The file may be .docx or .odt; its first bytes tell."""
    if not shutil.which("soffice"):
        pytest.skip("soffice is not installed: the way through LibreOffice was NOT tried")
    ending = "odt" if b"opendocument.text" in data[:200] else "docx"
    source, target = folder / "in" / f"paper.{ending}", folder / "out"
    source.parent.mkdir()
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", form, "--outdir", str(target)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    return (target / f"paper.{form.partition(':')[0]}").read_bytes()
