"""Choices whose word is what is stored and what is shown: 书记 is 书记, in the database and on the page."""

from django.db import models


class Words(models.TextChoices):
    """Django would show a member's English name; here the label is the word itself."""

    @property
    def label(self) -> str:
        return str(self.value)
