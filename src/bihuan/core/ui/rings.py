"""Which ring stands beside which word. The ring gains an arc as proof comes in; the word always stands beside it."""

from __future__ import annotations

RINGS: dict[str, str] = {
    # a problem
    "待支委会研究": "is-raised",
    "已定措施": "is-set",
    "整改中": "is-doing",
    "待核验": "is-claimed",
    "退回": "is-sent-back",
    "已销号": "is-closed",
    "已延期": "is-extended",
    "再次出现": "is-again",
    "仍不满意": "is-closed",
    # a measure
    "未开始": "is-shut",
    "进行中": "is-doing",
    "已落实": "is-closed",
    # an answer to last year's problem
    "完成": "is-closed",
    "基本完成": "is-claimed",
    "持续推进": "is-doing",
    "未完成": "is-set",
    "还没有答复": "is-raised",
    # a standard against its proof, a thing read from a paper, a step of the year
    "有佐证": "is-closed",
    "还差": "is-doing",
    "通过": "is-closed",
    "已确认": "is-closed",
    "待确认": "is-raised",
    "不要": "is-shut",
    "已完成": "is-closed",
    "还不能开": "is-shut",
    "还不能办": "is-shut",
    "可以开始": "is-set",
}


def ring_of(word: str) -> str:
    """The class of the ring for a state word, or "" for a word that is no state."""
    return RINGS.get(str(word), "")
