"""Contact persons, and the positions that tie them to customers: one person may serve several (product.md 4.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from crm_desktop import values
from crm_desktop.i18n import N_
from crm_desktop.models import newcomers
from crm_desktop.models.base import Extended, Record, search_text, searched
from crm_desktop.models.fields import (
    Birthday,
    Choice,
    Date,
    DateTime,
    Email,
    Integer,
    Link,
    LongText,
    Money,
    Name,
    Person,
    Text,
    YesNo,
)
from crm_desktop.models.manifold import Phones, Rows, Texts
from crm_desktop.store import file, pinyin
from crm_desktop.store.record import Row, Together, chunks


class Contact(Extended):
    """A contact person."""

    title = N_("Contact person")
    searchable = True
    derives = True

    name = Name(
        N_("Name"),
        required=True,
        width=10,
        headings="姓名 名字 联系人 联系人姓名 客户联系人 人员姓名 name contact contact_person full_name",
    )
    salutation = Choice(N_("Salutation"), "salutation", headings="称呼 尊称")
    gender = Choice(N_("Gender"), "gender", width=6, headings="性别 gender sex")
    phones = Phones(
        N_("Phones"),
        width=16,
        wanted=True,
        headings="手机 手机号 手机号码 移动电话 联系电话 电话 联系方式 座机 办公电话 分机 mobile phone cell tel",
    )
    wechat = Text(N_("WeChat"), search="text", headings="微信 微信号 wechat weixin")
    wecom = Text(N_("WeCom"), search="text", headings="企业微信")
    qq = Text("QQ", search="text", headings="QQ号 qq号码")
    email = Email(N_("E-mail"), width=20, search="text", headings="电子邮箱 邮箱 电子邮件 邮件 e-mail mail email")
    address = Text(N_("Address"), width=24, search="text", headings="地址 联系地址 家庭住址 住址 address")
    birthday = Birthday(N_("Birthday"), width=12, headings="生日 出生日期 出生年月 birthday birth_date")
    role = Choice(N_("Decision role"), "decision_role", headings="决策角色 角色")
    level = Choice(N_("Rank"), "rank", headings="职级 职务级别")
    influence = Integer(N_("Influence 1–5"), least=1, most=5, headings="影响力")
    attitude = Choice(N_("Attitude"), "attitude", headings="态度")
    reports_to = Link(N_("Reports to"), "contact", headings="直属上级 上级")
    native_place = Text(N_("Native place"), headings="籍贯 老家")
    speaks = Text(N_("Language"), headings="语言 方言")
    hobbies = Text(N_("Hobbies"), width=20, search="text", headings="爱好 兴趣 兴趣爱好 hobby")
    diet = Text(N_("Diet and taboos"), width=16, headings="饮食禁忌 忌口 忌讳")
    family = Rows(
        N_("Family"),
        {"name": Text(N_("Name")), "relation": Text(N_("Relation"), width=8), "birthday": Birthday(N_("Birthday"))},
        headings="家庭成员",
    )
    met = Text(N_("How we met"), width=16, headings="认识途径")
    gifts = Rows(
        N_("Gifts"),
        {
            "item": Text(N_("Gift"), width=16),
            "on": Date(N_("Date")),
            "occasion": Text(N_("Occasion")),
            "cost": Money(N_("Cost")),
            "reaction": Text(N_("Reaction"), width=14),
        },
        headings="礼品记录 礼品",
    )
    good_time = Text(N_("Convenient time"), headings="方便联系时间 方便时间")
    channel = Choice(N_("Preferred channel"), "channel", headings="偏好渠道 首选联系方式")
    consents = Rows(
        N_("Permission to contact"),
        {
            "channel": Choice(N_("Channel"), "channel"),
            "state": Choice(N_("Permission"), "consent"),
            "on": Date(N_("Since")),
            "how": Text(N_("How we know"), width=16),
        },
    )
    next_contact_at = DateTime(N_("Next contact"), future=True, index=True, headings="下次联系时间 下次联系")
    starred = YesNo(N_("Starred"), headings="标星")
    tags = Texts(N_("Tags"), search="text", headings="标签")
    remarks = LongText(N_("Remarks"), search="text", headings="备注 说明 remark note notes")

    last_contact_at = DateTime(N_("Last contact"), computed=True, index=True)
    customers = Text(N_("Customers"), computed=True, width=24)
    position_title = Text(N_("Job title"), computed=True)
    birthday_key = Text("", computed=True)
    sort_key = Text("", computed=True, index=True)

    sections = (
        (N_("Basics"), ("name", "salutation", "gender", "phones", "wechat", "email", "birthday", "starred", "tags")),
        (N_("Decisions"), ("role", "level", "influence", "attitude", "reports_to")),
        (N_("More ways to reach"), ("wecom", "qq", "address", "channel", "good_time", "consents", "next_contact_at")),
        (N_("The person"), ("hobbies", "diet", "native_place", "speaks", "family", "met", "gifts", "remarks")),
    )

    class Meta:
        indexes = ((("birthday_key", "birthday"), False),)

    @classmethod
    def affects(cls, rows: Sequence[Row]) -> dict[str, set[int]]:
        found: set[int] = set()
        for part in chunks([row["id"] for row in rows]):
            marks = ",".join("?" * len(part))
            found |= {i for (i,) in file.ask(f"SELECT customer FROM position WHERE contact IN ({marks})", part)}
        return {"customer": found}

    @classmethod
    def complete(cls, rows: list[Row], user: int | None, now: str) -> None:
        super().complete(rows, user, now)
        for row in rows:
            row["sort_key"] = pinyin.sort_key(row["name"])

    @classmethod
    def derive(cls, ids: Sequence[int], fresh: Collection[int] = ()) -> None:
        for part in chunks(ids):
            _derive(part, fresh)

    @classmethod
    def hays(cls, ids: Sequence[int]) -> Iterable[tuple[int, str]]:
        for part in chunks(ids):
            names = _customer_names(part)
            for i, row in file.rows(cls.table(), part, searched(cls)).items():
                yield i, search_text(cls, row, names[i])

    @classmethod
    def derive_together(cls, rows: Sequence[Row], together: Together) -> None:
        newcomers.derive_contacts(rows, together)

    @classmethod
    def hays_together(cls, rows: Sequence[Row], together: Together) -> Iterable[tuple[int, str]]:
        return newcomers.contact_texts(cls, rows, together)


class Position(Record):
    """A contact person's place at one customer."""

    title = N_("Position")

    contact = Link(N_("Contact person"), "contact", end="cascade", required=True, index=False)  # the first one below
    customer = Link(N_("Customer"), "customer", end="cascade", required=True)
    job = Text(N_("Job title"), headings="职务 职位 岗位 头衔 title position")
    department = Text(N_("Department"), headings="部门 所在部门 department")
    primary = YesNo(N_("Main contact person"), headings="主要联系人 首要联系人 是否主联系人")
    since = Date(N_("From"))
    until = Date(N_("Until"))
    left = YesNo(N_("Has left"), headings="已离职 离职")

    sections = ((N_("Basics"), ("customer", "job", "department", "primary", "since", "until", "left")),)

    class Meta:
        indexes = ((("contact", "left", "primary", "customer"), False),)

    @classmethod
    def affects(cls, rows: Sequence[Row]) -> dict[str, set[int]]:
        return {"customer": {row["customer"] for row in rows}, "contact": {row["contact"] for row in rows}}


