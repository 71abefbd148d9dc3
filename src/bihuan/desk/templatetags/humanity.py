"""Ordinals as official papers write them."""

from django import template

register = template.Library()
_DIGITS = "零一二三四五六七八九"


@register.filter
def ordinal(number: int) -> str:
    """1 → 一, 12 → 十二, 23 → 二十三; up to 99."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
