"""Further headings people write over their columns, beside those that stand on the fields themselves."""

from __future__ import annotations

from typing import Final

from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.feedback import Feedback
from crm_desktop.models.service import ServiceRequest
from crm_desktop.models.service_parts import ServiceNote

Headings = dict[tuple[type[Record], str], str]
"""Headings by the field they mean, parted by blanks."""

_PHONES: Final = "商务电话 更多电话 联系手机 其他电话 手机电话"
_EMAIL: Final = "电邮 メールアドレス メール 电子邮件信箱 电子邮件地址 邮箱地址 邮件地址 e-mail_address email_address"
OF_WHOM: Final = (
    "用户电话 用户手机 电话 联系电话 手机 手机号 手机号码 客户电话 客户手机 电话号码 客户号码 来电号码 来电电话 "
    "主叫号码 被叫号码 "
    "对方号码 phone mobile tel"
)

OF_CUSTOMERS: Final[Headings] = {
    (
        Contact,
        "name",
    ): "担当者 担当者名 窗口 窗口人员 承办人 承办 attn attention 联系人 联络人 联系人姓名 客户联系人 主要联系人 "
    "首要联系人 第一联系人 对接人 经办人 家长 家长姓名 监护人 "
    "办税人 办税人员 老板 店长 掌柜 老板姓名 "
    "厂长 校长 院长 站长 采购 采购员 采购负责人 客人 买手 contact contact_person contact_name",
    (Contact, "phones"): "携帯电话 携帯 携带电话 行动电话 移动电话号码 联系人手机 联系人电话 联系人联系方式",
    (Contact, "birthday"): "联系人生日 农历生日 阴历生日 公历生日 阳历生日 生日农历",
    (Position, "job"): "职称 职衔 役职 job_title job designation organization_title",
    (
        Customer,
        "code",
    ): "代号 编码 往来单位编码 顾客番号 编码 代码 客户id 用户id 会员id 客户编码 会员编号 会员号 卡号 会员卡号",
    (
        Customer,
        "owner",
    ): "所有人 客户所有人 分管人员 分管人 经手人 添加人 添加成员 归属销售 归属员工 跟单人 营业担当 sales_rep "
    "sales_representative account_manager_name 销售经理 跟进人 所属销售 业务代表 维护人 维护人员 负责业务员 "
    "专营业务员 分管业务员 客服 owner "
    "account_owner contact_owner "
    "lead_owner",
    (Customer, "tags"): "tag 客户类别 类别 分组 所在分组",
    (
        Customer,
        "name",
    ): "企业 户名 全称 付款方 付款人 汇款人 打款人 对方户名 商号 店号 厂商 厂商名称 会社名 取引先名 顾客名 客户全名 "
    "公司全名 单位全名 client client_name buyer buyer_name 客户姓名 会员姓名 会员名称 商户名称 门店名称 店名 "
    "全名 买家昵称 买家姓名 买家会员名 旺旺昵称 微信昵称 客人姓名 宾客姓名 学校名称 医院名称 酒店名称 商家名称 "
    "店铺名称 机构名称 "
    "工厂名称 供应商名称 昵称 客户昵称 经销商名称 代理商名称 购货单位 购买单位 需方 甲方 收货人 收货人姓名 收件人 "
    "收件人姓名 "
    "门店 店铺 商家 商户 网点 厂家 厂名 学校 医院 酒店 超市 药店 经销商 代理商 加盟商 分销商 供应商 合作单位 "
    "往来单位 对方单位 "
    "收货单位 购方 购方名称 买方 买家 业主 业主姓名 学员 学员姓名 顾客 顾客姓名 投保人 投保人姓名 车主 车主姓名 "
    "住户 住户姓名 租户 患者 患者姓名 委托人 "
    "学生姓名 organization_name company_name customer_name account_name",
    (
        Customer,
        "phones",
    ): "手提电话 电话番号 代表电话 联络电话 连络先 商务电话 "
    "mobile_phone cell_phone cellphone whatsapp fax番号 固话 "
    f"有效手机号 联系方式 客户电话 {_PHONES}",
    (Customer, "email"): _EMAIL,
    (
        Customer,
        "remarks",
    ): "备考 memo memos 摘要 附注 描述 备注说明 补充说明 description",
    (Customer, "staff"): "参保人数 总人数 社保人数 employees number_of_employees no_of_employees",
    (Customer, "credit_code"): "统一编号 统编 税务登记号 税务登记证号 营业执照号 组织机构代码/税号",
    (
        Customer,
        "region",
    ): "country country/region country_region 国家 国家/地区 国别 地区全名 town prefecture 都道府县 区县 区/县 "
    "区 县 市县 省/市 省份/城市 所属省份 所属城市 所属区县 所在省市 所在省市区 "
    "省市区 "
    "billing_city billing_state mailing_city state",
    (
        Customer,
        "since",
    ): "开始往来日 往来日期 取引开始日 发展日 建立日期 首次成交时间 首次下单时间 首次下单日期 首单时间 "
    "首次购买时间 首次购买日期 开始合作时间 开卡日期 开卡时间 "
    "办卡日期 入会日期 入会时间 发展日期 首次合作 "
    "合作开始 首次交易日 首次交易日期 customer_since first_order first_order_date first_purchase",
    (Customer, "total_sales"): "累计消费 累计消费金额 消费总额 累计订单金额 总消费",
    (Customer, "bill_bank"): "开户银行及支行 开户行名称 开户行及账号 开户行账号 开户银行及账号 银行及账号",
    (
        Customer,
        "addresses",
    ): "安装地址 施工地址 服务地址 上门地址 "
    "住所 送货地址 交货地址 到货地址 所在地址 business_address office_address 企业地址 单位详细地址 收件地址 "
    "address_formatted "
    "billing_street street street_address mailing_street",
    (Customer, "short_name"): "简名 单位简名 略称",
    (
        Customer,
        "liked_products",
    ): "感兴趣产品 感兴趣的产品 需求产品 product_interest interested_products products_of_interest",
    (Customer, "payment_terms"): "付款条件 收款方式 结账方式",
    (Customer, "tier"): "评级 客户评级 信用等级",
    (Customer, "stage"): "合作状态 合作情况 成交状态",
    (Customer, "credit_days"): "结算期限 付款期限 账期天 信用期",
    (Customer, "website"): "web web_page web_site website_url homepage ホームページ",
    (Contact, "email"): "担当者メール",
    (Position, "department"): "部署 部署名 dept",
}
OF_CONTACTS: Final[Headings] = {
    (Contact, "name"): "氏名 担当者 担当者名 全名 contact_person 对接人",
    (
        Contact,
        "phones",
    ): "手提电话 "
    "电话番号 携帯电话 携带电话 行动电话 whatsapp mobile_phone cell_phone home_phone work_phone business_phone "
    f"telephone phone_number 固话 住宅电话 办公室电话 家庭电话 工作电话 {_PHONES}",
    (Contact, "email"): _EMAIL,
    (Contact, "birthday"): "date_of_birth dob 生年月日 农历生日 阴历生日 公历生日 阳历生日 农历 生日农历",
    (Contact, "remarks"): "备考 memo description 附言 附注 描述",
    (Contact, "address"): "住所 street formatted_address 商务地址街道 address_formatted",
    (Contact, "tags"): "tag labels categories 类别 组别 分组 群组 所在分组",
    (Position, "job"): "职衔 役职 job_title job designation organization_title 职称",
    (
        Customer,
        "name",
    ): "account_name 会社名 勤务先 任职公司 客户名称 客户全称 单位名称 公司名称 企业名称 客户 公司 单位 "
    "客户单位 所属客户 所属公司 所在单位 工作单位 "
    "customer company organization company_name customer_name organization_name 企业 学校 医院 酒店 门店 店铺 店名",
    (Customer, "short_name"): "客户简称 公司简称 简称",
    (Customer, "code"): "客户编号 客户代码 客户号",
    (Contact, "salutation"): "称谓 敬称 salutation name_prefix",
    (Position, "department"): "部署 部署名 dept organization_department",
}
OF_COMPLAINTS: Final[Headings] = {
    (Complaint, "analysis"): "备注 说明 备注说明 remarks root_cause",
    (Complaint, "complainant"): "投诉人及电话 投诉人及联系方式 消费者 消费者姓名",
    (
        Complaint,
        "description",
    ): "反映问题 反映的问题 反映内容 反应问题 问题 投诉问题 存在问题 客户反馈 反馈问题 事由 异常描述 "
    "complaint_description "
    "complaint issue defect_description problem_description failure_description reason_for_return return_reason "
    "nature_of_complaint "
    "description_of_complaint",
    (Complaint, "category"): "问题归类 归类 投诉归类 问题类别",
    (Complaint, "replied_at"): "首次响应时间 响应时间 回复客户日期 回复客户时间 回复日期 回复时间",
    (Complaint, "received_at"): "接收日期 接收时间 收到日期 收到时间 来电时间 来电日期 报修时间 报修日期 接报时间 "
    "rma_date return_date date_received received_date date_of_complaint reported_on 反映时间 反映日期 complaint_date",
    (Complaint, "customer"): "客户姓名 来电人 报修人 报修单位",
    (Complaint, "registered_by"): "客服 接线人 接听人 登记人员",
    (
        Complaint,
        "solution",
    ): "处理方案 办理结果 办理情况 答复内容 解决办法 处理办法 处理意见及结果 处理进展 办理意见 corrective_actions "
    "corrective_action action_taken resolution",
    (Complaint, "demand"): "消费者诉求 诉求内容",
    (Complaint, "department"): "承办部门 承办单位 处理部门",
    (Complaint, "agreed_by"): "办理时限 办结时限 办理期限 target_date due_date",
    (Complaint, "owner"): "处理人员 responsible responsible_person",
    (Complaint, "code"): "工单编号 案件编号 8d_no 8d_number 8d编号 8d报告编号 complaint_no case_no ncr_no rma_no "
    "rma_number",
    (Complaint, "follow_up"): "回访内容 回访记录",
    (
        Complaint,
        "state",
    ): "办结情况 办理状态 办结状态 办理进度 完成情况 结案情况 是否办结 是否结案 是否解决 是否完成 是否关闭",
    (Complaint, "compensation_kind"): "赔付方式",
    (Complaint, "solved_at"): "处理完毕时间 处理时间 date_resolved 办结日期 办结时间 解决完成时间",
    (Complaint, "closed_at"): "closure_date closed_on date_closed closed_date 结案时间 完结日期 完结时间",
    (Complaint, "satisfaction"): "客户满意吗 满意情况 满意程度 客户评价 回访满意度 回访结论",
    (Customer, "code"): "客户编号 客户代码 客户号",
    (Customer, "phones"): f"{OF_WHOM} 联系方式 投诉人电话 投诉人手机 投诉人联系方式 投诉人联系电话 投诉电话",
}
OF_REQUESTS: Final[Headings] = {
    (
        ServiceRequest,
        "received_at",
    ): "来电时间 来电日期 接报时间 接单日期 受理日期 提交时间 提出时间 创建时间 request_date "
    "opened created requested_at created_at date_created",
    (ServiceRequest, "acknowledged_at"): "派工时间 派工日期 派单日期",
    (ServiceRequest, "code"): "ticket_id ticket_no ticket_number case_number request_id",
    (ServiceRequest, "customer"): "客户姓名 用户姓名 报修客户 使用单位 用户单位 用户名称 服务对象 受理单位 来电单位",
    (ServiceRequest, "caller"): "报修人及电话 报修人/电话 来电人 联系人及电话 requester requested_by",
    (
        ServiceRequest,
        "description",
    ): "问题 故障 故障情况 报修内容 报修事项 报修原因 问题现象 现象 问题说明 咨询内容 咨询问题 服务事项 服务需求 "
    "请求描述 request issue problem details body message",
    (ServiceRequest, "type"): "服务类别 服务项目 请求类别 报修类型 问题类型 工单类型 业务类型 request_type ticket_type",
    (ServiceRequest, "subject"): "工单标题 请求主题 summary",
    (ServiceRequest, "priority"): "紧急程度 优先级别 severity",
    (
        ServiceRequest,
        "owner",
    ): "维修人 维修人员 维修员 维修工程师 派单人员 指派给 接单工程师 技术员 负责工程师 assigned_to "
    "assignee technician engineer",
    (ServiceRequest, "registered_by"): "客服 接线人 接听人 登记人员 客服人员",
    (ServiceRequest, "replied_at"): "到达时间 到场时间 上门时间 响应日期 first_response",
    (ServiceRequest, "agreed_at"): "预约上门时间 预约上门 要求完成时间 计划完成时间 期望完成时间",
    (
        ServiceRequest,
        "solution",
    ): "处理方案 解决办法 处理办法 处理方法 维修结果 维修情况 服务结果 答复内容 回复内容 处理内容 resolution work_done",
    (ServiceRequest, "state"): "处理情况状态 工单状态 完成情况 是否完成 是否解决 办理状态 维修状态 进展",
    (
        ServiceRequest,
        "solved_at",
    ): "修复时间 修复日期 维修完成时间 实际完成时间 办结时间 办结日期 结束时间 date_resolved "
    "完工时间 完工日期 处理完毕时间 solved_at resolved resolved_at completed",
    (ServiceRequest, "closed_at"): "结案时间 完结时间 回访时间 回访日期 date_closed closed",
    (ServiceRequest, "satisfaction"): "服务评分 满意程度 回访满意度 评价 客户满意吗 rating",
    (ServiceRequest, "feedback"): "回访意见 回访内容 回访记录 客户签字意见",
    (ServiceRequest, "parts"): "备件更换 使用配件 耗材 更换备件 更换零件 parts",
    (ServiceRequest, "minutes"): "服务时长 服务时长(分钟) 处理时长 耗时 time_spent",
    (ServiceRequest, "cost"): "维修费 维修费用 收费 服务费用 服务金额 fee charge",
    (ServiceRequest, "product"): "产品型号 设备型号 规格型号 机器型号 仪器名称 model equipment",
    (ServiceRequest, "serial_no"): "设备序列号 产品序列号 设备编号 机器编号 sn sn码 序列号码 资产编号 serial_number",
    (Customer, "code"): "客户编号 客户代码 客户号",
    (Customer, "phones"): f"{OF_WHOM} 联系方式 报修电话 报修人电话 联系人电话",
}
OF_FEEDBACK: Final[Headings] = {
    (Feedback, "at"): "提出时间 提出日期 收到时间 收到日期 登记时间 登记日期 来访日期 received",
    (Feedback, "customer"): "客户姓名 反馈客户 反馈单位 建议单位 表扬单位",
    (Feedback, "who"): "反馈人及电话 提交人 反映人 said_by",
    (
        Feedback,
        "text",
    ): "反馈意见 客户反馈 客户意见 客户建议 意见与建议 意见和建议 意见及建议 客户意见及建议 客户意见与建议 建议 "
    "表扬内容 表扬事迹 反映内容 描述 详情 suggestion "
    "comment",
    (Feedback, "kind"): "反馈类别 意见类型 建议类型 意见类别 category",
    (Feedback, "about"): "表扬对象 被反映人",
    (Feedback, "owner"): "受理人 负责部门人 承办人 跟进人 assigned_to",
    (Feedback, "state"): "处理进度 办理状态 是否回复 是否处理 回复状态 答复状态",
    (Feedback, "answer"): "商家回复 店家回复 卖家回复 客服回复 回复客户内容 处理措施 答复意见 处理回复 response",
    (Feedback, "answered_at"): "处理日期 处理时间 完成日期 完成时间 replied answered",
    (Feedback, "adopted"): "是否采用 采纳否 adopted",
    (Feedback, "thanks"): "奖励 感谢 答谢方式",
    (Customer, "code"): "客户编号 客户代码 客户号",
    (Customer, "phones"): f"{OF_WHOM} 联系方式 反馈人电话 联系人电话",
}
OF_SOLUTIONS: Final[Headings] = {
    (
        ServiceNote,
        "name",
    ): "标题 题目 问题 常见问题 问题标题 问题描述 故障现象 方案名称 知识标题 主题 question title problem topic",
    (
        ServiceNote,
        "text",
    ): "解决方案 解决办法 解决方法 处理方法 处理办法 处理措施 答案 回答 答复 答复口径 内容 正文 answer "
    "solution resolution",
    (ServiceNote, "words"): "关键词 关键字 标签 检索词 keywords tags",
    (ServiceNote, "type"): "类型 分类 类别 服务类型 问题类型 所属分类 category type",
}
_NAMES: Final = (
    "中文姓名 姓名 名字 昵称 客户昵称 "
    "name fullname 客户姓名 会员姓名 收货人 收货人姓名 收件人 收件人姓名 业主 业主姓名 学员 "
    "学员姓名 顾客 顾客姓名 投保人 投保人姓名 车主 车主姓名 住户 住户姓名 租户 患者 患者姓名 委托人 学生姓名"
)
PERSON_NAME: Final = frozenset(_NAMES.split())
"""Headings over names of people, who can be customers themselves."""
_OTHERS: Final = (
    "身份证 身份证号 身份证号码 证件号码 证件号 登记状态 经营状态 企业状态 提交答卷时间 所用时间 来自ip 总分 "
    "被投诉企业 被投诉单位 被投诉人 被投诉方 被投诉对象"
)
NOT_OURS: Final = frozenset(_OTHERS.split())
"""Headings that look like one of ours and mean something else (who is complained about is the office itself)."""
