"""Two files of one customer become one, nothing is lost on the way, and two again if it was a mistake."""

from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop import listing, merging
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, Contact, Customer, Interaction, Invalid, Position
from crm_desktop.sides import side_by_side as sides_of
from crm_desktop.store import checking, file, history, search, server_state
from crm_desktop.store.change import Gone, change
from crm_desktop.store.record import tables


def content():
    """All that is stored, but for the log: records with what they derive, and their search texts."""
    found = {name: sorted(map(str, file.ask(f'SELECT * FROM "{name}"'))) for name in tables()}
    for name, model in tables().items():
        if model.searchable:
            found[f"{name}_hay"] = sorted(map(str, file.ask(f'SELECT * FROM "{name}_hay"')))
            assert search.check(file.connection(), name)
    return found


def merge(user, keep, other, choice=None):
    with change(user, merging.ACTION) as c:
        merged = merging.merge(c, keep.id, other.id, choice or {})
    return c.id, merged


def add(user, model, values):
    with change(user, N_("Add")) as c:
        return c.save(model, values)


def again(record):
    return type(record).get_row(record.id)


@pytest.fixture
def twin(wang_fang, li_qiang, li_ming):
    """A second file of 杭州长荣机电, kept by 李强."""
    return add(
        li_qiang,
        Customer,
        {
            "name": "长荣机电（杭州）",
            "tier": "silver",
            "wechat": "changrong",
            "phones": [{"number": "0571 8888 6666", "note": "总机"}, {"number": "13900002222"}],
            "tags": ["老客户"],
            "remarks": "上午不接电话",
            "owner": li_qiang.id,
        },
    )


def test_the_survivor_has_what_either_had(li_ming, twin, wang_fang):
    merge(wang_fang, li_ming, twin)
    one = again(li_ming)
    assert (one.tier, one.wechat, one.tags) == ("gold", "changrong", ["老客户"])
    assert [row["number"] for row in one.phones] == ["0571-88886666", "13900002222"]
    assert one.phones[0]["note"] == "总机"
    assert one.remarks.splitlines()[0] == "上午不接电话"
    assert Customer.get_row(twin.id) is None


def test_the_survivor_is_found_by_both_names_and_numbers(li_ming, twin, wang_fang):
    merge(wang_fang, li_ming, twin)
    for text in ("杭州长荣机电有限公司", "长荣机电（杭州）", li_ming.code, twin.code, "13900002222", "上午不接"):
        assert [row["id"] for row in listing.find_customers(text, 10)] == [li_ming.id], text


def test_what_has_no_room_is_named_and_stands_in_the_remarks(li_ming, twin, wang_fang):
    _number, merged = merge(wang_fang, li_ming, twin)
    assert merged.noted == ["Tier", "Owner"]
    assert again(li_ming).remarks.splitlines()[1] == "From 长荣机电（杭州）: Tier: Silver; Owner: 李强"


def test_two_customers_stand_side_by_side_in_words(li_ming, twin, visit, wang_fang):
    friends = [add(wang_fang, Customer, {"name": name}) for name in ("甲甲", "乙乙")]
    with change(wang_fang, N_("Edit customer")) as c:
        c.save(again(li_ming), {"referrer": friends[0].id})
        c.save(again(twin), {"referrer": friends[1].id, "parent": li_ming.id})
    sides = sides_of(li_ming.id, twin.id)
    told = {it.compared.name: (it.left, it.right, it.both, it.compared.usual) for it in sides.fields}
    assert told["tier"] == ("Gold", "Silver", "", "left")
    assert told["wechat"] == ("", "changrong", "", "right")
    assert told["phones"][2:] == ("0571-8888 6666, 139 0000 2222", "both")
    assert told["referrer"] == ("甲甲", "乙乙", "", "left")
    assert "parent" not in told
    hang = {table: n for table, n in sides.keep.counts.items() if n}
    assert (sides.keep.owner, hang) == ("王芳", {"contact": 1, "interaction": 1})
    merge(wang_fang, li_ming, twin)
    assert "Referred by: 乙乙" in again(li_ming).remarks


