"""Lists as the office asks for them, compared with the same asked by hand."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop import demo, listing
from crm_desktop.i18n import N_
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import Complaint, Contact, Customer, Interaction, lists, people
from crm_desktop.models.fields import Choice, Link, Person
from crm_desktop.store import file
from crm_desktop.store.change import change

MODELS = (Customer, Contact, Interaction, Complaint)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The file of an invented office of 60 customers."""
    path = tmp_path_factory.mktemp("listing") / "office.crm"
    demo.make(path, customers=60, interactions=300, complaints=40, today=date(2026, 3, 20))
    ids = [i for (i,) in file.ask("SELECT id FROM customer WHERE archived = 0 ORDER BY id")]
    with change(None, N_("Edit customer")) as c:
        for number, i in enumerate(ids[::7]):
            c.save(Customer.get_row(i), {"tags": ["展会", f"t{number % 3}"], "starred": True, "remarks": "重要客户"})
        c.save(Customer.get_row(ids[1]), {"archived": True})
    file.close()
    return path


@pytest.fixture
def invented(made):
    """It is open in this thread; nobody writes."""
    file.open_file(made)
    yield
    file.close()


def raw(model):
    """All rows of a table as dicts, by id."""
    ids = [i for (i,) in file.ask(f'SELECT id FROM "{model.table()}"')]
    return file.rows(model.table(), ids)


def of(model, *filters):
    sort = "name" if "name" in model.described() else "at"
    return list(Listing(model, filters=filters, sort=sort, archived=True).ids())


def by_hand(model, keep):
    return {i for i, row in raw(model).items() if keep(row)}


# filters


def test_one_of_several_entries(invented):
    wanted = ["gold", "silver"]
    assert set(of(Customer, Filter("tier", "in", wanted))) == by_hand(Customer, lambda r: r["tier"] in wanted)


def test_an_entry_with_what_belongs_to_it(invented):
    for parent in {e.parent for e in lists.entries("industry") if e.parent}:
        below = [parent, *(e.code for e in lists.entries("industry", inactive=True) if e.parent == parent)]
        assert of(Customer, Filter("industry", "tree", [parent])) == of(Customer, Filter("industry", "in", below))


def test_a_text_that_starts_so(invented):
    start = next(r["name"] for r in raw(Customer).values())[:2]
    assert set(of(Customer, Filter("name", "starts", start))) == by_hand(
        Customer, lambda r: r["name"].startswith(start)
    )


def test_before_a_moment_or_never(invented):
    day = "2026-02-01"
    expected = by_hand(Customer, lambda r: r["last_contact_at"] is None or r["last_contact_at"] < day)
    assert set(of(Customer, Filter("last_contact_at", "before", day))) == expected
    assert any(raw(Customer)[i]["last_contact_at"] is None for i in expected)


def test_from_a_day_until_another_whole_days(invented):
    days = sorted(r["at"][:10] for r in raw(Interaction).values())
    first, last = days[40], days[200]
    found = set(of(Interaction, Filter("at", "from", first), Filter("at", "until", last)))
    assert found == by_hand(Interaction, lambda r: first <= r["at"][:10] <= last)
    assert any(raw(Interaction)[i]["at"][:10] == last for i in found)
    moment = f"{last}T10:00:00"
    assert set(of(Interaction, Filter("at", "until", moment))) == by_hand(Interaction, lambda r: r["at"] <= moment)


def test_one_of_these_tags(invented):
    assert set(of(Customer, Filter("tags", "has", ["t1", "nobody"]))) == by_hand(
        Customer, lambda r: "t1" in json.loads(r["tags"] or "[]")
    )


def test_empty_set_and_yes(invented):
    nothing = (None, "", "[]", 0)
    for column in ("wechat", "tags", "owner", "starred", "remarks"):
        empty = set(of(Customer, Filter(column, "empty")))
        filled = set(of(Customer, Filter(column, "set")))
        values = {i: row[column] for i, row in raw(Customer).items()}
        assert empty == {i for i, value in values.items() if value in nothing}
        assert filled == values.keys() - empty
    assert set(of(Customer, Filter("starred", "yes"))) == by_hand(Customer, lambda r: r["starred"] == 1)


def test_just_these_records_in_the_lists_order(invented):
    some = of(Customer)[10:20]
    assert of(Customer, Filter("id", "ids", some[::-1])) == some
    assert of(Customer, Filter("id", "ids", [])) == []


def test_several_filters_must_all_hold(invented):
    found = set(of(Customer, Filter("tier", "in", ["gold", "silver", "regular"]), Filter("starred", "yes")))
    assert found == by_hand(Customer, lambda r: r["tier"] in ("gold", "silver", "regular") and r["starred"] == 1)


