"""Headings in pinyin initials (KHMC for 客户名称), as programs of old call their columns in ten letters."""

from __future__ import annotations

from typing import Final

from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.interaction import Interaction

_PERSON: Final[dict[tuple[type[Record], str], str]] = {
    (Contact, "phones"): "sj sjh sjhm yddh lxdh lxfs",
    (Contact, "birthday"): "csrq csny",
    (Contact, "gender"): "xb",
    (Position, "job"): "zw",
}
INITIALS: Final[dict[str, dict[tuple[type[Record], str], str]]] = {
    "customers": {
        (Customer, "name"): "khmc dwmc gsmc qymc khqc dwqc",
        (Customer, "short_name"): "khjc dwjc gsjc",
        (Customer, "code"): "khbh khdm khbm khh dwbh dwdm",
        (Customer, "phones"): "dh dhhm lxdh sj sjh sjhm gddh czhm",
        (Customer, "addresses"): "dz lxdz txdz gsdz dwdz xxdz shdz",
        (Customer, "email"): "dzyj dzyx yx",
        (Customer, "credit_code"): "sh nsrsbh xydm tyshxydm",
        (Customer, "bill_bank"): "khyh",
        (Customer, "bill_account"): "yhzh zh",
        (Customer, "legal_rep"): "fr frdb fddbr",
        (Customer, "owner"): "ywy fzr xsy khjl",
        (Customer, "industry"): "hy sshy",
        (Customer, "tier"): "khdj dj jb",
        (Customer, "region"): "dq ssdq sf cs szdq",
        (Customer, "since"): "jdrq hzrq",
        (Customer, "annual_sales"): "nxse ncje",
        (Customer, "credit_limit"): "xyed",
        (Customer, "remarks"): "bz sm",
        (Contact, "name"): "lxr lxrxm",
    },
    "contacts": {
        (Contact, "name"): "xm lxr lxrxm",
        **_PERSON,
        (Contact, "email"): "dzyj dzyx yx",
        (Contact, "address"): "dz jtzz jtdz",
        (Contact, "remarks"): "bz",
        (Customer, "name"): "khmc dwmc gsmc gzdw szdw",
        (Position, "department"): "bm",
    },
    "interactions": {
        (Interaction, "at"): "rq lxrq bfrq gjrq gjsj",
        (Interaction, "customer"): "khmc dwmc gsmc",
        (Interaction, "contact"): "lxr",
        (Interaction, "content"): "nr lxnr gjnr bfnr",
        (Interaction, "by"): "ywy jbr gjr",
    },
    "complaints": {
        (Complaint, "received_at"): "rq tsrq slrq djrq",
        (Complaint, "customer"): "khmc dwmc gsmc",
        (Complaint, "complainant"): "tsr",
        (Complaint, "description"): "tsnr",
        (Complaint, "solution"): "cljg clqk",
        (Complaint, "owner"): "jbr clr",
    },
}
"""By the kind of list and the field."""
