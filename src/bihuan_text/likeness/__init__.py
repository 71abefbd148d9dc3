"""Copied passages among papers: which characters of which paper stand in which other one.

The way of a paper: its text is *folded* to letters (marks and spaces dropped, widths, scripts of digits and traditional
forms made one), a rolling hash of every ten letters is *winnowed* to about half of them, and what many papers share is
marked common place by place. What only a few share is joined, put together along diagonals, extended letter by letter and
told as passages of the plain text. What is shown is advice to look, never a verdict on a person.
"""
