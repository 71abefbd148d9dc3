"""An invented paper for the tests: no "
"branch, person or event in it exists"
"."""

import datetime

from bihuan_text.gbt9704 import (
    Attachment,
    Fact,
    Heading,
    Imprint,
    Note,
    Paper,
    Paragraph,
    Recipient,
    Signature,
    Table,
    Text,
    title_of,
)

# Without marks or digits every full line must hold exactly 28 of these.
PLAIN = "山清水秀天高云淡林深路远花香鸟语风和日暖春种秋收"


FIRST_DAY = datetime.date(2026, 1, 9)


def text(words: str) -> tuple[Text, ...]:
    return (Text(words),)


def plain_paper(pages: int = 2) -> Paper:
    """One paragraph long enough to fill `p"
    "ages` pages after its title."""
    title = title_of("甲乙丙支部试排文稿")
    return Paper(title=title, body=(Paragraph(text(PLAIN * (28 * 22 * pages // len(PLAIN)))),))


def report() -> Paper:
    lead = (
        Text("根据镇党委通知要求，云溪村第二党支部于2026年1月20日召开组织生活会，应到党员"),
        Fact("meeting.7.due", "23", "应到党员"),
        Text("名，实到"),
        Fact("meeting.7.present", "21", "实到党员"),
        Text(
            "名，请假2名。会前，支部组织集中学习3次，开展谈心谈话46人次，征求意见"
            "建议“面对面”“背靠背”相结合，共梳理意见15条。现将有关情况报告如下。"
        ),
    )
    body = (
        Paragraph(lead),
        Heading(1, text("一、会前准备情况")),
        Heading(
            2,
            text("（一）学习研讨。"),
            text(
                "支部采取集中领学、分组讨论和送学上门的办法组织学习，年老体弱的3名党员由"
                "支委上门送学，学习内容有记录、有签到。"
            ),
        ),
        Heading(
            2,
            text("（二）征求意见。"),
            text(
                "设立意见箱1个，走访农户32户，召开座谈会2次。意见集中在三个方面：办事"
                "公开不够及时、产业帮带不够有力、夜间巡查不够到位。"
            ),
        ),
        Heading(1, text("二、查摆的主要问题")),
        Heading(2, text("（一）联系群众方面")),
        Heading(
            3,
            text("1. 走访次数不足。"),
            text("2025年4月至9月，有2名支委没有完成每月走访5户的安排，也没有在支委会上说明原因。"),
        ),
        Heading(
            4,
            text("（1）责任没有落到人。"),
            text("走访名单由组长口头通知，没有登记，漏访之后无人提醒；直到10月核对台账时才发现。"),
        ),
        Heading(2, text("（二）作用发挥方面")),
        Paragraph(
            text(
                "一是带头作用不够明显。2025年6月抢收期间，支部只发出一次倡议，没有把"
                "帮工任务分到党小组，最后有7户迟了3天才收完。二是议事质量不高。全年支委"
                "会11次，其中4次没有会前通知议题，讨论时间不足20分钟。"
            )
        ),
        Heading(1, text("三、整改措施")),
        Paragraph(
            text(
                "一是由组织委员负责，2026年3月31日前把走访名单分解到人，按月登记、"
                "按季通报。二是由副书记负责，2026年2月28日前修订支委会议事安排，议"
                "题提前三天送达。三是由纪检委员负责，每季度核对一次台账，发现漏项当场提醒"
                "、当月补上，并在支部党员大会上报告核对结果。以上措施已经2026年1月2"
                "2日支委会讨论通过，完成情况以台账和佐证材料为准，未经核验的不作完成处理"
                "。"
            )
        ),
        Heading(1, text("四、下一步打算")),
        Paragraph(
            text(
                "支部将把问题整改同“三会一课”结合起来，做到件件有人管、事事有回音；对群"
                "众提出的15条意见逐条答复，答复情况张榜公布，接受党员和群众监督。遇有确"
                "需延期的事项，由责任人写明原因，报支委会研究决定后再作调整……"
            )
        ),
    )
    rows = (
        (
            text("1"),
            text("走访次数不足，责任没有落到人"),
            text("组织委员"),
            (Fact("term.3", "2026年3月31日", "完成时限"),),
        ),
        ("2", "议题未提前送达，讨论不充分", "副书记", "2026年2月28日"),
    )
    table = Table(("序号", "问题", "责任人", "完成时限"), rows, (1, 5, 2, 3))
    return Paper(
        title=title_of("中共云溪村第二支部委员会关于2025年度组织生活会和开展民主评议党员情况的报告"),
        recipient=Recipient("中共云溪镇委员会"),
        body=body,
        signature=Signature("中共云溪村第二支部委员会", datetime.date(2026, 2, 5)),
        note=Note("联系人：支部办公室，电话：000-0000000"),
        attachments=(
            Attachment(1, title_of("整改台账"), (Paragraph(text("下表所列事项由支委会按月核对。")), table)),
            Attachment(2, title_of("征求意见情况说明"), (Paragraph(text("意见原件存支部。")),)),
        ),
        imprint=Imprint(("镇党建工作办公室", "各党小组"), "云溪村第二党支部", datetime.date(2026, 2, 5)),
    )