def test_a_choice_decides_and_is_not_noted(li_ming, twin, wang_fang):
    _number, merged = merge(wang_fang, li_ming, twin, {"tier": "silver", "owner": twin.owner, "name": twin.name})
    one = again(li_ming)
    assert (one.tier, one.name, merged.noted) == ("silver", twin.name, [])
    assert "杭州长荣机电有限公司" in one.aliases


def test_a_choice_that_breaks_a_rule_changes_nothing(li_ming, twin, wang_fang):
    before = content()
    with pytest.raises(Invalid):
        merge(wang_fang, li_ming, twin, {"name": ""})
    assert content() == before


def test_every_child_moves(li_ming, twin, ming, visit, wang_fang):
    talk = add(wang_fang, Interaction, {"customer": twin.id, "content": "问价", "channel": "phone"})
    trouble = add(wang_fang, Complaint, {"customer": twin.id, "description": "漏油"})
    friend = add(wang_fang, Customer, {"name": "宁波海天", "referrer": twin.id, "parent": twin.id})
    person = add(wang_fang, Contact, {"name": "赵敏"})
    add(wang_fang, Position, {"customer": twin.id, "contact": person.id, "primary": True})
    _number, merged = merge(wang_fang, li_ming, twin)
    assert {again(talk).customer, again(trouble).customer, again(visit).customer} == {li_ming.id}
    assert (again(friend).referrer, again(friend).parent) == (li_ming.id, li_ming.id)
    assert again(person).customers == li_ming.name
    assert merged.moved == {"customer": 2, "position": 1, "interaction": 1, "complaint": 1}


def test_a_person_at_both_has_one_place_afterwards(li_ming, twin, ming, wang_fang):
    add(wang_fang, Position, {"customer": twin.id, "contact": ming.id, "department": "采购部", "primary": True})
    merge(wang_fang, li_ming, twin)
    ((job, department, primary),) = file.ask('SELECT job, department, "primary" FROM position')
    assert (job, department, primary) == ("采购经理", "采购部", 1)


def test_the_same_person_written_down_twice_becomes_one(li_ming, twin, ming, wang_fang):
    double = add(wang_fang, Contact, {"name": "李 明", "phones": [{"number": "138 0000 1234"}], "hobbies": "钓鱼"})
    add(wang_fang, Position, {"customer": twin.id, "contact": double.id})
    namesake = add(wang_fang, Contact, {"name": "李明", "phones": [{"number": "13711112222"}]})
    add(wang_fang, Position, {"customer": twin.id, "contact": namesake.id})
    before = content()
    number, _merged = merge(wang_fang, li_ming, twin)
    assert Contact.get_row(double.id) is None
    assert again(ming).hobbies == "钓鱼"
    assert again(namesake).customers == li_ming.name
    merging.unmerge(wang_fang, number)
    assert content() == before


def test_nobody_becomes_the_referrer_or_parent_of_oneself(li_ming, twin, wang_fang):
    with change(wang_fang, N_("Edit customer")) as c:
        c.save(again(li_ming), {"referrer": twin.id})
        c.save(again(twin), {"parent": li_ming.id})
    before = content()
    number, _merged = merge(wang_fang, li_ming, twin)
    assert (again(li_ming).referrer, again(li_ming).parent) == (None, None)
    merging.unmerge(wang_fang, number)
    assert content() == before


def test_the_earlier_appointment_stays_and_both_plans(li_ming, wang_fang):
    other = add(wang_fang, Customer, {"name": "甲", "next_contact_at": "2026-01-05", "next_contact_what": "送样品"})
    with change(wang_fang, N_("Edit customer")) as c:
        c.save(again(li_ming), {"next_contact_at": "2026-02-01", "next_contact_what": "报价"})
    merge(wang_fang, li_ming, other)
    assert (again(li_ming).shown("next_contact_at")[:10], again(li_ming).next_contact_what) == (
        "2026-01-05",
        "报价; 送样品",
    )


