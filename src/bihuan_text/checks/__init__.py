"""What a strict reviewer remarks on one paper: a registry of small rules, one file a family, words and tables as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .registry import Finding, Mend, Paper, Rule, Severity, all_rules, paper_of

if TYPE_CHECKING:
    from bihuan_text.document import Document
    from bihuan_text.report import Report

__all__ = ["Finding", "Mend", "Paper", "Rule", "Severity", "all_rules", "findings"]


def findings(
    document: Document, report: Report | None = None, *, kind: str | None = None, last_year: Report | None = None
) -> list[Finding]:
    """The findings of all rules in the order of the text; those about the whole paper come last.

    ``kind`` (one of the contract's kinds) overrides the kind that was read; ``last_year`` is the report of last year's
    paper, against which R20 is then checked.
    """
    paper = paper_of(document, report, kind, last_year)
    found = [finding for rule in all_rules() for finding in rule.run(paper)]
    return sorted(found, key=lambda f: (f.start is None, f.start or 0, f.end or 0, f.rule))