_DERIVED = ("last_contact_at", "customers", "position_title", "birthday_key", "sort_key")


def _derive(ids: Sequence[int], fresh: Collection[int]) -> None:
    """Recompute the derived columns of up to 500 contact persons; only those that change are written."""
    marks = ",".join("?" * len(ids))
    last = dict(file.ask(f"SELECT contact, max(at) FROM interaction WHERE contact IN ({marks}) GROUP BY contact", ids))
    places: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for contact, name, job in file.ask(
        "SELECT p.contact, k.name, p.job FROM position p JOIN customer k ON k.id = p.customer"
        f' WHERE p.contact IN ({marks}) ORDER BY p."left", p."primary" DESC, p.id',
        ids,
    ):
        places[contact].append((name, job))
    updates: dict[tuple[str, ...], list[tuple[object, ...]]] = defaultdict(list)
    for i, row in file.rows("contact", ids, ["name", "birthday", *_DERIVED]).items():
        mine = places.get(i, ())
        derived = (
            last.get(i),
            ", ".join([name for name, _job in mine]),
            mine[0][1] if mine else "",
            values.birthday_key(row["birthday"]) if row["birthday"] else "",
            row["sort_key"] if i in fresh else pinyin.sort_key(row["name"]),
        )
        changed = {name: value for name, value in zip(_DERIVED, derived, strict=True) if value != row[name]}
        if changed:
            updates[tuple(changed)].append((*changed.values(), i))
    for names, rows in updates.items():
        file.connection().executemany(f"UPDATE contact SET {', '.join(f'{name}=?' for name in names)} WHERE id=?", rows)


def _customer_names(contacts: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for contact, name, short in file.ask(
        "SELECT p.contact, k.name, k.short_name FROM position p JOIN customer k ON k.id = p.customer"
        f" WHERE p.contact IN ({','.join('?' * len(contacts))})"
        ' ORDER BY p.contact, p."left", p."primary", p.customer, p.id',
        contacts,
    ):
        found[contact] += [text for text in (name, short) if text]
    return found


__all__ = ["Contact", "Person", "Position"]
