"""Headings of customers and contact persons made of parts, read without a word for each: whose it is, when, and what.

付款方开户行 is the bank of whoever paid, 备注手机号 a number, Business Phone 2 a phone, 最近活动记录时间 the day of the
latest contact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_WHICH: Final = (
    "中文|所属|所在|专管|分管|专营|个人|备注|现|常用|默认|主要|首要|主|第一|详细|有效|更多|其他|其它|公司|单位|办公"
    "|勤務|勤务"
)
"""Which of several."""
_PARTNERS: Final = (
    "供应商|经销商|代理商|加盟商|分销商|厂商|往来单位|往来户|往来|对方|交易对方|付款方|付款人|汇款人|打款人|缴款人|收款方|收款人"
    "|收货方|收货人|收件方|收件人|提货人|购货方|购货单位|购买方|购方"
    "|买方|买家|需方|顾客|用户|客户|会员|企业|店铺|商户|会籍|お?客様|お?客样|顧客|取引先|会社|取引"
)
"""Whose it is, in a list of customers."""
_WHOSE: Final = re.compile(rf"^(?:{_PARTNERS}|{_WHICH})(?:的|の)?(?=.)")
_WHICH_OF_PERSON: Final = re.compile(rf"^(?:{_WHICH}|工作)(?:的|の)?(?=.)")
_AT_THE_END: Final = re.compile(r"(?:号码|番号|姓名|名称|\(.*\)|\d+)$")
_ENGLISH_WHOSE: Final = re.compile(
    r"^(?:person|organi[sz]ation|company|contact|deal|lead|account) - "
    r"|^(?:business|work|office|company|account|organi[sz]ation|customer|client|contact|lead|record|primary|main|mailing"
    r"|billing|shipping|home|direct|person|other|personal)(?:['’]s)?[\s_]+(?=\S)",
    re.I,
)
_ENGLISH_END: Final = re.compile(
    r"[\s_]*(?:\d+|numbers?|no\.?|\(.*\)|address|line|name|- (?:work|home|mobile|main|other))$", re.I
)
_PATH: Final = re.compile(r"[#.](?:name|名称|姓名)$", re.I)
"""What programs put behind a field of another table: FSELLER#Name, 销售员#名称."""
_IDENTITY: Final = re.compile(r".+(?:\.id|[#.]编码|\.code)$", re.I)
_OUR_SIDE: Final = re.compile(
    r"寄件|寄方|发件|发货(?:人|方|单位|地址|电话|仓)|我方|我司|本公司|本单位|乙方|销方|销售方|销货方?|卖方|卖家|承运"
)
_LATEST: Final = re.compile(
    r"(?:最近|最新|最后|最末|上次|末次|上一次)(?:一次|一条)?(?:的)?(?:客户)?(?:联系|跟进|拜访|沟通|活动|回访|走访|互动|接触)?(?:的)?(?:记录|跟踪)?"
    r"(?:(?P<at>时间|日期|于)|(?P<content>记录|内容|情况|详情|动态|小结|备注)?)"
)
_LATEST_ENGLISH: Final = re.compile(
    r"(?:last|latest|most recent)\s+(?:contact(?:ed)?|activity|activities|interaction|call|visit|touch|follow.?up)\s*"
    r"(?P<at>date|time|day|at|on)?(?P<content>notes?|comment|description|subject)?",
    re.I,
)


def is_identity(heading: str) -> bool:
    """Whether a column holds the numbers another program knows records by (Account Name.id): nothing of ours."""
    return _IDENTITY.fullmatch(heading) is not None


def is_our_side(heading: str) -> bool:
    """Whether a heading speaks of ourselves: 寄件人, 乙方电话, 销售方名称."""
    return _OUR_SIDE.match(heading) is not None


def latest(heading: str) -> str:
    """Whether a heading is about the latest contact: "at" for its day, "content" for what was said; else ""."""
    bare = re.sub(r"\s", "", heading)
    if found := _LATEST.fullmatch(bare):
        if found["at"]:
            return "at"
        tells = found["content"] or bare.endswith("记录")
        return "content" if tells and re.search("联系|跟进|拜访|沟通|活动|回访|走访|互动|接触", bare) else ""
    if found := _LATEST_ENGLISH.fullmatch(heading.strip()):
        return "content" if found["content"] else "at"
    return ""


def tries(heading: str, of_persons: bool = False) -> Iterator[str]:
    """The words a heading may stand for, the nearest first; the heading itself is left to the caller.

    `of_persons`: in a list of persons, where 收货人 and 客户 are no mere additions.
    """
    seen = {heading}
    patterns = (_WHICH_OF_PERSON if of_persons else _WHOSE, _ENGLISH_WHOSE, _AT_THE_END, _ENGLISH_END)
    near = [_PATH.sub("", heading)]
    for _depth in range(3):
        further: list[str] = []
        for each in near:
            if each and each not in seen:
                seen.add(each)
                yield each
            further += [pattern.sub("", each).strip() for pattern in patterns]
        near = [each for each in dict.fromkeys(further) if each not in seen]
