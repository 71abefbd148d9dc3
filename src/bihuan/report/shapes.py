"""What a new draft begins with: headings, sentences that are nothing but records, lists, and open questions.

No sentence here claims anything that a record does not say; where the branch's own words are wanted, a question stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from bihuan.report.body import Body, Paragraph, Section, new_paragraph
from bihuan.report.facts.registry import FactValue
from bihuan.report.models import Shape

Facts = Mapping[str, FactValue]


def opening_body(shape: str, facts: Facts) -> Body:
    """The body a draft of that shape starts with, as the records stand."""
    return Body(_aspects(facts) if shape == Shape.ASPECTS else _process(facts))


def _process(facts: Facts) -> tuple[Section, ...]:
    """The process shape: what was done before, at and after the meeting, then what it found."""
    return (
        Section("opening", "", 0, (_lead(facts), _ask("请写：这次组织生活会的总体情况，支部自己的话，写一两句"))),
        Section("before", "前期准备"),
        Section("study", "学习", 2, (_say("会前集中学习{{集中学习次数}}次。"), _ask("请写：学了什么，怎么学的"))),
        Section("talks", "谈心谈话", 2, (_talks(), _ask("请写：谈了哪些方面，怎么谈的（不写个人的内容）"))),
        Section(
            "opinions", "征求意见", 2, (_say("共收到意见{{意见条数}}条。"), _ask("请写：向谁、用什么办法征求意见"))
        ),
        Section("meeting", "会议情况", 1, (_attendance(facts), *_appraisal(facts), _ask("请写：会上的情况"))),
        Section("prior", "上年度问题整改落实情况", 1, _prior(facts)),
        Section("problems", "查摆的问题", 1, _problems(facts)),
        Section("causes", "问题产生的原因", 1, (_say("{{原因清单}}"),)),
        Section("measures", "整改措施和下步打算", 1, (_measures(), _say("{{措施清单}}"))),
    )


def _aspects(facts: Facts) -> tuple[Section, ...]:
    """The shape of four parts. It tells nothing of the meeting but the opening; offered, not recommended."""
    lead = (_lead(facts), _attendance(facts), _ask("请写：会前做了什么，会上怎么样，一两句"))
    return (
        Section("opening", "", 0, lead),
        Section("prior", "上年度组织生活会查摆问题整改落实情况", 1, _prior(facts)),
        Section("problems", "查摆的问题", 1, _problems(facts)),
        Section("causes", "问题产生的原因", 1, (_say("{{原因清单}}"),)),
        Section("measures", "整改措施和努力方向", 1, (_measures(), _say("{{措施清单}}"))),
    )


def _say(text: str) -> Paragraph:
    return new_paragraph(text)


def _ask(question: str) -> Paragraph:
    return new_paragraph(question=question)


def _lead(facts: Facts) -> Paragraph:
    held = "支部于{{会议日期}}在{{会议地点}}召开{{年度}}年度组织生活会"
    if facts["通知名称"].missing:
        return _say(f"{held}。现将有关情况报告如下。")
    basis = "《{{通知名称}}》" + ("" if facts["通知文号"].missing else "（{{通知文号}}）")
    theme = "" if facts["会议主题"].missing else "，主题是“{{会议主题}}”"
    return _say(f"根据{basis}，{held}{theme}。现将有关情况报告如下。")


def _attendance(facts: Facts) -> Paragraph:
    text = "会议由{{主持人}}主持，应到党员{{应到}}名，实到{{实到}}名，缺席{{缺席}}名"
    for code, words in (("预备", "另有预备党员{{预备}}名参加"), ("列席", "列席{{列席}}人")):
        if facts[code].value not in {"", "0"}:
            text += f"，{words}"
    return _say(f"{text}。会上提出批评意见{{{{批评条数}}}}条。")


def _appraisal(facts: Facts) -> tuple[Paragraph, ...]:
    """Only where the branch held its 民主评议 at this meeting: then the four grades, and the probationary apart."""
    if facts["参评数"].missing:
        return ()
    text = (
        "同时开展民主评议党员，定等次{{参评数}}名，其中优秀{{优秀}}名、合格{{合格}}名、"
        "基本合格{{基本合格}}名、不合格{{不合格}}名"
    )
    apart = "，预备党员{{不定等次}}名不定等次" if facts["不定等次"].value not in {"", "0"} else ""
    return (_say(f"{text}{apart}。"),)


def _talks() -> Paragraph:
    return _say(
        "开展谈心谈话{{谈心谈话}}次，其中支委之间{{支委之间谈话}}次，"
        "支委和党员{{支委和党员谈话}}次，党员之间{{党员之间谈话}}次。"
    )


def _prior(facts: Facts) -> tuple[Paragraph, ...]:
    """The sums and the list; where the records say that there was nothing to answer, only why."""
    listed = _say("{{上年度问题清单}}")
    if facts["上年度问题数"].value == "0":
        return (listed,)
    text = (
        "上年度查摆的{{上年度问题数}}个问题，完成{{上年度完成}}个，基本完成{{上年度基本完成}}个，"
        "持续推进{{上年度持续推进}}个，未完成{{上年度未完成}}个。"
    )
    return (_say(text), listed)


def _problems(facts: Facts) -> tuple[Paragraph, ...]:
    personal = facts["个人问题数"].value not in {"", "0"}
    own = "党员个人查摆的{{个人问题数}}个问题列入个人整改清单。" if personal else ""
    return (_say("支部共查摆问题{{本年问题数}}个。" + own), _say("{{问题清单}}"))


def _measures() -> Paragraph:
    return _say("针对上述问题，支部定了{{措施数}}条措施，其中{{有责任人和时限的措施数}}条明确了责任人和时限。")
