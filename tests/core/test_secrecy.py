"""A marking of secrecy is told from the word; nothing that bears one comes in (R53)."""

import pytest

from bihuan.core.secrecy import marking


@pytest.mark.parametrize(
    ("text", "bears"),
    [
        ("机密★10年", True),
        ("密级：秘密", True),
        ("关于某事的通报\n绝密\n全文", True),
        ("（机密）关于某事", True),
        ("学习保守党的秘密的规定", False),
        ("机密文件管理制度没有上墙", False),
        ("机 密☆", True),
        ("要严守党的秘密，保守机密，不得泄密。\n一是绝密文件的保管不严。", False),
    ],
)
def test_a_marking_is_told_from_the_word(text: str, bears: bool) -> None:
    assert bool(marking(text)) == bears
