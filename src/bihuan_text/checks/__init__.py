"""What a strict reviewer remarks on one paper: a registry of small rules, one file a family, words and tables as data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from .registry import Finding, Mend, Paper, Rule, Severity, all_rules, paper_of, with_reason

if TYPE_CHECKING:
    from bihuan_text.document import Document
    from bihuan_text.layout.measuring import Layout
    from bihuan_text.report import Report

__all__ = ["Finding", "Mend", "Paper", "Rule", "Severity", "all_rules", "findings", "known_rules"]


def findings(
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
    """The findings of all rules in the order of the text; those about the whole paper come last.

    ``kind`` (one of the contract's kinds) overrides the kind that was read; ``last_year`` is the report of last year's
    paper (its problems must be answered, R20, and not be copied, D11), ``last_document`` that paper itself (R19). ``layout`` is
    the measured .docx (``bihuan_text.layout.measured``); without it nothing is said of the layout.
    ``notice`` is the reading of this year's 通知, whose aspects the paper must answer (D02).
    Rules in ``off`` are not run; findings of rules in ``silenced`` (id → reason) come back with their reason, and
    nobody is held to them. Raises ``ValueError`` for an unknown rule or an empty reason.
    """
    reasons = dict(silenced or {})
    known_rules(off, reasons)
    last_text = last_document.text if last_document else ""
    paper = paper_of(document, report, kind, last_year, last_text, layout, notice.notice if notice else None)
    rules = [rule for rule in all_rules() if rule.on and rule.code not in off]
    found = [finding for rule in rules for finding in rule.run(paper)]
    found = _told_once(found)
    found = [with_reason(f, reasons[f.rule]) if f.rule in reasons else f for f in found]
    return sorted(found, key=lambda f: (f.start is None, f.start or 0, f.end or 0, f.rule))


def _told_once(found: list[Finding]) -> list[Finding]:
    """Without slips of the pen (D28) inside a name that is wrong as a whole."""
    graver = [f for f in found if f.rule in ("D20", "R39", "R40")]

    def said(slip: Finding) -> bool:
        return any((f.start or 0) < (slip.end or 0) and (slip.start or 0) < (f.end or 0) for f in graver)

    return [f for f in found if f.rule != "D28" or not said(f)]


def known_rules(off: Collection[str], silenced: Mapping[str, str]) -> None:
    """Raise ``ValueError`` with a Chinese sentence for a rule that does not exist or a reason that says nothing."""
    unknown = {*off, *silenced} - {rule.code for rule in all_rules()}
    if unknown:
        raise ValueError(f"没有编号为{'、'.join(sorted(unknown))}的规则，请核对编号。")
    if empty := [code for code, reason in silenced.items() if not reason.strip()]:
        raise ValueError(f"不再提示{'、'.join(empty)}要写明理由。")