def test_an_account_is_not_joined_with_the_bank_of_the_other(li_ming, wang_fang):
    other = add(wang_fang, Customer, {"name": "甲", "bill_bank": "工商银行", "bill_account": "123456789"})
    with change(wang_fang, N_("Edit customer")) as c:
        c.save(again(li_ming), {"bill_bank": "建设银行"})
    merge(wang_fang, li_ming, other)
    assert (again(li_ming).bill_bank, again(li_ming).bill_account) == ("建设银行", "")
    assert "123456789" in again(li_ming).remarks


def test_a_survivor_is_archived_only_if_both_were(li_ming, twin, wang_fang):
    with change(wang_fang, N_("Edit customer")) as c:
        c.save(again(li_ming), {"archived": True})
    merge(wang_fang, li_ming, twin)
    assert not again(li_ming).archived


def test_a_customer_is_not_merged_with_itself_nor_with_one_that_is_gone(li_ming, wang_fang):
    with pytest.raises(UserError, match="two different"):
        merge(wang_fang, li_ming, li_ming)
    with pytest.raises(Gone, match="deleted in the meantime"):
        merge(wang_fang, li_ming, SimpleNamespace(id=4711))


def test_what_was_added_since_stays_with_the_survivor_and_is_said(li_ming, twin, visit, wang_fang, li_qiang):
    number, _merged = merge(wang_fang, li_ming, twin)
    later = add(li_qiang, Interaction, {"customer": li_ming.id, "content": "新的", "channel": "phone"})
    with change(li_qiang, N_("Edit customer")) as c:
        c.save(again(li_ming), {"tags": ["老客户", "大单"]})
    done = merging.unmerge(wang_fang, number)
    assert done.stays == [("interaction", later.id)]
    assert again(later).customer == li_ming.id
    assert [(kept.record, kept.who) for kept in done.kept] == [(li_ming.id, "李强")]
    assert again(li_ming).tags == ["老客户", "大单"]
    assert again(twin).values() == twin.values()
    assert "李强" in done.in_words()
    assert done.in_words().endswith("1 record added since stays with 杭州长荣机电有限公司.")


def test_a_merge_can_be_done_again_after_it_was_taken_back(li_ming, twin, ming, visit, wang_fang):
    add(wang_fang, Position, {"customer": twin.id, "contact": ming.id})
    number, _merged = merge(wang_fang, li_ming, twin)
    merged = content()
    back = merging.unmerge(wang_fang, number)
    history.undo(wang_fang, back.change)
    assert content() == merged


def test_what_is_no_merge_is_not_taken_apart(li_ming, wang_fang):
    with change(wang_fang, N_("Edit customer")) as c:
        c.save(again(li_ming), {"tier": "silver"})
    with pytest.raises(UserError, match="is no merge"):
        merging.unmerge(wang_fang, c.id)


TEXT = st.sampled_from(["", "长荣", "恒达科技", "x"])
VALUES = st.fixed_dictionaries(
    {"name": st.sampled_from(["杭州长荣机电", "长荣机电有限公司", "恒达"])},
    optional={
        "short_name": TEXT,
        "aliases": st.lists(TEXT.filter(bool), max_size=2, unique=True),
        "tier": st.sampled_from([None, "gold", "silver"]),
        "kind": st.sampled_from(["company", "person"]),
        "wechat": TEXT,
        "region": st.sampled_from(["", "浙江省 杭州市"]),
        "addresses": st.lists(st.sampled_from([{"street": "浙江省杭州市文三路1号"}, {"street": "x"}]), max_size=2),
        "phones": st.lists(st.sampled_from([{"number": "0571-88886666"}, {"number": "13800001234"}]), max_size=2),
        "tags": st.lists(st.sampled_from("甲乙丙"), max_size=2, unique=True),
        "remarks": st.sampled_from(["", "老客户", "老客户\n上午", "x"]),
        "pinned": TEXT,
        "starred": st.booleans(),
        "archived": st.booleans(),
        "since": st.sampled_from([None, "2020-01-01", "2024-05-06"]),
        "next_contact_at": st.sampled_from([None, "2026-01-05T09:00:00", "2027-01-05T09:00:00"]),
        "bill_bank": TEXT,
        "bill_account": TEXT,
        "annual_sales": st.sampled_from([None, 100, 200]),
    },
)
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["李明", "赵敏"]),
        st.sampled_from([[], [{"number": "13800001234"}]]),
        st.sets(st.integers(0, 2), min_size=1),
        st.booleans(),
        st.booleans(),
    ),
    max_size=4,
)
LINKS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["referrer", "parent"]), st.integers(0, 2)), max_size=4)
CHILDREN = st.lists(st.tuples(st.sampled_from([Interaction, Complaint]), st.integers(0, 2)), max_size=5)
LATER = st.sets(st.sampled_from(["talk", "person", "tags", "tier", "delete a talk", "another merge"]))


