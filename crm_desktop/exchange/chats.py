"""Text from chats and e-mails without what only decorates it, and what stands in it that is no contact in a few lines:
lists of e-mail addresses, signatures in English.
"""

from __future__ import annotations

import re
from typing import Final

from crm_desktop.values import clean
from crm_desktop.values.persons import is_company, is_person

_UNSEEN: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0e\ufe0f\u00ad]")
_PICTURES: Final = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u20e3]|\\[(?:微笑|玫瑰|强|抱拳|握手|合十|呲牙|愉快|OK|可怜|庆祝|加油|爱心|太阳|鲜花)\\]"
)
_SAID_BY: Final = re.compile(
    r"(?m)^.{1,30}?[ \t]+(?:20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ \t]+|昨天|[上下]午|星期.[ \t]*)?[ \t]*"
    r"\d{1,2}:\d\d(?::\d\d)?[ \t]*$"
)
"""Who said it and when, above what was copied out of a chat."""
_DAY_LINE: Final = re.compile(r"(?m)^[ \t]*[-—=]{3,}.*[-—=]{3,}[ \t]*$")
_POLITE: Final = re.compile(
    r"(?mi)^[ \t]*(?:(?:best|kind|warm)?\s*regards\b.*|sincerely\b.*|thanks?\b.*|cheers\b.*|顺颂.*|此致.*|敬礼.*"
    r"|商祺.*|祝好.*|谢谢.{0,6}|发自我的.*|sent from my .*|-{2,}|本邮件.*|this e-?mail .*)$"
)
_EXAMPLE: Final = re.compile(r"(?m)^[ \t]*(?:#接龙|例子?|示例|格式|模板|报名格式|例如)(?=[\s:：]|$).*$")
_WIDE: Final = re.compile(r"(?m)^([\u4e00-\u9fff、](?:[ \t\u3000]*[\u4e00-\u9fff、]){1,9})[ \t\u3000]*([:：])")
_LABEL: Final = (
    "(?:单位|公司|企业|客户|开户|银行|联系|收货|收件|详细|收货人)?(?:名称|姓名|电话|手机|手机号|手机号码|地址|人|邮箱|税号|账号|帐号|账户|开户行)"
    "|公司|单位|微信|微信号|QQ|职务|职位|税号|纳税人识别号|统一社会信用代码|开户银行|地址电话|开户行及账号"
)
_BRACKETED: Final = re.compile(r"【\s*([^】\n]{1,12}?)\s*】\s*[:：]?")
_SIGN: Final = re.compile(rf"(?m)(?:(?<=^)|(?<=[;；,，]))[ \t]*({_LABEL})[ \t]*[-=—]+[ \t]*(?=[^\s\-=—])")
"""A label with another sign than a colon: 姓名=张三；电话-138…"""
_MAILBOX: Final = re.compile(
    r"(?:^|(?<=[;；,，\n:：]))\s*\"?'?([^<>;；,，\n\":：@]{1,40}?)'?\"?\s*<\s*([\w.%+\-]+@[\w.\-]+)\s*>\s*(?=$|[;；,，\n])"
)
_SENDER: Final = re.compile(r"(?mi)^[ \t]*(?:发件人|from)\s*[:：](.*@.*)$")
_HEADER: Final = re.compile(
    r"(?mi)^[ \t]*(?:收件人|抄送|密送|发送时间|发送日期|主题|日期|to|cc|bcc|sent|subject|date)\s*[:：].*$"
)
_ABROAD: Final = re.compile(r"\+?\(?\d[\d\s().\-]{7,22}\d(?:\s*(?:ext\.?|x)\s*\d{1,6})?")
_MAIL: Final = re.compile(r"[\w.%+\-]+@[\w\-]+(?:\.[\w\-]+)+", re.ASCII)
_SITE: Final = re.compile(r"(?:https?://|www\.)\S+", re.I)
_JOB: Final = re.compile(
    r"\b(?:manager|director|buyer|engineer|sales|president|C[EFOT]O|officer|assistant|purchas\w*|owner|founder|head|lead|executive"
    r"|specialist|coordinator|consultant|accountant|supervisor|VP|partner|representative)\b",
    re.I,
)
_LABELS: Final = re.compile(
    r"(?i)(?:^|(?<=[\s|,;/]))(?:t|tel|telephone|phone|m|mob|mobile|cell|f|fax|e|e-?mail|mail|w|web|website|a|add|address|skype|whatsapp)"
    r"\s*[:.]?\s*(?=$|[|,;/])|[|•·]+"
)


