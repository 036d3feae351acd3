"""The headings people write over their columns, in both languages, and the field each of them means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from crm_desktop import i18n
from crm_desktop.i18n import N_, _
from crm_desktop.models import own_fields
from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.fields import Field
from crm_desktop.models.interaction import Interaction
from crm_desktop.values import plain
from crm_desktop.values.traditional import simplified

CUSTOMERS, CONTACTS, INTERACTIONS, COMPLAINTS = "customers", "contacts", "interactions", "complaints"
KINDS: Final = {
    CUSTOMERS: N_("Customers"),
    CONTACTS: N_("Contact persons"),
    INTERACTIONS: N_("Contact history"),
    COMPLAINTS: N_("Complaints"),
}
"""What a list can be about, in the order in which several lists are imported."""


@dataclass(frozen=True)
class Target:
    """Where the cells of a column go: a field of a kind of record; `slot` counts the contact persons of one row."""

    model: type[Record]
    field: str
    slot: int = 0

    @property
    def described(self) -> Field[Any]:
        return self.model.described()[self.field]

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
}
_OF_CUSTOMER: Final = ("code", "name", "short_name")  # by which other lists name the customer
_MORE: Final[dict[tuple[str, type[Record], str], str]] = {
    (
        CUSTOMERS,
        Contact,
        "name",
    ): "联系人 联络人 联系人姓名 客户联系人 主要联系人 首要联系人 第一联系人 对接人 经办人 contact contact_person "
    "contact_name",
    (CUSTOMERS, Contact, "phones"): "联系人手机 联系人电话 联系人联系方式",
    (CUSTOMERS, Contact, "birthday"): "联系人生日",
    (CUSTOMERS, Customer, "code"): "编码 代码 客户id 用户id 会员id 客户编码 会员编号 会员号 卡号 会员卡号",
    (CUSTOMERS, Customer, "owner"): "销售经理 跟进人 所属销售 业务代表 维护人 维护人员 负责业务员 客服 owner",
    (CUSTOMERS, Customer, "tags"): "客户类别 类别",
    (COMPLAINTS, Complaint, "analysis"): "备注 说明 备注说明 remarks",
    (
        CUSTOMERS,
        Customer,
        "name",
    ): "客户姓名 会员姓名 会员名称 商户名称 门店名称 店名 全名 "
    "学校名称 医院名称 酒店名称 商家名称 店铺名称 机构名称 工厂名称 供应商名称 "
    "昵称 客户昵称 经销商名称 代理商名称 购货单位 购买单位 需方 甲方 收货人 收货人姓名 收件人 收件人姓名 "
    "organization_name company_name customer_name",
    (CUSTOMERS, Customer, "phones"): "联系方式 联系手机 客户电话 商务电话 更多电话 其他电话 手机电话",
    (CUSTOMERS, Customer, "email"): "电子邮件地址 邮箱地址 邮件地址 e-mail_address email_address",
    (CUSTOMERS, Customer, "remarks"): "附注 描述 备注说明 补充说明",
    (CUSTOMERS, Customer, "credit_code"): "税务登记号 税务登记证号 营业执照号 组织机构代码/税号",
    (CUSTOMERS, Customer, "region"): "区县 区/县 区 县 市县 省/市 省份/城市 所属省份 所属城市 所属区县",
    (
        CUSTOMERS,
        Customer,
        "since",
    ): "首次成交时间 首次下单时间 首次下单日期 首单时间 首次购买时间 首次购买日期 开始合作时间",
    (CUSTOMERS, Customer, "total_sales"): "累计消费 累计消费金额 消费总额 累计订单金额 总消费",
    (INTERACTIONS, Interaction, "contact"): "受访人 被访人 接待人 对接人 拜访对象 沟通对象 客户联系人",
    (
        INTERACTIONS,
        Interaction,
        "customer",
    ): "被访客户 回访客户 受访单位 拜访单位 沟通客户 来电人 来访人 咨询人 客户姓名",
    (INTERACTIONS, Interaction, "by"): "处理人 接听人 接线人 受理人",
    (CUSTOMERS, Customer, "bill_bank"): "开户银行及支行 开户行名称 开户行及账号 开户行账号 开户银行及账号 银行及账号",
    (CUSTOMERS, Customer, "addresses"): "企业地址 单位详细地址 收件地址 address_formatted",
    (CONTACTS, Contact, "phones"): "商务电话 更多电话 联系手机 其他电话 住宅电话 办公室电话 手机电话",
    (CONTACTS, Contact, "email"): "电子邮件地址 邮箱地址 邮件地址 e-mail_address email_address",
    (CONTACTS, Contact, "remarks"): "附注 描述",
    (CONTACTS, Contact, "address"): "address_formatted",
    (CONTACTS, Position, "job"): "organization_title 职称",
    (CUSTOMERS, Position, "job"): "organization_title",
    (
        CONTACTS,
        Customer,
        "name",
    ): "客户名称 客户全称 单位名称 公司名称 企业名称 客户 公司 单位 客户单位 所属客户 所属公司 所在单位 工作单位 "
    "customer company organization company_name customer_name organization_name 企业",
    (CONTACTS, Customer, "short_name"): "客户简称 公司简称 简称",
    (CONTACTS, Contact, "name"): "对接人",
    (CONTACTS, Customer, "code"): "客户编号 客户代码 客户号",
    (INTERACTIONS, Customer, "code"): "客户编号 客户代码 客户号",
    (COMPLAINTS, Customer, "code"): "客户编号 客户代码 客户号",
}
PERSON_NAME: Final = frozenset(
    {
        "姓名",
        "昵称",
        "客户昵称",
        "name",
        "fullname",
        "客户姓名",
        "会员姓名",
        "收货人",
        "收货人姓名",
        "收件人",
        "收件人姓名",
    }
)
_NOT_OURS: Final = frozenset({"登记状态", "经营状态", "企业状态", "提交答卷时间", "所用时间", "来自ip", "总分"})
"""Headings that look like one of ours and mean something else."""
_ASKED: Final = re.compile(
    r"^(?:(?:q|第)?\d{1,3}\s*(?:[、.．:)]|题)\s*)?(?:请(?:问|填写|输入|选择)|填写)?(?:您|你|贵公司|贵单位|本人)?(?:的|所在)?",
    re.I,
)
"""What a questionnaire puts before the word: 1、您的姓名."""
_NAME_AND_PHONE: Final = re.compile(r"(?:主要)?联系人(?:姓名)?\s*[/、,和及与&+]\s*(?:联系)?(?:电话|手机|方式|号码).*")
_TALK: Final = re.compile("^(?:拜访|跟进|沟通|联系|回访|走访|来访|来电|洽谈|会谈|交流|咨询)")
_NUMBERED: Final = re.compile(r"^(e-?mail|phone|address|website|organization|im) \d+ - (\w+)$", re.I)
"""Google's columns: Phone 1 - Value, Address 1 - Formatted."""
_EMPTY_KEY: Final = ""