def invented(user, values, people, links, children):
    """Three customers with whatever hangs on them; their ids."""
    with change(user, N_("Add")) as c:
        ids = c.insert_many(Customer, values)
        for name, phones, places, primary, left in people:
            person = c.save(Contact, {"name": name, "phones": phones})
            for at in places:
                c.save(Position, {"contact": person.id, "customer": ids[at], "primary": primary, "left": left})
        for at, field, to in links:
            if at != to:
                c.save(Customer.get_row(ids[at]), {field: ids[to]})
        for model, at in children:
            given = {"content": "谈", "channel": "phone"} if model is Interaction else {"description": "漏油"}
            c.save(model, {"customer": ids[at], **given})
    return ids


def worked_on(user, later, keep, third):
    """What colleagues do with the survivor after the merge; what they added that is to stay."""
    added = []
    for what in sorted(later):
        with change(user, N_("Add")) as c:
            if what == "talk":
                talk = c.save(Interaction, {"customer": keep, "content": "新的", "channel": "visit"})
                added.append(("interaction", talk.id))
            elif what == "person":
                person = c.save(Contact, {"name": "钱多"})
                added.append(("position", c.save(Position, {"contact": person.id, "customer": keep}).id))
            elif what == "delete a talk":
                found = file.one("SELECT min(id) FROM interaction WHERE customer = ?", (keep,))
                if found:
                    c.delete(Interaction.get_row(found))
            elif what == "another merge":
                merging.merge(c, keep, third)
            else:
                c.save(Customer.get_row(keep), {"tags": ["新"]} if what == "tags" else {"tier": "diamond"})
    return added


MANY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@MANY
@given(st.tuples(VALUES, VALUES, VALUES), PEOPLE, LINKS, CHILDREN)
def test_a_merge_taken_back_leaves_all_tables_as_they_were(wang_fang, values, people, links, children):
    keep, other, _third = invented(wang_fang, values, people, links, children)
    before = content()
    number, _merged = merge(wang_fang, Customer.get_row(keep), Customer.get_row(other))
    assert server_state.broken_links() == 0
    merged = content()
    done = merging.unmerge(wang_fang, number)
    assert done.kept == done.stays == []
    assert content() == before
    history.undo(wang_fang, done.change)
    assert content() == merged


@MANY
@given(st.tuples(VALUES, VALUES, VALUES), PEOPLE, LINKS, CHILDREN, LATER)
def test_a_merge_taken_back_later_gives_both_back_and_keeps_what_was_added(
    wang_fang, li_qiang, values, people, links, children, later
):
    keep, other, third = invented(wang_fang, values, people, links, children)
    stored = file.rows("customer", [other])[other]
    number, _merged = merge(wang_fang, Customer.get_row(keep), Customer.get_row(other))
    added = worked_on(li_qiang, later, keep, third)
    done = merging.unmerge(wang_fang, number)
    again = file.rows("customer", [other])[other]
    free = Customer.derived | {"referrer", "parent"}  # what they point to may be gone by now
    assert {k: v for k, v in again.items() if k not in free} == {k: v for k, v in stored.items() if k not in free}
    assert set(added) <= set(done.stays)
    for table, i in added:
        assert file.rows(table, [i])[i]["customer"] == keep
    if "tags" in later:
        assert Customer.get_row(keep).tags == ["新"]
    for table in ("customer", "contact", "interaction", "complaint"):
        model = tables()[table]
        ids = [i for (i,) in file.ask(f'SELECT id FROM "{table}"')]
        assert dict(model.hays(ids)) == dict(file.ask(f'SELECT id, hay FROM "{table}_hay"'))