def tidied(text: str) -> str:
    """A text as it was meant: without signs nobody sees, pictures, who said it and when, greetings and examples."""
    text = _PICTURES.sub(" ", _UNSEEN.sub("", text))
    if sender := _SENDER.search(text):  # the head of an e-mail: who wrote it, and nothing else
        text = _HEADER.sub("", text.replace(sender[0], sender[1].strip()))
    for pattern in (_SAID_BY, _DAY_LINE, _POLITE):
        text = pattern.sub("\n", text)
    text = _EXAMPLE.sub("", text)
    text = _SIGN.sub(lambda found: f"{found[1]}：", _BRACKETED.sub(_unbracketed, text))
    return _WIDE.sub(lambda found: re.sub(r"[ \t\u3000]+", "", found[1]) + found[2], text)


def _unbracketed(found: re.Match[str]) -> str:
    """【姓名】张三 as 姓名：张三; 【顺丰】 is only whose message it is."""
    return f"{found[1]}：" if re.fullmatch(_LABEL, found[1]) else " "


def mailboxes(text: str) -> list[tuple[str, str]]:
    """The names and addresses of a text that is a list of them (张三 <zs@hd.com>; …), none for other texts."""
    found = [(clean(name), mail) for name, mail in _MAILBOX.findall(text)]
    rest = re.sub(r"[\s;；,，]+", "", _MAILBOX.sub("", text))
    return [each for each in found if each[0]] if found and len(rest) < 20 else []


def is_foreign(block: str) -> bool:
    """Whether a piece is a signature or card without a Chinese word, in several lines."""
    lines = [line for line in block.split("\n") if line.strip()]
    return len(lines) > 2 and not re.search(r"[\u3400-\u9fff]", block) and _MAIL.search(block) is not None


def signature(block: str) -> dict[str, str]:
    """What a signature in English tells, line by line; headings as `blocks` has them."""
    person: dict[str, str] = {}
    for line in block.split("\n"):
        for heading, pattern in (("邮箱", _MAIL), ("网址", _SITE), ("电话", _ABROAD)):
            for found in pattern.findall(line):
                if heading != "电话" or len(re.sub(r"\D", "", found)) > 7:
                    person[heading] = f"{person[heading]}、{found.strip()}" if heading in person else found.strip()
                    line = line.replace(found, " ")
        rest = clean(_LABELS.sub(" ", line).strip(" |,;:"))
        first = clean(re.split(r"[|•·]", line)[0])
        if not rest:
            continue
        if is_company(rest) and "公司" not in person:
            heading, rest = "公司", rest
        elif "姓名" not in person and re.fullmatch(r"(?:[A-Z][\w.'’\-]*\s?){2,4}", rest) and not _JOB.search(rest):
            heading = "姓名"
        elif _JOB.search(first) and "职务" not in person:
            heading, rest = "职务", first
        elif re.search(r"\d", rest) and "地址" not in person:
            heading = "地址"
        else:
            heading = "备注"
        person[heading] = f"{person[heading]} {rest}" if heading in person else rest
    return person


def parted(lines: list[str], has_phone: re.Pattern[str]) -> list[list[str]]:
    """Lines of several contacts without a gap between, in pieces: each begins as the first one does (with a name, with
    an address).
    """
    told = [line for line in lines if has_phone.search(line)]
    if len(told) > 1 and lines[1:] == told and is_company(lines[0]):  # the firm of all of them
        return [[lines[0], line] for line in told]
    if len(lines) < 4 or sum(1 for line in lines if has_phone.search(line)) < 2:
        return [lines]

    def kind(line: str) -> str:
        bare = has_phone.sub("", line).strip(" ,，;；")
        if not bare:
            return "phone"
        return "name" if is_person(re.split(r"[\s,，]+", bare)[0]) else "firm" if is_company(bare) else "words"

    kinds = [kind(line) for line in lines]
    pieces: list[list[str]] = [[]]
    reached = named = False
    for line, what in zip(lines, kinds, strict=True):
        if pieces[-1] and what == kinds[0] and reached and named:
            pieces.append([])
            reached = named = False
        pieces[-1].append(line)
        reached, named = reached or has_phone.search(line) is not None, named or what in ("name", "firm")
    whole = all(any(has_phone.search(line) for line in piece) for piece in pieces)
    return pieces if whole and "name" in kinds else [lines]
