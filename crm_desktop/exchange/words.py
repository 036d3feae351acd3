"""The headings people write over their columns, in both languages, and the field each of them means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from crm_desktop import i18n
from crm_desktop.exchange import composed, deeds, log_words, more_words
from crm_desktop.exchange.foreign_words import ABROAD
from crm_desktop.exchange.initials import INITIALS
from crm_desktop.i18n import N_, _
from crm_desktop.models import own_fields
from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.feedback import Feedback
from crm_desktop.models.fields import Field, Text
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.service import ServiceRequest
from crm_desktop.models.service_parts import ServiceNote
from crm_desktop.values import plain
from crm_desktop.values.traditional import simplified_heading

CUSTOMERS, CONTACTS, INTERACTIONS, COMPLAINTS = "customers", "contacts", "interactions", "complaints"
REQUESTS: Final = "requests"
FEEDBACK: Final = "feedback"
SOLUTIONS: Final = "solutions"
HISTORIES: Final = (INTERACTIONS, COMPLAINTS, REQUESTS, FEEDBACK)
"""Lists of what happened with customers, a row a record."""
KINDS: Final = {
    CUSTOMERS: N_("Customers"),
    CONTACTS: N_("Contact persons"),
    INTERACTIONS: N_("Contact history"),
    COMPLAINTS: N_("Complaints"),
    REQUESTS: N_("Service requests"),
    FEEDBACK: N_("Feedback"),
    SOLUTIONS: N_("Reusable solutions"),
}
"""What a list can be about, in the order in which several lists are imported."""


PERSON_NO: Final = "id"
"""Rows with the same number are about one contact person, others are not; it is not kept."""
PERSON_NO_FIELD: Final = Text(N_("Same person no."), width=22)
PERSON_NO_FIELD.name = PERSON_NO


@dataclass(frozen=True)
class Target:
    """Where the cells of a column go: a field of a kind of record; `slot` counts the contact persons of one row."""

    model: type[Record]
    field: str
    slot: int = 0

    @property
    def described(self) -> Field[Any]:
        return PERSON_NO_FIELD if self.field == PERSON_NO else self.model.described()[self.field]

    @property
    def label(self) -> str:
        """The target as the user reads it."""
        if self.slot == LATEST:
            return _(LATEST_CALLED[self.field])
        label = CALLED.get((self.model, self.field)) or self.described.label
        text = _(label)
        return f"{text} {self.slot + 1}" if self.slot else text


LATEST: Final = 99
"""The slot of the one contact a list of customers may tell of each: the latest one."""
LATEST_CALLED: Final = {"at": N_("Day of the latest contact"), "content": N_("What was said at the latest contact")}
_LATEST: Final = {
    "at": "最近联系时间 最近联系日期 最近跟进时间 最近跟进日期 最近拜访时间 最近拜访日期 最近沟通时间 最近一次联系时间 "
    "最近一次跟进时间 上次联系时间 上次联系日期 上次跟进时间 上次跟进日期 上次拜访时间 最后联系时间 最后联系日期 "
    "最后跟进时间 最后跟进日期 last_contact_date last_contacted last_contacted_on",
    "content": "最近联系记录 最近跟进内容 最近跟进记录 最近跟进情况 最近拜访内容 最近沟通内容 上次联系内容 "
    "上次跟进内容 上次跟进情况 最后跟进内容 最新跟进 最新跟进内容 最新进展 last_contact_notes last_note",
}
CALLED: Final[dict[tuple[type[Record], str], str]] = {
    (Contact, "name"): N_("Contact person"),
    (Contact, "phones"): N_("Contact's phones"),
    (Contact, "email"): N_("Contact's e-mail"),
    (Contact, "wechat"): N_("Contact's WeChat"),
    (Contact, "wecom"): N_("Contact's WeCom"),
    (Contact, "qq"): N_("Contact's QQ"),
    (Contact, "address"): N_("Contact's address"),
    (Contact, "remarks"): N_("Contact's remarks"),
    (Contact, "tags"): N_("Contact's tags"),
    (Contact, "starred"): N_("Contact starred"),
    (Contact, "speaks"): N_("Contact's language"),
    (Contact, "channel"): N_("Contact's preferred channel"),
    (Contact, "good_time"): N_("Contact's convenient time"),
    (Contact, "consents"): N_("Contact's permissions"),
    (Contact, "next_contact_at"): N_("Contact's next contact"),
    (Position, "department"): N_("Contact's department"),
    (Position, "since"): N_("In position from"),
    (Position, "until"): N_("In position until"),
}
"""Columns of contact persons in a sheet of customers, where their own label would be the customer's."""

