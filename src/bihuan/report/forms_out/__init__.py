"""The forms of a meeting that come out of the records: 签到表, 会议记录, 计票单 … 情况报告, filled or blank.

shape: what a form is · source: the records they are filled from · before and after the meeting: one file a part of the
archive · shelf: all of them in archive order · word, excel: the files · folder: one zip with a list and digests.
"""
