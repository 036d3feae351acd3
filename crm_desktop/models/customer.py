"""The customer file: one customer with everything the office knows about it (product.md 4.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from crm_desktop.i18n import N_
from crm_desktop.models import customer_derived as derived
from crm_desktop.models import newcomers
from crm_desktop.models.base import Extended, give_codes, search_text, searched
from crm_desktop.models.fields import (
    Birthday,
    Choice,
    CreditCode,
    Date,
    DateTime,
    Email,
    Integer,
    Link,
    LongText,
    Money,
    Name,
    Number,
    Person,
    Text,
    Url,
    YesNo,
)
from crm_desktop.models.manifold import Choices, People, PhoneNumber, Phones, Rows, Texts
from crm_desktop.store import file
from crm_desktop.store.record import Row, Together, chunks


class Customer(Extended):
    """A customer: company or person."""

    title = N_("Customer")
    searchable = True
    derives = True
    wordless = frozenset({"interaction"})

    code = Text(
        N_("Customer no."),
        search="text",
        unique=True,
        headings="编号 客户编号 客户代码 客户号 档案号 code",
        computed=True,
    )
    name = Name(
        N_("Customer name"),
        required=True,
        width=26,
        headings="客户名称 客户全称 单位名称 公司名称 企业名称 客户 公司 单位 名称 客户单位 customer company name full_name organization",
    )
    short_name = Name(N_("Short name"), headings="简称 客户简称 公司简称")
    aliases = Texts(N_("Former names"), search="name", headings="曾用名 别名 旧名称 alias", width=16)
    kind = Choice(N_("Kind"), "customer_kind", default="company", headings="客户性质 性质 单位性质 客户类型")
    relation = Choices(N_("Relation type"), "relation", default=lambda: ["customer"], headings="往来类型 关系类型")
    tier = Choice(
        N_("Tier"), "tier", index=True, width=9, headings="客户等级 等级 级别 客户级别 客户分级 会员等级 grade level"
    )
    stage = Choice(N_("Stage"), "stage", index=True, headings="客户阶段 阶段 客户状态 状态 生命周期 status")
    industry = Choice(N_("Industry"), "industry", index=True, width=16, headings="所属行业 行业 行业类别")
    size = Choice(N_("Size"), "size", headings="企业规模 规模 公司规模 客户规模")
    source = Choice(
        N_("Source"), "source", index=True, wanted=True, headings="客户来源 来源 来源渠道 渠道来源 获客渠道"
    )
    source_detail = Text(N_("Source details"), headings="来源说明", width=16)
    referrer = Link(N_("Referred by"), "customer", headings="推荐人 介绍人 转介绍人")
    owner = Person(
        N_("Owner"),
        index=True,
        wanted=True,
        headings="负责人 业务员 销售 销售员 归属人 跟单员 销售代表 所属业务员 客户经理 业务经理 salesperson",
    )
    account_manager = Person(N_("Account manager"), headings="专属客户经理 大客户经理")
    collaborators = People(N_("Collaborators"), headings="协作人 协助人")
    department = Text(N_("Department"), headings="所属部门 部门")
    owner_since = Date(N_("Owner since"), headings="成为负责人时间 分配日期")

    region = Text(
        N_("Region"),
        width=16,
        search="text",
        headings="所在地区 地区 区域 省市 省份 城市 所在地 省 市 所在省份 所在城市 province city",
        wanted=True,
    )
    province = Text(N_("Province"), computed=True, index=True)
    addresses = Rows(
        N_("Addresses"),
        {
            "street": Text(N_("Address"), width=24),
            "type": Choice(N_("Type"), "address_type"),
            "region": Text(N_("Region"), width=14),
            "postcode": Text(N_("Postcode"), width=8),
            "consignee": Text(N_("Consignee"), width=8),
            "phone": PhoneNumber(N_("Phone"), width=12),
        },
        search="text",
        width=24,
        headings="地址 联系地址 公司地址 办公地址 详细地址 通讯地址 注册地址 收货地址 单位地址 经营地址 address",
    )
    phones = Phones(
        N_("Phones"),
        width=16,
        wanted=True,
        headings="电话 座机 固定电话 公司电话 联系电话 单位电话 办公电话 总机 传真 手机 手机号 手机号码 移动电话 电话号码 手机/电话 phone tel telephone mobile fax",
    )
    email = Email(N_("E-mail"), width=20, search="text", headings="电子邮箱 邮箱 电子邮件 邮件 e-mail mail email")
    website = Url(N_("Website"), width=20, search="text", headings="网址 网站 官网 公司网址 url")
    wechat = Text(N_("WeChat"), search="text", headings="微信 微信号 wechat weixin")
    wecom = Text(N_("WeCom"), search="text", headings="企业微信")
    qq = Text("QQ", search="text", headings="QQ号 qq号码")
    dingtalk = Text(N_("DingTalk"), search="text", headings="钉钉")
    douyin = Text(N_("Douyin and others"), search="text", headings="抖音 抖音号 其他账号")

    credit_code = CreditCode(
        N_("Unified social credit code"),
        width=20,
        search="text",
        index=True,
        headings="统一社会信用代码 信用代码 社会信用代码 税号 纳税人识别号 组织机构代码 tax_no",
    )
    legal_rep = Name(N_("Legal representative"), headings="法定代表人 法人 法人代表 法人姓名")
    capital = Money(N_("Registered capital"), headings="注册资本 注册资金")
    founded = Date(N_("Founded"), headings="成立日期 成立时间 注册日期")
    staff = Integer(N_("Staff"), headings="从业人员 员工人数 人数 员工数 职工人数")
    revenue = Money(N_("Annual revenue"), headings="营业收入 年营业额 营业额 年营收")
    assets = Money(N_("Total assets"), headings="资产总额 总资产")

    since = Date(
        N_("Customer since"),
        index=True,
        headings="首次合作日期 合作日期 合作时间 首次成交日期 首单日期 成交日期 建档日期 开户日期 合作起始日期 首次合作时间 建档时间 合作开始日期",
    )
    annual_sales = Money(
        N_("Annual sales"),
        help=N_("What we sell to this customer in a year, until orders are kept here."),
        headings="年销售额 年采购额 年度销售额 销售额 年成交额 年交易额 年合作金额 成交金额",
    )
    total_sales = Money(
        N_("Sales so far"),
        help=N_("All we sold to this customer before this system."),
        headings="累计金额 累计销售额 累计成交金额 总金额 历史成交额 累计交易额 合计金额",
    )
    payment_terms = Choice(N_("Payment terms"), "payment_terms", headings="结算方式 付款方式")
    credit_limit = Money(N_("Credit limit"), headings="信用额度 授信额度")
    credit_days = Integer(N_("Credit days"), most=3650, headings="账期 账期天数 信用天数")
    price_level = Text(N_("Price level"), headings="价格等级 价格级别")
    discount = Number(N_("Discount %"), headings="折扣 折扣率")

    bill_name = Text(N_("Billing name"), width=24, headings="开票名称 发票抬头 抬头 开票抬头")
    bill_tax_no = Text(N_("Billing tax no."), width=20, headings="开票税号")
    bill_address = Text(N_("Billing address and phone"), width=24, headings="开票地址电话 开票地址 地址电话")
    bill_bank = Text(N_("Bank"), width=20, headings="开户行 开户银行 银行")
    bill_account = Text(N_("Bank account"), width=20, headings="账号 银行账号 银行账户")
    bill_kind = Choice(N_("Invoice type"), "invoice_kind", headings="发票类型 开票类型")
    bill_email = Email(N_("E-mail for e-invoices"), width=20, headings="收票邮箱 开票邮箱")

    parent = Link(N_("Parent company"), "customer", headings="上级单位 集团 所属集团 母公司")
    related = Rows(
        N_("Related companies"),
        {"name": Text(N_("Company"), width=24), "type": Choice(N_("Relation"), "company_relation")},
        headings="关联企业 关联单位",
    )

    liked_products = Text(N_("Preferred products"), headings="偏好产品 产品偏好 意向产品 主营产品", width=20)
    liked_service = Text(N_("Service wishes"), headings="服务偏好", width=20)
    channel = Choice(N_("Preferred channel"), "channel", headings="沟通渠道偏好 偏好渠道 首选联系方式 沟通方式")
    good_time = Text(N_("Convenient time"), headings="方便时间 方便联系时间")
    speaks = Text(N_("Language"), headings="语言")
    taboos = Text(N_("Taboos"), headings="忌讳 注意事项", width=20)
    needs = Rows(
        N_("Needs"),
        {
            "text": Text(N_("Need"), width=24),
            "product": Text(N_("Product"), width=14),
            "budget": Money(N_("Budget")),
            "expected": Date(N_("Expected on"), future=True),
            "status": Choice(N_("Status"), "need_status"),
        },
        search="text",
        headings="需求 客户需求 需求描述",
    )
    consents = Rows(
        N_("Permission to contact"),
        {
            "channel": Choice(N_("Channel"), "channel"),
            "state": Choice(N_("Permission"), "consent"),
            "on": Date(N_("Since")),
            "how": Text(N_("How we know"), width=16),
        },
    )
    contact_every = Integer(N_("Contact every (days)"), most=3650, headings="联系间隔 回访周期")
    contact_cap = Integer(N_("At most per 30 days"), most=1000)

    last_contact_at = DateTime(N_("Last contact"), computed=True, index=True)
    last_contact_by = Person(N_("Last contact by"), computed=True)
    last_contact_channel = Choice(N_("Last channel"), "channel", computed=True)
    last_contact_text = Text(N_("Last said"), computed=True, width=30)
    next_step_at = DateTime(
        N_("Next step due"),
        help=N_("The earliest next step agreed in a contact that nothing has followed yet."),
        computed=True,
    )
    next_contact_at = DateTime(
        N_("Next contact"),
        future=True,
        index=True,
        headings="下次联系时间 下次联系 下次跟进时间 下次跟进日期 下次回访日期",
    )
    next_contact_what = Text(N_("Next step"), width=20, headings="下次联系内容 下次跟进内容 下一步")

    main_contact = Text(N_("Main contact person"), computed=True)
    main_phone = PhoneNumber(N_("Main phone"), computed=True, width=14)
    open_complaints = Integer(N_("Open complaints"), computed=True, default=0)
    completeness = Integer(N_("Completeness %"), computed=True, default=0)

    tags = Texts(N_("Tags"), search="text", headings="标签 客户标签 分类 客户分类")
    starred = YesNo(N_("Starred"), headings="标星 重点客户 星标")
    pinned = Text(N_("Pinned note"), search="text", width=24, headings="置顶提示 提示")
    remarks = LongText(N_("Remarks"), search="text", headings="备注 说明 备注信息 其他 remark note notes comment")
    anniversaries = Rows(
        N_("Anniversaries"),
        {"what": Text(N_("Occasion"), width=14), "on": Birthday(N_("Day")), "note": Text(N_("Note"), width=16)},
        headings="纪念日",
    )
    archived = YesNo(N_("Archived"), headings="归档 已归档")

    sort_key = Text("", computed=True, index=True)
    core = Text("", computed=True, index=True)

    sections = (
        (
            N_("Basics"),
            (
                "name",
                "short_name",
                "phones",
                "wechat",
                "tier",
                "stage",
                "owner",
                "source",
                "industry",
                "size",
                "tags",
                "starred",
                "pinned",
            ),
        ),
        (
            N_("Where they are and more ways to reach them"),
            ("addresses", "region", "email", "website", "wecom", "qq", "dingtalk", "douyin"),
        ),
        (
            N_("Next contact and preferences"),
            (
                "next_contact_at",
                "next_contact_what",
                "channel",
                "good_time",
                "contact_every",
                "contact_cap",
                "liked_products",
                "liked_service",
                "speaks",
                "taboos",
                "consents",
                "needs",
            ),
        ),
        (
            N_("Business"),
            (
                "since",
                "annual_sales",
                "total_sales",
                "payment_terms",
                "credit_limit",
                "credit_days",
                "price_level",
                "discount",
            ),
        ),
        (
            N_("Company"),
            (
                "kind",
                "credit_code",
                "legal_rep",
                "capital",
                "founded",
                "staff",
                "revenue",
                "assets",
                "aliases",
                "parent",
                "related",
                "relation",
            ),
        ),
        (
            N_("Billing"),
            ("bill_name", "bill_tax_no", "bill_address", "bill_bank", "bill_account", "bill_kind", "bill_email"),
        ),
        (
            N_("Responsibility and notes"),
            (
                "account_manager",
                "collaborators",
                "department",
                "owner_since",
                "source_detail",
                "referrer",
                "anniversaries",
                "remarks",
                "archived",
            ),
        ),
    )

    class Meta:
        indexes = (
            # statistics at the end of a month, and who was not contacted in the rhythm of its tier, from the index alone
            (("archived", "owner", "tier", "stage", "industry", "source", "province", "since", "created_at"), False),
            (("archived", "contact_every", "tier", "last_contact_at", "stage", "owner", "created_at"), False),
        )

    @classmethod
    def complete(cls, rows: list[Row], user: int | None, now: str) -> None:
        super().complete(rows, user, now)
        give_codes(rows, cls.table(), "C", now)
        for row in rows:
            derived.tidy(row, row)
            row.update(derived.own(row))

    @classmethod
    def mend(cls, before: Row, changes: Row, user: int | None, now: str) -> None:
        super().mend(before, changes, user, now)
        if "addresses" in changes and "region" not in changes:  # a region somebody emptied stays empty
            derived.tidy({**before, **changes}, changes)

    @classmethod
    def affects(cls, rows: Sequence[Row]) -> dict[str, set[int]]:
        # a contact person is found by, and shows, the names of its customers; deadlines follow the tier
        return {
            "contact": derived.contact_persons([row["id"] for row in rows]),
            **derived.cases_of_other_tier(rows),
            "survey_asked": derived.surveys_of_other_tier(rows),
        }

    @classmethod
    def derive(cls, ids: Sequence[int], fresh: Collection[int] = ()) -> None:
        for part in chunks(ids):
            derived.derive(part, fresh)

    @classmethod
    def derive_less(cls, ids: Sequence[int]) -> None:
        for part in chunks(ids):
            derived.derive_talks(part)

    @classmethod
    def hays(cls, ids: Sequence[int]) -> Iterable[tuple[int, str]]:
        for part in chunks(ids):
            contacts = derived.contacts_of(part)
            for i, row in file.rows(cls.table(), part, searched(cls)).items():
                texts, names, digits = contacts.get(i, ([], [], []))
                yield i, search_text(cls, row, names, digits, texts)

    @classmethod
    def derive_together(cls, rows: Sequence[Row], together: Together) -> None:
        newcomers.derive_customers(rows, together)

    @classmethod
    def hays_together(cls, rows: Sequence[Row], together: Together) -> Iterable[tuple[int, str]]:
        return newcomers.customer_texts(cls, rows, together)


# the list as everybody sees it first comes from this index alone: on a network drive each row would be a round trip
Customer.add_index(
    Customer.sort_key,
    Customer.id,
    Customer.archived,
    Customer.name,
    Customer.tier,
    Customer.last_contact_at,
    name="customer_list",
)
Customer.add_index(
    Customer.next_step_at,
    Customer.archived,
    Customer.last_contact_at,
    where=Customer.next_step_at.is_null(False),
    name="customer_next_step",
)
# what is due: most customers have no day, and a contact with them is saved without touching this
Customer.add_index(
    Customer.next_contact_at,
    Customer.archived,
    Customer.last_contact_at,
    Customer.owner,
    where=Customer.next_contact_at.is_null(False),
    name="customer_next_contact",
)


def missing(record: Any) -> list[str]:
    """The fields whose absence lowers the completeness (names)."""
    return [name for name in derived.WEIGHTS if Customer.described()[name].is_empty(getattr(record, name))]