NOT_TYPED: Final = frozenset(
    {"created_at", "created_by", "updated_at", "updated_by", "sort_key", "core", "birthday_key"}
)
MODELS: Final[dict[str, tuple[type[Record], ...]]] = {
    CUSTOMERS: (Customer, Contact, Position),
    CONTACTS: (Contact, Position, Customer),
    INTERACTIONS: (Interaction, Customer),
    COMPLAINTS: (Complaint, Customer),
    REQUESTS: (ServiceRequest, Customer),
    FEEDBACK: (Feedback, Customer),
    SOLUTIONS: (ServiceNote,),
}
_OF_CUSTOMER: Final = ("code", "name", "short_name")  # by which other lists name the customer
_MORE: Final[dict[str, more_words.Headings]] = {
    CUSTOMERS: more_words.OF_CUSTOMERS,
    CONTACTS: more_words.OF_CONTACTS,
    INTERACTIONS: log_words.OF_INTERACTIONS,
    COMPLAINTS: more_words.OF_COMPLAINTS,
    REQUESTS: more_words.OF_REQUESTS,
    FEEDBACK: more_words.OF_FEEDBACK,
    SOLUTIONS: more_words.OF_SOLUTIONS,
}
PERSON_NAME: Final = more_words.PERSON_NAME
_ASKED: Final = re.compile(
    r"^(?:(?:q|第)?\d{1,3}\s*(?:[、.．:)]|题)\s*)?(?:请(?:问|填写|输入|选择)|填写)?(?:您|你|贵公司|贵单位|本人)?(?:的|所在)?",
    re.I,
)
"""What a questionnaire puts before the word: 1、您的姓名."""
_NAME_AND_PHONE: Final = re.compile(r"(?:主要)?联系人(?:姓名)?\s*[/、,和及与&+]\s*(?:联系)?(?:电话|手机|方式|号码).*")
_TALK: Final = re.compile("^(?:[今当本][日天周])?(?:拜访|跟进|沟通|联系|回访|走访|来访|来电|洽谈|会谈|交流|咨询)")
_NUMBERED: Final = re.compile(r"^(e-?mail|phone|address|website|organization|im) \d+ - (\w+)$", re.I)
"""Google's columns: Phone 1 - Value, Address 1 - Formatted."""
_MOST_TOLD: Final = 20_000
_NOTED: Final = re.compile(r"[^\d\W]{2}:\s*\S{3}")
"""Words that are said, not named: 说明:绿色为重点客户."""
_TWO_LANGUAGES: Final = re.compile(
    r"([\u3400-\u9fff]+) +([a-z][a-z.\-' ]*)|([a-z][a-z.\-' ]*?) +([\u3400-\u9fff]+)", re.I
)
"""The words of a heading in two languages: 手机 Mobile."""


@lru_cache(20_000)
def key(heading: str) -> str:
    """A heading as it is compared: half width, small letters, without blanks, marks and underscores."""
    return re.sub(r"[\s*?:_.\-/'’]+", "", simplified_heading(plain(heading).lower()))


def both(msgid: str) -> tuple[str, str]:
    """A text in English and in Chinese, whatever language is shown."""
    return msgid, i18n._catalogue("zh_CN").gettext(msgid) if msgid else msgid


@own_fields.until_changed
def words_of(kind: str) -> dict[str, list[Target]]:
    """Every heading known in a list of this kind, with the fields it can mean, the likeliest first."""
    found: dict[str, list[Target]] = {}

    def learn(words: Iterable[str], target: Target) -> None:
        for word in words:
            if (known := key(word)) and target not in found.setdefault(known, []):
                found[known].append(target)

    for model in MODELS[kind]:
        for name, field in model.described().items():
            if name in NOT_TYPED or not _can_be(kind, model, name):
                continue
            target = Target(model, name)
            for further in (_MORE, INITIALS, ABROAD):
                learn(further.get(kind, {}).get((model, name), "").split(), target)
            called = CALLED.get((model, name))
            if called:
                learn(both(called), target)
            if not (called and kind == CUSTOMERS):
                learn(both(field.label), target)
            if kind == CUSTOMERS or model is not Customer:
                learn(field.headings, target)
    if kind in HISTORIES:  # 业主 and 买家昵称 are whom a log is about, too
        named = more_words.OF_CUSTOMERS[Customer, "name"].split()
        learn([each for each in named if key(each) not in found], Target(MODELS[kind][0], "customer"))
    for name, headings in _LATEST.items() if kind == CUSTOMERS else ():
        learn([*both(LATEST_CALLED[name]), *headings.split()], Target(Interaction, name, LATEST))
    if kind != SOLUTIONS:
        learn(both(PERSON_NO_FIELD.label), Target(Contact, PERSON_NO))
    for targets in found.values():  # a column somebody typed rather than one the program computes
        targets.sort(key=lambda target: target.described.computed and target.field != "code")
    return found


def _can_be(kind: str, model: type[Record], name: str) -> bool:
    """Whether a field of the model is ever a column of such a list."""
    if model is Customer and kind != CUSTOMERS:
        return name in (_OF_CUSTOMER if kind == CONTACTS else ("code", "phones"))
    if model is Contact and name == "position_title":  # the same words mean Position.job
        return False
    return not (model is Position and name in ("contact", "customer"))