def test_an_unknown_filter_is_a_mistake(invented):
    with pytest.raises(ValueError, match="no such filter: sideways"):
        of(Customer, Filter("tier", "sideways", 1))


def test_a_value_that_looks_like_sql_finds_nothing_and_breaks_nothing(invented):
    for how in ("in", "starts", "has"):
        value = "'; DROP TABLE customer; --"
        assert of(Customer, Filter("tags", how, value if how == "starts" else [value])) == []
    assert len(of(Customer)) == 60


# order


def key_by_hand(model, name, row):
    """What a column sorts by, as a Python key: nothing comes first, as in the database."""
    field = model.described()[name]
    value = row[name]
    if name == "name" and model in (Customer, Contact):
        value = row["sort_key"]
    elif isinstance(field, Link):
        found = file.rows(field.target, [value]).get(value) if value is not None else None
        value = (
            None if found is None else found["sort_key"] if field.target in ("customer", "contact") else found["code"]
        )
    elif isinstance(field, Person):
        value = people.name(value) or None
    elif isinstance(field, Choice) and (codes := [e.code for e in lists.entries(field.list_name, inactive=True)]):
        value = codes.index(value) if value in codes else len(codes)
    kind = 0 if value is None else 2 if isinstance(value, str) else 1
    return kind, value if value is not None else 0


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.table())
@pytest.mark.parametrize("descending", [False, True])
def test_every_column_sorts_as_people_expect_and_ties_keep_their_order(invented, model, descending):
    rows = raw(model)
    stored = set(next(iter(rows.values())))
    for name in model.described():
        if name not in stored or (name == "due_at" and not descending):  # the order in which complaints are worked off
            continue
        found = list(Listing(model, (name,), sort=name, descending=descending, archived=True).ids())
        expected = sorted(rows, key=lambda i: (key_by_hand(model, name, rows[i]), i), reverse=descending)
        assert found == expected, name


def test_the_first_rows_are_the_beginning_of_all(invented):
    for model in MODELS:
        for name in ("name", "at", "received_at", "customer"):
            if name in model.described():
                asked = Listing(model, sort=name, descending=True, archived=True)
                assert asked.first(7) == asked.ids()[:7]
                assert asked.count() == len(asked.ids())


def test_names_sort_by_their_sound(office, wang_fang):
    with change(wang_fang, N_("New customer")) as c:
        for name in ("重庆一厂", "安徽二厂", "长沙三厂", "北京四厂"):
            c.save(Customer, {"name": name})
    asked = Listing(Customer, sort="name")
    rows = asked.rows(asked.ids())
    assert [rows[i][0] for i in asked.ids()] == ["安徽二厂", "北京四厂", "长沙三厂", "重庆一厂"]


# rows


def test_a_link_shows_the_name_behind_it(office, visit, li_ming, ming):
    asked = Listing(Interaction, ("customer", "contact", "content"), sort="at")
    assert asked.rows(asked.ids()) == {visit.id: ("杭州长荣机电有限公司", "李明", "谈了新的报价")}


def test_rows_of_deleted_records_are_left_out_and_many_are_read(office, li_ming, wang_fang):
    assert Listing(Customer, ("name",)).rows([li_ming.id, 12345]) == {li_ming.id: ("杭州长荣机电有限公司",)}
    many = [li_ming.id, *range(1, 3000)]
    assert set(Listing(Customer, ("name",)).rows(many)) == {li_ming.id}
    with change(wang_fang, N_("Delete customer")) as c:
        c.delete(li_ming)
    assert list(Listing(Customer).ids()) == []
    assert Listing(Customer, text="长荣").count() == 0
    assert Listing(Customer).rows([li_ming.id]) == {}


def test_archived_customers_are_hidden_unless_asked_for(office, li_ming, wang_fang):
    with change(wang_fang, N_("Edit customer")) as c:
        c.save(Customer.get_row(li_ming.id), {"archived": True})
    for text in ("", "长荣", "cr"):
        assert list(Listing(Customer, text=text).ids()) == []
        assert Listing(Customer, text=text).count() == 0
        assert list(Listing(Customer, text=text, archived=True).ids()) == [li_ming.id]


# search


def test_contacts_and_complaints_are_found_by_their_customer_word_by_word(office, visit, li_ming):
    for text in ("报价", "长荣", "长荣 报价", "cr 报价", "hzcr"):
        assert list(Listing(Interaction, text=text, sort="at").ids()) == [visit.id], text
    assert list(Listing(Interaction, text="长荣 没说过", sort="at").ids()) == []


