"""The paper toolkit of 闭环: reads, checks and lays out the papers of a Party branch. No Django, usable alone.

>>> from bihuan_text import read, check
>>> paper = read("报告.docx")                   # a path, or bytes with a name; raises Unreadable, nothing else
>>> paper.report.problems                       # the structure, with places in paper.document.text
>>> findings = check(*paper)                    # never raises

``read`` is ``read_document`` (bytes → plain text that knows where it came from) and ``read_report`` (its structure).

Offsets are code points in ``document.text``, ends exclusive. Importing this package loads nothing heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .refusal import Unreadable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from .checks import Finding
    from .document import Document
    from .layout.measuring import Layout
    from .ledger import LedgerRow
    from .report import Report

__all__ = ["Reading", "Unreadable", "check", "ledger_rows", "read", "read_document", "read_report"]

# Imports inside the functions keep `import bihuan_text` light: the command line answers --help without lxml.


class Reading(NamedTuple):
    """A paper as text, and its structure; ``check(*reading)`` reviews it."""

    document: Document
    report: Report


def read(paper: Path | str | bytes, name: str = "") -> Reading:
    """Read a paper: the path of a file, or its bytes with the ``name`` it had (its ending tells .md from .txt).

    Raises ``Unreadable``, whose ``reason_zh`` is one sentence for the user: what is wrong with the file, what to do.
    """
    if isinstance(paper, bytes):
        document = read_document(paper, name)
    else:
        from pathlib import Path  # noqa: PLC0415

        from .readers import read_file  # noqa: PLC0415

        document = read_file(Path(paper))
    return Reading(document, read_report(document))


def read_document(data: bytes, name: str) -> Document:
    """The paper behind a file's bytes; ``name`` tells .md from .txt. Raises ``Unreadable`` with a Chinese sentence."""
    from .readers import read_document as read  # noqa: PLC0415

    return read(data, name)


def read_report(document: Document) -> Report:
    """The structure of a paper: prior items, aspects, problems, examples, causes, measures, warnings."""
    from .reading import read_report as read  # noqa: PLC0415

    return read(document)


def check(
    document: Document,
    report: Report | None = None,
    *,
    kind: str | None = None,
    last_year: Report | None = None,
    last_document: Document | None = None,
    layout: Layout | None = None,
    notice: Report | None = None,
    off: Collection[str] = (),
    silenced: Mapping[str, str] | None = None,
) -> list[Finding]:
    """What a strict reviewer would remark, in the order of the text; ``kind`` overrides the kind that was read.

    ``last_year`` and ``last_document`` are last year's paper, read and as it is; ``layout`` is the measured .docx
    (``bihuan_text.layout.measured``), without which nothing is said of the layout; ``notice`` is this year's 通知,
    read, whose aspects the paper must answer. Rules in ``off`` are not run; findings of rules in ``silenced`` (id → reason)
    come back with the reason. Raises ``ValueError`` for an unknown rule only.
    """
    from .checks import findings  # noqa: PLC0415

    return findings(
        document, report, kind=kind, last_year=last_year, last_document=last_document, layout=layout,
        notice=notice, off=off, silenced=silenced,
    )  # fmt: skip


def ledger_rows(document: Document) -> list[LedgerRow]:
    """The rows of a 整改台账 given as a table; empty when there is no such table."""
    from .ledger import ledger_rows as rows  # noqa: PLC0415

    return rows(document)
