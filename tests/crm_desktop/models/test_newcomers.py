"""What is worked out for new records before they are written is what the file says afterwards."""

import random

import pytest

from crm_desktop.models.base import Invalid
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.interaction import Interaction
from crm_desktop.store import deriving, file, search
from crm_desktop.store.change import change
from crm_desktop.store.ids import new_ids

NAMES = ["北京华东重庆科技有限公司", "长虹电子", "ABC Trading Co., Ltd.", "曾用名行", "杭州 西湖（贸易）商行", "单晓"]
PEOPLE = ["王芳", "单于丹", "解 敏", "O'Neil", "曾志伟", "Ａｎｎ"]
PHONES = [
    "[]",
    '[{"number":"13812345678","type":"mobile"}]',
    '[{"number":"0571-88001234","type":"phone"},{"number":"4008001234"}]',
]


def snapshot():
    """Everything the file says about customers and contact persons, search texts and index included."""
    told = {}
    for table in ("customer", "contact", "position", "customer_hay", "contact_hay"):
        told[table] = file.ask(f'SELECT * FROM "{table}" ORDER BY id')
    assert all(search.check(file.connection(), table) for table in ("customer", "contact"))
    return told


def invented(seed, count=120):
    """Customers with no, one or several people, some of whom have left, and some who are at two customers."""
    rnd = random.Random(seed)
    ids = iter(new_ids(count * 8))
    customers, contacts, positions = [], [], []
    for _n in range(count):
        customers.append(
            {
                "id": next(ids),
                "name": rnd.choice(NAMES) + str(rnd.randrange(1000)),
                "short_name": rnd.choice(["", "华东"]),
                "phones": rnd.choice(PHONES),
                "tier": rnd.choice(["", "gold"]),
                "remarks": rnd.choice(["", "老客户，\n月底结算"]),
                "tags": rnd.choice(["[]", '["重点","展会"]']),
                "addresses": rnd.choice(["[]", '[{"street":"杭州市西湖区文三路1号"}]']),
            }
        )
    for customer in customers:
        for _m in range(rnd.choice([0, 1, 1, 3])):
            birthday = rnd.choice(["", "1980-02-03", "lunar:--03-08"])
            person = {"id": next(ids), "name": rnd.choice(PEOPLE), "phones": rnd.choice(PHONES), "birthday": birthday}
            contacts.append({**person, "wechat": rnd.choice(["", "wx_1"])})
            for place in {customer["id"], rnd.choice([customer, customer, customer, *customers])["id"]}:
                job = rnd.choice(["", "经理"])
                status = {"left": int(rnd.random() < 0.2), "primary": int(rnd.random() < 0.3), "job": job}
                positions.append({"id": next(ids), "contact": person["id"], "customer": place, **status})
    rnd.shuffle(positions)
    return [(Customer, customers), (Contact, contacts), (Position, positions)]


@pytest.mark.parametrize("seed", range(5))
def test_what_is_written_together_is_what_the_file_would_derive(office, seed):
    parts = invented(seed)
    with change(None, "New") as c:
        c.insert_together(parts)
    written = snapshot()
    ids = {model.table(): [row["id"] for row in rows] for model, rows in parts}
    with file.transaction():
        deriving.refresh(ids, {}, {})
    assert snapshot() == written


def test_what_comes_later_in_the_same_change_is_derived_as_well(office):
    parts = invented(1, 3)
    customer = parts[0][1][0]["id"]
    with change(None, "New") as c:
        c.insert_together(parts)
        [late] = c.insert_many(Contact, [{"name": "钱晚", "phones": "[]"}])
        c.insert_many(Position, [{"contact": late, "customer": customer, "primary": 1}])
        c.insert_many(
            Interaction, [{"customer": customer, "at": "2025-03-05T10:00:00", "channel": "phone", "content": "谈了"}]
        )
    row = file.rows("customer", [customer])[customer]
    assert (row["main_contact"], row["last_contact_at"]) == ("钱晚", "2025-03-05T10:00:00")
    assert search.find(file.connection(), "customer", "qianwan").tolist() == [customer]


def test_one_wrong_value_among_many_refuses_them_all(office):
    [(model, rows), *_others] = invented(2, 200)
    rows[150]["email"] = "nobody"
    with pytest.raises(Invalid) as told, change(None, "New") as c:
        c.insert_together([(model, rows)])
    assert list(told.value.problems) == ["email"]
    assert file.one("SELECT count(*) FROM customer") == 0