TEXTS = ["", "a", "公司", "lm", "有限公司 a", "13", "重要", "zzzz", "g s"]
FILTERS = [
    Filter("tier", "in", ["gold", "regular"]),
    Filter("starred", "yes"),
    Filter("tags", "has", ["展会"]),
    Filter("last_contact_at", "before", "2026-03-01"),
    Filter("remarks", "empty"),
    Filter("source", "set"),
]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.sampled_from(TEXTS),
    filters=st.lists(st.sampled_from(FILTERS), unique_by=str, max_size=3),
    sort=st.sampled_from(["name", "tier", "owner", "last_contact_at", "region", "created_at"]),
    descending=st.booleans(),
    archived=st.booleans(),
)
def test_search_filters_and_order_together_are_what_each_says_alone(
    invented, text, filters, sort, descending, archived
):
    asked = Listing(Customer, ("name",), text, tuple(filters), sort, descending, archived)
    every = Listing(Customer, sort=sort, descending=descending, archived=True).ids()
    sets = [set(Listing(Customer, text=text, archived=True).ids())]
    sets += [set(Listing(Customer, filters=(one,), archived=True).ids()) for one in filters]
    sets += [] if archived else [by_hand(Customer, lambda r: not r["archived"])]
    expected = [i for i in every if all(i in some for some in sets)]
    assert list(asked.ids()) == expected
    assert asked.count() == len(expected)
    assert list(asked.first(5)) == expected[:5]
    assert list(asked.only(Filter("id", "ids", expected[:3])).ids()) == expected[:3]


def test_a_common_word_and_a_rare_one_find_the_same_whichever_way_they_are_looked_up(invented, monkeypatch):
    for text in ("公司", "a", "13"):
        few = Listing(Customer, text=text).ids()
        monkeypatch.setattr(listing, "FEW", 0)
        assert Listing(Customer, text=text).ids() == few
        monkeypatch.undo()


# what is in use


def test_the_tags_in_use_most_used_first(invented):
    found = listing.tags(Customer)
    assert found[0] == "展会"
    counts = [sum(tag in json.loads(r["tags"] or "[]") for r in raw(Customer).values()) for tag in found]
    assert counts == sorted(counts, reverse=True)


def test_the_regions_in_use_count_what_the_list_shows(invented):
    for name, number in listing.regions():
        assert Listing(Customer, filters=(Filter("province", "in", [name]),)).count() == number


def test_customers_found_with_what_tells_them_apart(office, li_ming):
    (found,) = listing.find_customers("长荣")
    assert found["id"] == li_ming.id
    assert (found["name"], found["tier"], found["main_contact"]) == ("杭州长荣机电有限公司", "gold", "李明")
    assert listing.find_customers("没有") == []
    assert listing.find_customers("", limit=0) == []


# what the customer list's own index holds


def test_the_list_everybody_sees_first_reads_no_customer(invented):
    wanted = Listing(Customer, ("name", "tier", "last_contact_at"), archived=True)
    asked = []
    file.connection().set_trace_callback(asked.append)
    wanted.first_rows(10)
    wanted.rows(list(wanted.ids())[:50])
    file.connection().set_trace_callback(None)
    for sql in asked:
        plan = " ".join(line[3] for line in file.ask(f"EXPLAIN QUERY PLAN {sql}"))
        assert "COVERING INDEX customer_" in plan or "sort_key, id FROM" in sql, (sql, plan)
    assert len(asked) == 4


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("columns", [("name", "tier"), ("name", "owner", "phones")])
def test_rows_are_the_same_whichever_way_they_are_read(invented, columns, descending):
    wanted = Listing(Customer, columns, descending=descending, filters=(Filter("tier", "in", ["gold", "silver"]),))
    ids = list(wanted.ids())
    assert list(wanted.first_rows(7)) == ids[:7]
    one_by_one = {i: row for i in ids for row in wanted.rows([i]).values()}
    assert wanted.rows(ids) == one_by_one
    assert wanted.first_rows(10**6) == one_by_one
    far_apart = [ids[0], *ids[-30:]]
    assert wanted.rows(far_apart) == {i: one_by_one[i] for i in far_apart}


def test_what_was_deleted_meanwhile_is_left_out_of_a_page(invented):
    wanted = Listing(Customer, ("name",))
    ids = list(wanted.ids())[:40]
    assert set(wanted.rows([1, *ids[1:], 2])) == set(ids[1:])
    assert set(wanted.rows([*ids, 2])) == set(ids)
    assert wanted.rows([1, *range(5, 40)]) == {}


@pytest.mark.parametrize("text", ["公司", "hz", "1", "李", "科技 杭州", "zhang"])
def test_a_search_finds_the_same_on_a_network_drive(invented, text, monkeypatch):
    wanted = Listing(Customer, ("name",), text=text)
    near = list(wanted.ids())
    monkeypatch.setattr(file, "is_far", lambda: True)
    monkeypatch.setattr(listing, "FAR_FEW", 3)
    assert list(wanted.ids()) == near
    assert list(wanted.first_rows(20)) == near[:20]
