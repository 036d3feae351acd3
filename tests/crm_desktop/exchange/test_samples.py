"""The files of an invented office are read as a careful clerk would read them (tests/samples/expected.json)."""

import json

import pytest

from crm_desktop.exchange import importing
from crm_desktop.store import file, history

from .conftest import SAMPLES

EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
ALL = sorted(SAMPLES / name for name in EXPECTED)


def one(name):
    return SAMPLES / name


def test_the_customer_list_has_sixty_customers_and_a_second_contact_person(bring_in):
    told = bring_in(one("客户名单2025.xlsx"))[0]
    expected = EXPECTED["客户名单2025.xlsx"]
    assert told["kind"] == "customers"
    assert {kind: n for kind, n in told["created"].items() if n} == {"customers": 60, "contacts": 61}
    assert [row["row"] for row in told["refused"]] == [68]
    assert [row["what"] for row in told["skipped"]] == ["blank", "subtotal", "total"]
    stored = file.ask(
        "SELECT k.name, k.since, k.annual_sales, k.tier, c.name, c.phones FROM customer k"
        " JOIN position p ON p.customer = k.id JOIN contact c ON c.id = p.contact ORDER BY p.id"
    )
    tiers = {"diamond": "钻石", "gold": "金", "silver": "银", "regular": "普通"}
    seen = [
        {
            "name": name,
            "mobile": json.loads(phones)[0]["number"],
            "since": since,
            "sales": sales / 100,
            "tier": tiers[tier],
            "contact": contact,
        }
        for name, since, sales, tier, contact, phones in stored
    ]
    assert seen[:60] == expected["rows"]
    assert (seen[60]["name"], seen[60]["contact"]) == (expected["second_contact_of"], "林军")


def test_the_contact_persons_are_read_from_gb18030(bring_in):
    told = bring_in(one("客户名单2025.xlsx"), one("联系人.csv"))[1]
    assert told["kind"] == "contacts"
    assert (
        sum(told[what]["contacts"] for what in ("created", "updated", "unchanged"))
        == EXPECTED["联系人.csv"]["contacts"]
    )
    assert told["created"]["customers"] == 0
    stored = {
        name: (customer, wechat, birthday)
        for name, customer, wechat, birthday in file.ask(
            "SELECT name, customers, wechat, birthday FROM contact WHERE wechat <> ''"
        )
    }
    assert len(stored) == 30 - 1  # two are called 查勇
    assert stored["李洋"] == ("青岛华信物流有限公司", "wx_7_2", "lunar:--03-08")
    assert stored["张洋"][2] == "--02-02"
    assert stored["徐䶮"][0] == "青岛龙腾餐饮管理（有限）公司"


def test_contact_persons_alone_bring_their_customers(bring_in):
    told = bring_in(one("联系人.csv"))[0]
    assert told["created"]["contacts"] == 30
    assert told["created"]["customers"] == len({row["customer"] for row in EXPECTED["联系人.csv"]["rows"]})


def test_the_contact_history_keeps_its_authors_and_finds_short_names(bring_in):
    told = bring_in(one("跟进记录.xlsx"), one("客户名单2025.xlsx"))[1]
    assert (told["created"]["interactions"], told["refused"]) == (200, [])
    ways = {"phone": "电话", "visit": "上门拜访", "came": "来访", "wechat": "微信", "sms": "短信", "email": "邮件"}
    seen = [
        {"customer": customer, "at": at, "way": ways[channel], "by": by}
        for customer, at, channel, by in file.ask(
            "SELECT k.name, i.at, i.channel, u.name FROM interaction i JOIN customer k ON k.id = i.customer"
            ' JOIN user u ON u.id = i."by" ORDER BY i.id LIMIT 20'
        )
    ]
    assert seen == EXPECTED["跟进记录.xlsx"]["rows"]


def test_an_interaction_of_an_unknown_customer_is_refused_unless_it_may_be_created(office, bring_in):
    refused = importing.read(one("跟进记录.xlsx")).result().as_json()["files"][0]["refused"]
    assert len(refused) == 200
    assert "九州科技" in refused[0]["reason"]
    assert bring_in(one("跟进记录.xlsx"), create_missing=True)[0]["created"]["interactions"] == 200


def test_wrong_tax_numbers_are_said_and_kept_and_lose_no_row(bring_in):
    told = bring_in(one("老系统导出.xls"))[0]
    assert told["created"]["customers"] == EXPECTED["老系统导出.xls"]["customers"]
    assert "does not match" in told["notes"][0]["note"]
    rows = file.ask("SELECT name, phones, since, credit_code, bill_tax_no, code FROM customer ORDER BY id")
    seen = [
        {"name": name, "mobile": json.loads(phones)[0]["number"], "since": since} for name, phones, since, *_ in rows
    ]
    assert seen[:5] == EXPECTED["老系统导出.xls"]["rows"]
    assert rows[0][3:] == ("", "913200000000000001", "K00001")


def test_six_complaints_are_still_open(bring_in):
    told = bring_in(one("客户名单2025.xlsx"), one("投诉台账2025.xlsx"))[1]
    assert told["created"]["complaints"] == EXPECTED["投诉台账2025.xlsx"]["complaints"]
    assert (
        file.one("SELECT count(*) FROM complaint WHERE closed_at IS NULL")
        == EXPECTED["投诉台账2025.xlsx"]["still_open"]
    )
    assert file.one("SELECT sum(open_complaints) FROM customer") == 6
    first = file.ask("SELECT cause, compensation, satisfaction, state FROM complaint ORDER BY received_at, id LIMIT 1")
    assert first == [("staff", None, "2", "closed")]


def test_the_cards_are_six_contact_persons(bring_in):
    told = bring_in(one("名片.vcf"))[0]
    assert told["created"]["contacts"] == 6
    seen = [
        {"name": name, "mobile": json.loads(phones)[0]["number"]}
        for name, phones in file.ask("SELECT name, phones FROM contact ORDER BY id")
    ]
    assert seen == EXPECTED["名片.vcf"]["rows"]


def test_everything_imported_twice_changes_nothing(bring_in):
    bring_in(*ALL)
    before = [
        file.ask(f'SELECT * FROM "{t}" ORDER BY id')
        for t in ("customer", "contact", "interaction", "complaint", "change")
    ]
    for told in bring_in(*reversed(ALL)):
        assert sum(told["created"].values()) == sum(told["updated"].values()) == 0
        assert told["change"] is None
    after = [
        file.ask(f'SELECT * FROM "{t}" ORDER BY id')
        for t in ("customer", "contact", "interaction", "complaint", "change")
    ]
    assert after == before


@pytest.mark.parametrize("again", [False, True])
def test_taking_an_import_back_restores_everything(bring_in, again):
    bring_in(one("客户名单2025.xlsx"))
    tables = ("customer", "contact", "position", "interaction", "complaint", "user")
    before = [file.ask(f'SELECT * FROM "{t}" ORDER BY id') for t in tables]
    change = bring_in(*ALL)[0]["change"]
    assert [file.ask(f'SELECT * FROM "{t}" ORDER BY id') for t in tables] != before
    undone = history.undo(None, change)
    assert undone.kept == []
    assert [file.ask(f'SELECT * FROM "{t}" ORDER BY id') for t in tables] == before
    if again:
        history.undo(None, undone.change)
        assert file.one("SELECT count(*) FROM complaint") == 40
