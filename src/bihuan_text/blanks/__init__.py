"""The superior's own form: find the blanks of a .docx or .xlsx, and fill them without touching anything else.

>>> template = find_blanks(data, "上报表.docx")                    # raises Unreadable
>>> filled = fill(data, "上报表.docx", {address: Said("12")}, [])   # bytes of the same form, filled

A blank is known by an address made from its surroundings, so that it keeps it when the template moves around it. The
XML is edited in place: paragraphs and cells that are not filled, and every other part of the file, stay as they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Blank, Line, Rows, Said, Template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Blank", "Line", "Rows", "Said", "Template", "fill", "find_blanks"]


def find_blanks(data: bytes, name: str) -> Template:
    """The blanks of a template, in the order of the page. Raises ``Unreadable`` with one Chinese sentence."""
    from .files import opened  # noqa: PLC0415  (lxml is loaded only when a file is read)

    return opened(data, name).template()


def fill(data: bytes, name: str, values: Mapping[str, Said], rows: Sequence[Rows]) -> bytes:
    """The template with ``values`` (address → what is said there) and ``rows`` (lists) written in.

    Addresses that the template does not have are passed over. Raises ``Unreadable``.
    """
    from .files import opened  # noqa: PLC0415

    return opened(data, name).filled(values, rows)