def is_ours(heading: str) -> bool:
    """Whether a heading may mean a field of ours, even if only its cells tell which."""
    return key(heading) not in more_words.NOT_OURS and not composed.is_our_side(heading)


def find(kind: str, heading: str) -> list[Target]:
    """The fields a heading can mean, the likeliest first; none if it is not known."""
    known = words_of(kind)
    text = _bare(simplified_heading(plain(heading)))
    if not is_ours(text) or composed.is_identity(text):
        return known.get(key(text), []) if kind in HISTORIES and key(text) not in more_words.NOT_OURS else []  # 我方
    without = re.sub(r"[(\[【<].*?[)\]】>]", "", text)
    if _NOTED.search(without):
        return []
    tries = [text, without, re.sub(r"\d+$|[一二三四五六七八九]$", "", without)]
    if kind == CUSTOMERS:
        tries += [
            re.sub(r"^(?:客户|公司|企业|单位|店铺|商户|会员|收件人|收货人|买家|顾客)(?:的)?", "", each)
            for each in tries
        ]
        tries += [re.sub(r"^第?[一二三四五六1-6][位个]?(?=联系人)", "", each) for each in tries[:3]]
    if kind in HISTORIES and "/" in text:  # 投诉人/电话 is the person, and the number beside him
        tries = [*(part for part in text.split("/") if len(part) > 1), *tries]
    if kind == COMPLAINTS:
        tries += [re.sub(r"^D[0-8][\s:.\-]*", "", each) for each in tries[:2]]  # the steps of an 8D report
        tries += [each.replace("客诉", "投诉") for each in tries]
    if kind == REQUESTS:
        tries += [re.sub("^(?:报修|维修|服务|请求|工单|售后)", "", each) for each in tries[:3]]
    if kind == INTERACTIONS:
        tries += [_TALK.sub("", each) for each in tries[:3]]
    tries += [re.sub(r"^(?:所属|所在|本次|实际|客户|投诉|客诉|消费者|跟进|登记)", "", each) for each in tries[:3]]
    tries += [re.sub(r"(?i)[\s_]*numbers?$", "", each) for each in tries[:3]]
    tries += [part for part in re.split("[/、或&]", without) if len(part) > 1]
    if both_languages := _TWO_LANGUAGES.fullmatch(without.strip()):
        tries += [part for part in both_languages.groups("") if part]
    for at, each in enumerate(tries):
        if found := known.get(key(each)):
            return found
        if at < 3 and kind in HISTORIES and (place := deeds.find(MODELS[kind][0], key(each))):
            return [Target(*place)]
    return _composed(kind, without) if kind in (CUSTOMERS, CONTACTS) else []


def _composed(kind: str, heading: str) -> list[Target]:
    """The fields a heading made of parts can mean (付款方开户行, Business Phone 2)."""
    if kind == CUSTOMERS and (told := composed.latest(heading)):
        return [Target(Interaction, told, LATEST)]
    known = words_of(kind)
    for part in re.split("[/、或&]", heading):
        for each in composed.tries(simplified_heading(part.strip()), kind == CONTACTS):
            if found := known.get(key(each)):
                return found
    return []


def _bare(text: str) -> str:
    """A heading without what questionnaires, address books and years put around it."""
    if numbered := _NUMBERED.match(text):
        what = numbered[2].lower()
        return "" if what in ("label", "type") else numbered[1] if what == "value" else f"{numbered[1]} {what}"
    if _NAME_AND_PHONE.fullmatch(text):
        return "联系人"  # the people are taken apart from their phones later
    asked = _ASKED.match(text)
    bare = text[asked.end() :] if asked else text
    return re.sub(r"^(?:20\d\d|今|去|本)年(?:度)?(?=[年销采营成合交])", "", bare.strip(" :：?？。")) or text


def find_of_contact(kind: str, heading: str) -> list[Target]:
    """The fields of a contact person a heading means, when it says so itself: 联系人电话, 联系人职务."""
    bare = re.sub(
        r"^(?:第?[一二三四五1-5])?(?:主要|首要|客户|其他|备用|紧急)?联系人(?:的)?[一二三四五1-5]?", "", plain(heading)
    )
    if bare == plain(heading) or not bare or _NAME_AND_PHONE.fullmatch(plain(heading)):
        return []
    return [
        target
        for target in words_of(CONTACTS).get(key(re.sub(r"\d+$", "", bare)), [])
        if target.model in (Contact, Position)
    ]


def known(heading: str) -> bool:
    """Whether a text is a heading of any of our lists."""
    told = _told()
    answer = told.get(heading)
    if answer is None:
        if len(told) >= _MOST_TOLD:
            told.clear()
        answer = told[heading] = any(find(kind, heading) or find_of_contact(kind, heading) for kind in KINDS)
    return answer


@own_fields.until_changed
def _told() -> dict[str, bool]:
    """What `known` has answered: it is asked of the same cells again and again."""
    return {}
