"""The layout of a .docx held against GB/T 9704—2012: measured, told in sentences, and mended.

>>> layout = measured(data, document, report.title)     # None for what is no .docx; never raises
>>> deviations(layout)                                   # what is not as the standard has it, in the order of the page
>>> better = mended(data)                                # the same words, laid out; raises Unreadable
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .deviation import Deviation

if TYPE_CHECKING:
    from bihuan_text.document import Document

    from .measuring import Layout

__all__ = ["Deviation", "deviations", "measured", "mended"]

# lxml is loaded only when a file is measured.


def measured(data: bytes, document: Document, title: str | None) -> Layout | None:
    """What ``deviations`` looks at; None for what is no .docx. ``document`` is its reading, ``title`` what was read in it."""
    from .measuring import measured as measure  # noqa: PLC0415

    return measure(data, document, title)


def deviations(layout: Layout) -> list[Deviation]:
    """Every deviation once, with how many paragraphs it concerns and where the first stands."""
    from .telling import told  # noqa: PLC0415

    return told(layout)


def mended(data: bytes) -> bytes:
    """The same paper with its page, margins, typefaces, sizes, pitch, indents and page numbers as the standard has them.

    Words stay as they are, and so do tables and attachments but for their “附件” line. Raises ``Unreadable``.
    """
    from .mending import mended as mend  # noqa: PLC0415

    return mend(data)