def key(heading: str) -> str:
    """A heading as it is compared: half width, small letters, without blanks, marks and underscores."""
    return re.sub(r"[\s*?:_.\-/'’]+", "", simplified(plain(heading).lower()))


def both(msgid: str) -> tuple[str, str]:
    """A text in English and in Chinese, whatever language is shown."""
    return msgid, i18n._catalogue("zh_CN").gettext(msgid) if msgid else msgid


@own_fields.until_changed
def words_of(kind: str) -> dict[str, list[Target]]:
    """Every heading known in a list of this kind, with the fields it can mean, the likeliest first."""
    found: dict[str, list[Target]] = {}

    def learn(words: Iterable[str], target: Target) -> None:
        for word in words:
            if (known := key(word)) != _EMPTY_KEY and target not in found.setdefault(known, []):
                found[known].append(target)

    for model in MODELS[kind]:
        for name, field in model.described().items():
            if name in NOT_TYPED or not _can_be(kind, model, name):
                continue
            target = Target(model, name)
            learn(_MORE.get((kind, model, name), "").split(), target)
            called = CALLED.get((model, name))
            if called:
                learn(both(called), target)
            if not (called and kind == CUSTOMERS):
                learn(both(field.label), target)
            if kind == CUSTOMERS or model is not Customer:
                learn(field.headings, target)
    for name, headings in _LATEST.items() if kind == CUSTOMERS else ():
        learn([*both(LATEST_CALLED[name]), *headings.split()], Target(Interaction, name, LATEST))
    for targets in found.values():  # a column somebody typed rather than one the program computes
        targets.sort(key=lambda target: target.described.computed and target.field != "code")
    return found


def _can_be(kind: str, model: type[Record], name: str) -> bool:
    """Whether a field of the model is ever a column of such a list."""
    if model is Customer and kind != CUSTOMERS:
        return name in (_OF_CUSTOMER if kind == CONTACTS else ("code",))
    if model is Contact and name == "position_title":  # the same words mean Position.job
        return False
    return not (model is Position and name in ("contact", "customer"))


def find(kind: str, heading: str) -> list[Target]:
    """The fields a heading can mean, the likeliest first; none if it is not known."""
    known = words_of(kind)
    text = _bare(plain(heading))
    if key(text) in _NOT_OURS:
        return []
    without = re.sub(r"[(\[【<].*?[)\]】>]", "", text)
    tries = [text, without, re.sub(r"\d+$|[一二三四五六七八九]$", "", without)]
    if kind == CUSTOMERS:
        tries += [re.sub(r"^(?:客户|公司|企业|单位|店铺|商户|会员)(?:的)?", "", each) for each in tries]
        tries += [re.sub(r"^第?[一二三四五六1-6][位个]?(?=联系人)", "", each) for each in tries[:3]]
    if kind == COMPLAINTS:
        tries += [each.replace("客诉", "投诉") for each in tries]
    if kind == INTERACTIONS:
        tries += [_TALK.sub("", each) for each in tries[:3]]
    tries += [re.sub(r"^(?:所属|所在|本次|实际|客户|投诉|客诉|跟进|登记)", "", each) for each in tries[:3]]
    tries += [re.sub(r"(?i)[\s_]*numbers?$", "", each) for each in tries[:3]]
    tries += [part for part in re.split("[/、或&]", without) if len(part) > 1]
    for each in tries:
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
    return any(find(kind, heading) or find_of_contact(kind, heading) for kind in KINDS)
