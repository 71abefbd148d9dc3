"""Figures of GB/T 9704—2012 that both writers share; lengths in millimetres or points as their names say."""

from __future__ import annotations

from typing import Final

# 5.1, 5.2.1: A4; 天头 37, 订口 28, 版心 156 × 225, the rest follows.
PAPER_MM: Final = (210.0, 297.0)
TOP_MM: Final = 37.0
BOTTOM_MM: Final = 35.0
LEFT_MM: Final = 28.0
RIGHT_MM: Final = 26.0
AREA_MM: Final = (156.0, 225.0)

# 5.2.3: 22 lines of 28 characters fill the type area.
LINES: Final = 22
CHARACTERS: Final = 28

# 225 mm / 22 = 28.99 pt; 28.95 pt is the largest whole number of twips (579) of which 22 fit.
PITCH_PT: Final = 28.95
# 28 characters of 16 pt are 448 pt, the area is 442.2 pt wide: each gives a quarter of a point away.
TRACKING_PT: Final = -0.25

BODY_PT: Final = 16.0
TITLE_PT: Final = 22.0
PAGE_NUMBER_PT: Final = 14.0
IMPRINT_PT: Final = 14.0
# The standard is silent about tables; 小四 with a 20 pt line is what offices use in attachments.
TABLE_PT: Final = 12.0
TABLE_PITCH_PT: Final = 20.0

# 7.5: the dash beside the page number stands 7 mm below the type area.
PAGE_NUMBER_BELOW_MM: Final = 7.0

# 7.2.4: the upper edge of the red mark stands 35 mm below that of the type area; its size is not said: as large as one
# line allows, never smaller than the title.
MARK_BELOW_MM: Final = 35.0
MARK_PT: Final = 42.0
# 7.2.7: the red rule stands 4 mm below the number, as wide as the type area.
HEAD_RULE_BELOW_MM: Final = 4.0
HEAD_RULE_MM: Final = 0.5
RED: Final = "FF0000"

# 7.4.1: rules of the imprint; the inner ones are thinner.
OUTER_RULE_MM: Final = 0.35
INNER_RULE_MM: Final = 0.25

POINTS_PER_MM: Final = 72 / 25.4
CHARACTER_PT: Final = BODY_PT + TRACKING_PT


def mark_pt(characters: float) -> float:
    """Size of the red mark, in points, for a name of so many characters on one line."""
    widest = (AREA_MM[0] - 8) * POINTS_PER_MM
    return max(TITLE_PT, min(MARK_PT, int(widest / max(characters, 1.0))))


def twips(points: float) -> int:
    """Points to twentieths of a point, the unit of OOXML."""
    return round(points * 20)


def mm_twips(millimetres: float) -> int:
    """Millimetres to twips."""
    return twips(millimetres * POINTS_PER_MM)