def test_the_file_is_sound_after_merging_and_taking_back(li_ming, twin, visit, wang_fang):
    number, _merged = merge(wang_fang, li_ming, twin)
    assert checking.problems() == []
    merging.unmerge(wang_fang, number)
    assert checking.problems() == []


@pytest.fixture
def double(wang_fang, li_ming):
    """The contact person of 杭州长荣机电 a second time, with something of their own."""
    with change(wang_fang, N_("Add")) as c:
        person = c.save(Contact, {"name": "李明", "wechat": "ming01", "hobbies": "钓鱼", "remarks": "上午在"})
        c.save(Position, {"contact": person.id, "customer": li_ming.id})
        c.save(Interaction, {"customer": li_ming.id, "contact": person.id, "content": "问价", "channel": "phone"})
    return person


def merge_persons(user, keep, other):
    with change(user, merging.ACTIONS[Contact]) as c:
        merging.merge(c, keep.id, other.id, model=Contact)
    return c.id


def test_a_contact_person_who_is_there_twice_becomes_one_and_two_again(li_ming, ming, visit, double, wang_fang):
    before = content()
    number = merge_persons(wang_fang, ming, double)
    one = again(ming)
    assert (one.wechat, one.hobbies) == ("ming01", "钓鱼")
    assert file.one("SELECT count(*) FROM position WHERE contact = ?", (ming.id,)) == 1
    assert file.one("SELECT count(*) FROM interaction WHERE contact = ?", (ming.id,)) >= 1
    assert Contact.get_row(double.id) is None
    assert merging.survivor_of(number) == (Contact, ming.id)
    merging.unmerge(wang_fang, number)
    assert content() == before


def test_what_was_added_since_stays_with_the_contact_person_and_it_is_said(li_ming, ming, double, wang_fang, li_qiang):
    number = merge_persons(wang_fang, ming, double)
    new = add(
        li_qiang, Interaction, {"customer": li_ming.id, "contact": ming.id, "content": "新的", "channel": "phone"}
    )
    undone = merging.unmerge(wang_fang, number)
    assert undone.stays == [("interaction", new.id)]
    assert undone.in_words().endswith(f"1 record added since stays with {ming.name}.")
    assert again(new).contact == ming.id


def test_two_contact_persons_stand_side_by_side_with_their_customers(li_ming, ming, double):
    sides = sides_of(ming.id, double.id, Contact)
    assert (sides.keep.code, sides.other.counts["interaction"]) == (li_ming.name, 1)
    assert {it.compared.name for it in sides.fields} >= {"wechat", "hobbies"}


def test_nobody_is_merged_with_themselves(ming, wang_fang):
    with pytest.raises(UserError, match="two different contact persons"):
        merge_persons(wang_fang, ming, ming)


def test_what_an_undo_keeps_is_counted_and_named_with_who_changed_it(wang_fang, li_qiang):
    with change(wang_fang, "Import") as c:
        ids = c.insert_many(Customer, [{"name": f"客户{n}"} for n in range(1200)])
    for i in ids[:2]:
        with change(li_qiang, N_("Edit customer")) as c2:
            c2.save(Customer.get_row(i), {"tier": "gold"})
    when = file.one('SELECT max(at) FROM "change"')[11:16]
    assert merging.undo(wang_fang, c.id).in_words() == (
        f"1,198 records restored. 2 kept, because they were changed since (李强 {when}). Kept as it is: 客户1, 客户0."
    )
