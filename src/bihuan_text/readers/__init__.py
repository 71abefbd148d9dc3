"""Bytes → ``Document``: find out what a file is, read it, or say in one sentence why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan_text.refusal import Unreadable

from .limits import MAX_CHARACTERS, MAX_FILE_BYTES, MAX_PARAGRAPHS, too_large, too_many_paragraphs
from .sniff import WORD_ENDINGS, Form, damaged, form_of

if TYPE_CHECKING:
    from pathlib import Path

    from bihuan_text.document import Document

_OTHERS = {Form.RTF, Form.PDF, Form.WORD_XML, Form.PAGE, Form.KEPT_PAGE}


def read_document(data: bytes, name: str) -> Document:
    """Read a paper; ``name`` is only used for its ending and in messages. Raises ``Unreadable`` and nothing else."""
    if len(data) > MAX_FILE_BYTES:
        raise Unreadable(too_large(len(data)))
    form = form_of(data, name)
    try:
        document = read_form(data, name, form)
    except (MemoryError, RecursionError) as error:
        raise Unreadable("文件的结构异常，为安全起见没有读取，请用 Word 或 WPS 打开后另存为 .docx 再试。") from error
    return _checked(document)


def read_file(path: Path) -> Document:
    """Read the paper in a file. Raises ``Unreadable`` and nothing else."""
    from .files import file_bytes

    return read_document(file_bytes(path), path.name)


def read_form(data: bytes, name: str, form: Form) -> Document:
    """The document of a file of this form; raises ``Unreadable``.

    Each reader is loaded only for the files that need it: XML and tables of formats take their time to load.
    """
    # ruff: noqa: PLC0415
    if form is Form.DOCX:
        from .docx import read_docx

        return read_docx(data, name)
    if form is Form.DOC:
        from .doc import read_doc

        return read_doc(data, name)
    if form in _OTHERS:
        return _read_other(data, name, form)
    from .decoding import NotText
    from .plain import read_plain

    try:
        return read_plain(data, name, form.value)
    except NotText as refusal:  # a text may be called .doc, but what is no text and called .doc is a broken .doc
        raise (damaged() if name.lower().endswith(WORD_ENDINGS) else refusal) from refusal


def _read_other(data: bytes, name: str, form: Form) -> Document:
    if form is Form.RTF:
        from .rtf import read_rtf

        return read_rtf(data, name)
    if form is Form.WORD_XML:
        from .word_xml import read_word_xml

        return read_word_xml(data, name)
    if form is Form.PDF:
        from .pdf import read_pdf

        return read_pdf(data, name)
    from .page import read_kept_page, read_page

    return (read_page if form is Form.PAGE else read_kept_page)(data, name)


def _checked(document: Document) -> Document:
    if len(document.text) > MAX_CHARACTERS:
        raise Unreadable(f"文件超过 {MAX_CHARACTERS // 10000} 万字，不像一份材料，请只提交这份材料本身。")
    if len(document.paragraphs) > MAX_PARAGRAPHS:
        raise too_many_paragraphs()
    if not document.text.strip():
        raise Unreadable("文件里没有文字，如果内容是图片或扫描件，请先录成文字再试。")
    return document
