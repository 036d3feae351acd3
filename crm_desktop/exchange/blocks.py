"""Contacts and invoice titles as people send them in chats: one person or firm in a few lines, perhaps labelled."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from crm_desktop.exchange import chats, words
from crm_desktop.exchange.reading import Cell, Row
from crm_desktop.values import clean, plain, read_region
from crm_desktop.values.persons import is_company, is_job, is_person
from crm_desktop.values.traditional import simplified, simplified_heading

_NAME, _COMPANY, _JOB, _PHONE, _EMAIL, _WECHAT, _ADDRESS, _NOTE = (
    "姓名", "公司", "职务", "电话", "邮箱", "微信", "地址", "备注",
)  # fmt: skip
_ORDER: Final = (_NAME, _COMPANY, _JOB, _PHONE, _EMAIL, _WECHAT, _ADDRESS)
_INVOICE: Final = (
    ("公司名称", r"(?:单位|公司|企业|购方|购买方|客户|开票|发票)?(?:名称|全称|抬头)|(?:开票|发票)抬头|抬头|公司|单位"),
    ("统一社会信用代码", r"(?:纳税人)?(?:识别号|税号)|纳税人识别码|税务登记号|"
     r"(?:统一)?(?:社会)?信用代码|(?:公司|单位|企业)税号"),
    ("地址电话", r"(?:开票|注册|单位|公司|企业)?地址\s*[、,/和及]?\s*(?:联系)?电话|(?:开票|注册|单位|公司|企业)?地址"),
    ("电话", r"(?:开票|注册|单位|公司|企业|联系)?电话(?:号码)?"),
    ("开户行及账号", r"开户(?:银)?行?\s*[、,/和及]?\s*[账帐]号"),
    ("开户行", r"(?:开户)?银行(?:名称)?|开户银?行(?:名称)?"),
    ("银行账号", r"(?:银行|公司|单位|对公|开户)?[账帐][号户](?:号码)?"),
    ("收票邮箱", r"(?:收票|电子发票|发票|接收)?(?:电子)?邮箱|e-?mail"),
    (_NAME, r"联系人|收票人|收件人|经办人"),
    ("手机", r"手机(?:号码?)?|联系人(?:电话|手机)"),
)  # fmt: skip
_ONCE: Final = ("公司名称", "统一社会信用代码")
"""What a firm has one of: where it comes again, the next one begins."""
_STARTS: Final = re.compile(
    rf"[ \t\u3000,，]+(?=(?:{'|'.join(pattern for _heading, pattern in _INVOICE)})\s*[:：])", re.I
)
_CREDIT: Final = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NP-RT-UW-Y]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])")
_ACCOUNT: Final = re.compile(r"(?<!\d)\d[\d \-]{8,30}\d(?!\d)")
_LABEL: Final = re.compile(
    r"(?:^|(?<=[\s,，;；。、]))[\[【(（]?(?P<label>[\u4e00-\u9fff]{1,9}|[A-Za-z][A-Za-z\- ]{0,12})[\]】)）]?\s*[:：]\s*"
)
_WIDE_LABEL: Final = re.compile(r"([姓电手地邮公名职备微])[ \u3000]+([名话机址箱司称务注信])(?=\s*[:：])")
_PERSON_LABELS: Final = {
    "收货人": _NAME, "收件人": _NAME, "寄件人": _NAME, "姓名": _NAME, "联系人": _NAME, "名字": _NAME, "称呼": _NAME,
    "收货人姓名": _NAME, "收件人姓名": _NAME, "手机号": _PHONE, "收货地址": _ADDRESS, "收件地址": _ADDRESS,
    "所在地区": _ADDRESS, "所在区域": _ADDRESS, "地区": _ADDRESS, "详细地址": _ADDRESS, "地址": _ADDRESS,
    "昵称": _NAME, "m": _PHONE, "t": _PHONE, "p": _PHONE, "e": _EMAIL, "a": _ADDRESS, "add": _ADDRESS, "w": "网址",
}  # fmt: skip
_SAID: Final = {"name": _NAME, "firm": _COMPANY, "address": _ADDRESS, "job": _JOB}
_PHONES: Final = re.compile(
    r"(?<![\d+])(?:\(?\+?86\)?[ \-]?)?1[3-9]\d(?:[ \-]?\d{4}){2}(?!\d)|"
    r"(?<!\d)\(?0\d{2,3}\)?[ \-]?[2-9]\d{6,7}(?:\s*(?:转|-|ext\.?)\s*\d{1,6})?(?!\d)|"
    r"(?<!\d)[48]00[ \-]?\d{3,4}[ \-]?\d{3,4}(?!\d)"
)
_MAIL: Final = re.compile(r"[\w.%+\-]+@[\w\-]+(?:\.[\w\-]+)+", re.ASCII)
_SITE: Final = re.compile(r"(?:https?://|www\.)[\w\-./?=&%#]+", re.ASCII | re.I)
_STREET: Final = re.compile(
    r"[省市区县镇乡村](?!.*公司$)|[路街道巷弄里](?:\d|[一二三四五六七八九十]|.{0,6}号)|\d+\s*(?:号|弄|栋|幢|座|楼|室|单元|层|#)"
)
_NUMBERED: Final = re.compile(r"^\s*(?:[(（]?\d{1,3}[)）.、．]|[①-⑳•·\-*●]|[一二三四五六七八九十]{1,3}、)\s*(?=\D)")
_REACHED: Final = frozenset([_PHONE, _EMAIL, _WECHAT, "手机", "微信号"])
_VEILED: Final = re.compile(r"1[3-9]\d\*{4}\d{4}")
"""A number as shops show it of their buyers."""
_SPOKEN: Final = re.compile(
    r"(?:客户|我|他|她)?的?(?:(?P<name>联系人|姓名|名字|收货人|收件人)(?:名?叫|是|为)?|(?P<firm>公司|单位)(?:名?叫|是|为)"
    r"|(?P<address>地址|住址)(?:在|是|为)?|(?P<job>职务|职位)(?:是|为)?)(?=\S{2})"
)
"""A label without its colon, as it is said in a sentence."""
_NO_WORDS: Final = frozenset(
    ["收", "电话", "手机", "手机号", "座机", "地址", "传真", "邮箱", "邮编", "网址", "微信", "tel", "mobile", "fax",
     "email", "e-mail", "mail", "web", "add", "t", "m", "e", "w", "f", "a"]
)  # fmt: skip
_LATIN: Final = re.compile(r"[A-Za-z][A-Za-z.\-]+")
_POSTCODE: Final = re.compile(r"\d{6}", re.ASCII)
_RECEIVES: Final = re.compile(r"[(（]?([\u4e00-\u9fff·]{2,4})[(（\s]*收[)）]?$")


def persons(text: str) -> list[Row]:
    """The contacts of a text as rows below headings; nothing if no one can be reached by it."""
    text = chats.tidied(text)
    if listed := chats.mailboxes(text):
        return _rows([{_NAME: name, _EMAIL: mail} for name, mail in listed])
    found = [person for block in _split(text) if (person := _person(block))]
    reached = [person for person in found if person.keys() & _REACHED]
    if not reached:
        return _rows(found) if found and _VEILED.search(text) else []
    return _rows([person for person in found if person in reached or _ADDRESS in person or _COMPANY in person])


def firms(text: str) -> list[Row]:
    """The invoice titles of a text as rows below headings; nothing if the text holds none."""
    found: list[dict[str, str]] = []
    first = ""
    for line in re.split(r"\n|[;；]", _STARTS.sub("\n", chats.tidied(text))):
        label, value = _invoice_line(_NUMBERED.sub("", line).strip(" \t\u3000,，。"))
        if not value:
            continue
        first = first or (label if ":" in plain(line) else "")  # a contact may stand above what has labels
        if not found or (label in found[-1] and label in (first, *_ONCE) and value != found[-1][label]):
            found.append({})
        own = found[-1]
        own[label] = f"{own[label]} {value}" if label in own and value not in own[label] else value
    whole = [_tidy(firm) for firm in found if "公司名称" in firm and _is_invoice(firm)]
    return _rows(whole) if whole else []


def _is_invoice(firm: dict[str, str]) -> bool:
    told = {"统一社会信用代码", "开户行", "银行账号", "开户行及账号"} & firm.keys()
    return bool(told) and ("统一社会信用代码" in firm or len(told) > 1 or "地址电话" in firm)


def _invoice_line(line: str) -> tuple[str, str]:
    """What a line of an invoice title says: (heading, value)."""
    for heading, pattern in _INVOICE:
        label = re.match(
            rf"[\[【]?(?:{pattern})[\]】]?(?:\s*[:：]\s*|[ \t\u3000]+(?=\S))(?P<value>.*)$", plain_colon(line), re.I
        )
        if label:
            return heading, clean(label["value"])
    if line.endswith((":", "：")):
        return "", ""  # a label over the others: 开票信息：
    bare = re.sub(r"[\s\-]", "", line).upper()
    if _CREDIT.fullmatch(bare):
        return "统一社会信用代码", bare
    if is_company(line) and len(line) < 40 and not re.search(r"银行|支行|分行|信用社|\d", line):
        return "公司名称", clean(line)
    if re.search(r"银行|支行|分行|信用社", line):
        return "开户行及账号", clean(line)
    if _STREET.search(line) or _PHONES.search(line):
        return "地址电话", clean(line)
    return "银行账号" if _ACCOUNT.fullmatch(line) else "备注", clean(line)


def plain_colon(line: str) -> str:
    """A line with its colons in one shape."""
    return line.replace("﹕", ":").replace("∶", ":")


def _tidy(firm: dict[str, str]) -> dict[str, str]:
    """One firm with its bank apart from its account, and address and phone together."""
    both = firm.pop("开户行及账号", "")
    if both:
        account = max(_ACCOUNT.findall(plain(both)), key=len, default="")
        bank = clean(plain(both).replace(account, " ")).strip(" /,、:") if account else both
        firm.setdefault("开户行", bank)
        if account:
            firm.setdefault("银行账号", account)
    if "银行账号" in firm:
        firm["银行账号"] = re.sub(r"[\s\-]", "", firm["银行账号"])
    phone = firm.pop("电话", "")
    if phone and phone not in firm.get("地址电话", ""):
        firm["地址电话"] = f"{firm.get('地址电话', '')} {phone}".strip()
    if (code := firm.get("统一社会信用代码")) is not None:
        firm["统一社会信用代码"] = re.sub(r"[\s\-]", "", plain(code)).upper()
    return {key: value for key, value in firm.items() if value}


def _split(text: str) -> list[str]:
    """The text in pieces of one person each: by blank lines, by lines that each have a phone, by a label come again."""
    blocks: list[str] = []
    text = _WIDE_LABEL.sub(r"\1\2", text)
    for block in re.split(r"\n\s*\n|\n\s*[-—=*_]{3,}\s*\n", text):
        lines = [_NUMBERED.sub("", line) for line in block.split("\n") if line.strip()]
        if len(lines) > 1 and all(_PHONES.search(line) for line in lines) and not all(map(_LABEL.match, lines)):
            blocks += lines
            continue
        open_: list[str] = []
        seen: set[str] = set()
        for line in lines:
            names = [_PERSON_LABELS.get(words.key(label["label"])) for label in _LABEL.finditer(line)]
            if _NAME in names and _NAME in seen:
                blocks.append("\n".join(open_))
                open_, seen = [], set()
            seen.update(name for name in names if name)
            open_.append(line)
        blocks += ["\n".join(piece) for piece in chats.parted(open_, _PHONES)] if not seen else ["\n".join(open_)]
    return [block for block in blocks if block.strip()]


def _person(block: str) -> dict[str, str]:
    """What one piece tells about a person: labels first, then phones and addresses known by their look, then words."""
    if chats.is_foreign(block):
        return chats.signature(block)
    person: dict[str, str] = {}
    rest = _labelled(block, person)
    for heading, pattern in ((_EMAIL, _MAIL), ("网址", _SITE), (_PHONE, _PHONES)):
        rest = pattern.sub(_collect(person, heading), rest)
    rest = re.sub(r"[(（]\s*[)）]", " ", rest)
    _by_words(rest, person)
    if _NAME not in person and _COMPANY not in person:
        if _JOB not in person:
            return {}
        person[_NAME] = person.pop(_JOB)  # 小王老师 is all that is known of somebody
    return person


def _collect(person: dict[str, str], heading: str) -> Callable[[re.Match[str]], str]:
    def take(found: re.Match[str]) -> str:
        _add(person, heading, found[0])
        return "\n"

    return take


def _add(person: dict[str, str], heading: str, value: str) -> None:
    value = clean(value).strip(" ,，;；。、")
    if not value:
        return
    sign = "" if heading == _ADDRESS else "、" if heading == _PHONE else " "
    person[heading] = f"{person[heading]}{sign}{value}" if heading in person else value


def _labelled(block: str, person: dict[str, str]) -> str:
    """Take what has a label out of a piece; what stays has none."""
    rest: list[str] = []
    for line in block.split("\n"):
        labels = [found for found in _LABEL.finditer(line) if _heading(found["label"])]
        if not labels:
            rest.append(line)
            continue
        rest.append(line[: labels[0].start()])
        for found, end in zip(labels, [*(each.start() for each in labels[1:]), len(line)], strict=True):
            heading, value = _heading(found["label"]), line[found.end() : end]
            if heading == _NAME:  # the phone often stands behind the name
                value, *others = _PHONES.sub(r" \g<0> ", value).split(maxsplit=1) or [""]
                rest += others
            _add(person, heading, value)
    return "\n".join(rest)


def _heading(label: str) -> str:
    """The heading a label stands for, "" if it is no label we know."""
    label = label.strip()
    known = _PERSON_LABELS.get(words.key(label))
    if known:
        return known
    if words.find(words.CONTACTS, label) or words.find(words.CUSTOMERS, label):
        plain_label = simplified_heading(label)
        kinds = ((_PHONE, "手机|电话|tel|phone|mobile"), (_EMAIL, "邮箱|邮件|mail"))
        return next((heading for heading, pattern in kinds if re.search(pattern, plain_label, re.I)), label)
    return ""


def _by_words(text: str, person: dict[str, str]) -> None:
    """Sort the words that have no label: name, firm, job, address, and what is none of these as a note."""
    address_before = False
    parts = re.split(r"[\n\t\u3000 ,，;；/|]+", text)
    latin = not any(is_person(simplified(part)) for part in parts)  # else it is the same name in other letters
    for part in parts:
        part = part.strip(" 。、:：-")
        received = _RECEIVES.search(part)
        if received and _NAME not in person:
            person[_NAME], part = received[1], part[: received.start()].strip(" (（")
        if not part or part.lower() in _NO_WORDS:
            continue
        if (spoken := _SPOKEN.match(part)) and spoken.lastgroup:
            part = part[spoken.end() :]
            if (heading := _SAID[spoken.lastgroup]) not in person:
                _add(person, heading, part)
                continue
        heading = _heading_of(part, person, latin, address_before)
        _add(person, heading, part)
        address_before = heading == _ADDRESS


def _heading_of(part: str, person: dict[str, str], latin: bool, address_before: bool) -> str:
    """What a word without a label is, beside what is known already; `latin`: no name in Chinese is among the words."""
    if is_company(part) and _COMPANY not in person and not re.search(r"\d+号", part):
        return _COMPANY
    goes_on = address_before and re.search(r"\d|[路街道号楼栋室座园区]", part) and not _POSTCODE.fullmatch(part)
    if goes_on or _is_address(part):
        return _ADDRESS
    if _NAME not in person and (is_person(simplified(part)) or (latin and re.fullmatch(r"[A-Za-z][A-Za-z.\-]+", part))):
        return _NAME
    if _JOB not in person and is_job(simplified_heading(part)):
        return _JOB
    if _NAME not in person and re.fullmatch(r"[\u3400-\u9fff·]{2,4}", part):
        return _NAME
    is_word = latin and re.fullmatch(r"[A-Z][A-Za-z.\-]*", part)
    if is_word and re.fullmatch(r"[A-Z][A-Za-z.\- ]*", person.get(_NAME, "")):
        return _NAME  # the family name of a foreigner
    return _NOTE


def _is_address(part: str) -> bool:
    if re.search(r"[省市区县]$", part) or len(part) > 5:
        return bool(_STREET.search(part)) or read_region(part) is not None
    return len(part) >= 4 and bool(_STREET.search(part))


def _rows(found: list[dict[str, str]]) -> list[Row]:
    """Records as a table: the headings of all of them, and a row each."""
    named = dict.fromkeys(heading for each in found for heading in each)
    headings = [heading for heading in _ORDER if heading in named] + [each for each in named if each not in _ORDER]
    rows: list[Row] = [list[Cell](headings)]
    rows += [[each.get(heading) for heading in headings] for each in found]
    return rows
