"""《中国共产党支部工作条例（试行）》关于设置、应到的规定。纯函数：数进去，话出来。"""

from __future__ import annotations

from datetime import datetime, timedelta

PASSWORDS_KEPT = 3  # R55: none of the last ones again


def must_have_committee(full_members: int) -> bool:
    """正式党员7人以上应当设支委会。《中国共产党支部工作条例（试行）》关于支部委员会设置的规定（R7）。"""
    return full_members >= 7


def committee_remark(full_members: int, committee: int) -> str:
    """One sentence about the committee's size, or "" (R7)."""
    if must_have_committee(full_members) and committee == 0:
        return f"正式党员{full_members}名，满7名应当设立支委会，名册上还没有委员。"
    if committee and not 3 <= committee <= 7:
        return f"支委会现在{committee}人，一般设3至5人，最多不超过7人。"
    return ""


def size_remark(members: int) -> str:
    """One sentence about the branch's size, or "" (R8): 一般不超过50人."""
    return f"支部现有党员{members}名，一般不超过50名，请向上级党组织请示是否分设。" if members > 50 else ""


def password_too_old(set_at: datetime | None, now: datetime, days: int) -> bool:
    """Whether a password must be changed: older than so many days, or nobody knows how old; 0 days: it never must (R55)."""
    return days > 0 and (set_at is None or now - set_at > timedelta(days=days))
