"""Whether two problems read like the same matter: a score on runs of two and three characters, without the words that
every such paper is full of. Pure: texts in, a number out. Nothing is decided here, a person confirms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

# Words that stand in any list of problems and say nothing about which problem it is. Longer ones first.
_WORDS = """
    还有差距 有差距 有所欠缺 有待提高 有待加强 需要加强 不够到位 不够及时 不够深入 不够扎实 不够严格 不够规范 不够充分 不够经常
    不到位 不及时 不深入 不扎实 不严格 不规范 不充分 不经常 不主动 不全面 不具体 不明显 不健全 不完善 不彻底 不平衡 不了解
    不够 不足 不深 不实 不细 不严 不高 不强 不多 不好 不广 不少 不力 不全 欠缺 薄弱 缺乏 缺少 没有 没能 未能 存在 出现 仍然 依然
    还是 还有 还没 有时 有的 有些 个别 部分 少数 一些 经常 往往 容易 相对 比较 较为 方面 问题 情况 现象 工作 开展 进行 落实 做好
    抓好 加强 提高 进一步 力度 程度 水平 意识 能力 作用 效果 支委会 支委 支部 党支部 党员 同志 班子 成员 干部 我们 自己 对于 关于
    由于 因为 所以 但是 以及 或者 并且 而且 今年 去年 本年度 上年度 重视 认识 主要 具体 实际 相关 有关 各项
    流于形式 走过场 制定 计划 反映 回复 群众 安排 制度 规定 要求 按照
    """
_FILLER = sorted(_WORDS.split(), key=len, reverse=True)
_DROPPED = re.compile("|".join(map(re.escape, _FILLER)))
_BETWEEN = re.compile(r"[^一-龥A-Za-z]+")  # numbers and signs part the runs: the day and the count change every year
_THIN = re.compile(r"[的地得了着过和与及对在把被让将从到向为是有也都就而其]")

ALIKE = (
    0.20  # tests/ledger/likeness.tsv: the cut that parts the invented pairs from the non-pairs with room on both sides
)


def grams(text: str, size: int) -> frozenset[str]:
    """The runs of `size` characters of a text that are not filler; none cross a sign or a dropped word."""
    runs = _BETWEEN.split(_THIN.sub("", _DROPPED.sub(" ", text)))
    return frozenset(run[i : i + size] for run in runs for i in range(len(run) - size + 1))


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same words).

    Shared runs of two characters against those of the shorter text (mostly) and of the longer; every shared run of three
    counts half as much again. A single shared word is a coincidence and scores nothing.
    """
    pairs = grams(one, 2), grams(other, 2)
    common = len(pairs[0] & pairs[1])
    if common < 2:
        return 0.0
    smaller, larger = sorted(map(len, pairs))
    threes = len(grams(one, 3) & grams(other, 3))
    return min(1.0, (common + threes / 2) / (0.7 * smaller + 0.3 * larger))


K = TypeVar("K")


def alike(text: str, others: Iterable[tuple[K, str]], *, most: int = 3) -> list[K]:
    """The keys of those others that read like `text`, the likest first."""
    scored = [(likeness(text, words), key) for key, words in others]
    found = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [key for _, key in found[:most]]
