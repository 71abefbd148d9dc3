"""Browser tests of this folder."""

from tests.browser import served

__all__ = ["served"]
