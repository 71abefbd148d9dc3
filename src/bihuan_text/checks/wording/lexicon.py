"""What each word costs, the negative logarithm of its share in the language, and which characters sound or look alike."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import add

from bihuan_text.lists import words

UNKNOWN = 21.0  # a character that is no word by itself
LONGEST = 8  # characters of a word
_OWN = 9.5  # a word of the field that the list does not have

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严魏姜谢邹苏潘葛范彭鲁韦马方任袁柳史唐薛雷贺罗郝安常于傅齐康余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪"
    "舒屈项祝董梁杜阮蓝闵贾江郭梅林钟徐邱骆高夏蔡田胡凌霍万柯管卢莫丁邓洪包石崔吉龚程裴陆翁甄曲侯段白刘龙叶司黎谭温庄晏柴瞿阎连习鱼容向易廖耿欧聂曾关游"
    "伍苑喻蒲肖阳尤祁覃苗牛岳仇付巩艾刁丛冷辛佟邬晋栾甘景敖郎臧苟芦蔺柏柯邸娄涂闫薄占商屠桂简詹牟卞殷池鄢鞠褚窦阮裘班仲宫姬邰亓佘缪阚逄匡隋晁靳羿储"
)


@cache
def _loaded() -> tuple[dict[str, float], frozenset[str]]:
    """Word → cost, and the idioms among them."""
    costs: dict[str, float] = {}
    idioms: set[str] = set()
    packed = files("bihuan_text").joinpath("data", "words.z").read_bytes()
    for line in zlib.decompress(packed).decode("utf-8").split("\n"):
        head, *row = line.split(" ")
        costs.update(dict.fromkeys(row, int(head.rstrip("!")) / 10))
        if head.endswith("!"):
            idioms.update(row)
    for line in words("field_words.txt"):
        for word in line.split():
            costs[word] = min(costs.get(word, _OWN), _OWN)
    return costs, frozenset(idioms)


def costs() -> dict[str, float]:
    """Word → cost."""
    return _loaded()[0]


def idioms() -> frozenset[str]:
    """Set phrases of four characters."""
    return _loaded()[1]


@cache
def joints() -> set[str]:
    """Every two characters that stand side by side inside a word: between any other two every parting cuts."""
    words = {size: list(row) for size, row in groupby(sorted(costs(), key=len), len)}
    found = set(words.pop(2))
    for size, row in words.items():
        joined = "".join(row)
        for at in range(size - 1):  # the characters at this place of all words of one length, and those after them
            found.update(map(add, joined[at::size], joined[at + 1 :: size]))
    return found


@cache
def _sounds() -> dict[str, frozenset[str]]:
    """Character → its sounds, with what is often confused in speech made one (zh z, ng n)."""
    found: dict[str, frozenset[str]] = {}
    for line in words("sounds.txt"):
        sound, row = line.split(" ")
        alone = frozenset((_loose(sound),))  # shared by all that have no other sound
        for letter in row:
            found[letter] = found[letter] | alone if letter in found else alone
    return found


def _loose(sound: str) -> str:
    for hard, soft in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        sound = sound.replace(hard, soft)
    return sound[:-1] if sound.endswith("ng") else sound


@cache
def _shapes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in words("shapes.txt"):
        for letter in line:
            found.setdefault(letter, set()).update(line)
    return {letter: frozenset(row) for letter, row in found.items()}


def sounds_of(letter: str) -> frozenset[str]:
    """Its sounds, loosely."""
    return _sounds().get(letter, frozenset())


def shapes_of(letter: str) -> frozenset[str]:
    """The characters that look like it, itself among them."""
    return _shapes().get(letter, frozenset())


def letters_alike() -> frozenset[str]:
    """The characters that have a sound or a shape here."""
    return frozenset(_sounds()) | frozenset(_shapes())


def alike(a: str, b: str) -> bool:
    """Whether two characters sound or look alike, so that one is typed for the other."""
    none: frozenset[str] = frozenset()
    return bool(_sounds().get(a, none) & _sounds().get(b, none)) or b in _shapes().get(a, none)
