"""The one log takes everything back, at any later time, and loses nobody's work."""

import time

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, multiple, rule

from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, Contact, Customer, Interaction, Position, Setting
from crm_desktop.models import office as offices
from crm_desktop.store import change as changes
from crm_desktop.store import file, history, ids, search
from crm_desktop.store.change import change
from crm_desktop.store.record import tables


def content():
    """All records with all their columns, and what they are found by; the log and the number series left out."""
    found = {}
    for model in tables().values():
        found[model.table()] = file.ask(f'SELECT * FROM "{model.table()}" ORDER BY id')
        if model.searchable:
            found[f"{model.table()} search"] = file.ask(f'SELECT * FROM "{model.table()}_hay" ORDER BY id')
    return found


def save(user, target, values):
    """One save as one action; its record and the number of its change."""
    with change(user, N_("Save")) as c:
        return c.save(target, values), c.id


def delete(user, record):
    with change(user, N_("Delete")) as c:
        c.delete(record)
        return c.id


def again(record):
    return type(record).get_row(record.id)


def test_undo_gives_back_the_value_before(li_ming, wang_fang):
    before = content()
    _, number = save(wang_fang, li_ming, {Customer.tier: "silver", Customer.name: "宁波长荣机电"})
    undone = history.undo(wang_fang, number)
    assert (undone.restored, undone.kept) == (1, [])
    assert content() == before


def test_a_large_undo_tells_how_far_it_is_and_can_be_stopped(office, wang_fang):
    class Stopped(Exception):
        pass

    told = []

    def stop(done, total, text):
        told.append((done, total))
        if len(told) == 3:
            raise Stopped

    with change(wang_fang, N_("Import")) as c:
        c.insert_many(Customer, [{"name": f"No. {number}"} for number in range(3000)])
    before = content()
    with pytest.raises(Stopped):
        history.undo(wang_fang, c.id, stop)
    assert told == [(0, 3000), (1000, 3000), (2000, 3000)]
    assert content() == before
    assert history.undo(wang_fang, c.id, lambda *_told: None).restored == 3000


def test_a_large_undo_brings_back_what_was_removed_in_parts(office, wang_fang):
    with change(wang_fang, N_("Import")) as c:
        firms = c.insert_many(Customer, [{"name": f"No. {number}"} for number in range(2500)])
        people = c.insert_many(Contact, [{"name": f"Mr {number}"} for number in range(2500)])
        c.insert_many(Position, [{"contact": p, "customer": k} for p, k in zip(people, firms, strict=True)])
    before = content()
    undone = history.undo(wang_fang, c.id)
    assert undone.restored == 7500
    assert history.undo(wang_fang, undone.change).restored == 7500
    assert content() == before


def test_undo_of_an_undo_does_it_again_and_so_on(li_ming, wang_fang):
    before = content()
    _, number = save(wang_fang, li_ming, {Customer.tier: "silver"})
    after = content()
    for _round in range(3):
        undo = history.undo(wang_fang, number).change
        assert content() == before
        history.undo(wang_fang, undo)
        assert content() == after
    assert history.undone_by(number) is None


def test_undo_of_a_delete_brings_back_everything_below(li_ming, ming, visit, wang_fang):
    before = content()
    number = delete(wang_fang, li_ming)
    assert file.one("SELECT count(*) FROM interaction") == 0
    assert file.one("SELECT count(*) FROM position") == 0
    assert again(ming).customers == ""
    history.undo(wang_fang, number)
    assert content() == before


def test_undoing_twice_is_refused_with_a_sentence(li_ming, wang_fang):
    _, number = save(wang_fang, li_ming, {Customer.tier: "silver"})
    history.undo(wang_fang, number)
    with pytest.raises(UserError, match="already been undone"):
        history.undo(wang_fang, number)


def test_undoing_a_change_that_never_was_is_refused_with_a_sentence(office):
    with pytest.raises(UserError, match="There is no change 4711"):
        history.undo(None, 4711)


def test_undo_keeps_and_names_what_a_colleague_changed_since(li_ming, wang_fang, li_qiang):
    _, number = save(wang_fang, li_ming, {Customer.tier: "silver", Customer.remarks: "老客户"})
    save(li_qiang, again(li_ming), {Customer.tier: "diamond"})
    undone = history.undo(wang_fang, number)
    assert [(kept.table, kept.record, kept.who) for kept in undone.kept] == [("customer", li_ming.id, "李强")]
    assert (again(li_ming).tier, again(li_ming).remarks) == ("diamond", "")


def test_undo_of_a_new_customer_keeps_one_that_a_colleague_worked_on(wang_fang, li_qiang):
    customer, number = save(wang_fang, Customer, {Customer.name: "温州正泰"})
    save(li_qiang, customer, {Customer.tier: "gold"})
    undone = history.undo(wang_fang, number)
    assert [kept.who for kept in undone.kept] == ["李强"]
    assert again(customer).tier == "gold"


def test_a_colleague_whose_clock_is_slow_is_noticed_too(wang_fang, li_qiang, monkeypatch):
    customer, number = save(wang_fang, Customer, {Customer.name: "温州正泰"})
    monkeypatch.setattr(ids, "_source", ids.Source(clock=lambda: time.time() - 3600))
    save(li_qiang, customer, {Customer.tier: "gold"})
    assert [kept.who for kept in history.undo(wang_fang, number).kept] == ["李强"]
    assert again(customer) is not None


def test_a_colleagues_change_that_was_undone_itself_holds_nothing(wang_fang, li_qiang):
    customer, number = save(wang_fang, Customer, {Customer.name: "温州正泰"})
    _, theirs = save(li_qiang, customer, {Customer.tier: "gold"})
    history.undo(li_qiang, theirs)
    assert history.undo(wang_fang, number).kept == []
    assert again(customer) is None


def test_a_colleagues_change_that_was_undone_in_part_still_holds(wang_fang, li_qiang):
    customer, number = save(wang_fang, Customer, {Customer.name: "温州正泰"})
    _, theirs = save(li_qiang, customer, {Customer.tier: "gold", Customer.remarks: "老客户"})
    _, later = save(wang_fang, again(customer), {Customer.remarks: "新客户"})
    history.undo(li_qiang, theirs)
    history.undo(wang_fang, later)
    assert (again(customer).tier, again(customer).remarks) == ("", "老客户")
    assert [kept.who for kept in history.undo(wang_fang, number).kept] == ["李强"]


def test_undo_of_a_new_customer_keeps_one_that_somebody_wrote_a_contact_record_for(wang_fang, li_qiang):
    customer, number = save(wang_fang, Customer, {Customer.name: "温州正泰"})
    values = {"customer": customer.id, "channel": "phone", "content": "询价"}
    save(li_qiang, Interaction, values)
    undone = history.undo(wang_fang, number)
    assert [(kept.record, kept.who) for kept in undone.kept] == [(customer.id, "李强")]
    assert undone.restored == 0
    assert undone.change == 0, "nothing was written, so there is nothing to undo"
    assert file.one("SELECT count(*) FROM interaction") == 1


def test_an_undo_that_could_do_nothing_may_be_tried_again(wang_fang, li_qiang):
    customer, number = save(wang_fang, Customer, {Customer.name: "温州正泰"})
    talk, _ = save(li_qiang, Interaction, {"customer": customer.id, "channel": "phone", "content": "询价"})
    history.undo(wang_fang, number)
    delete(li_qiang, talk)
    assert history.undo(wang_fang, number).restored == 1
    assert again(customer) is None


def test_customers_of_one_import_that_point_to_each_other_are_taken_back_together(wang_fang):
    before = content()
    with change(wang_fang, N_("Import")) as c:
        [first] = c.insert_many(Customer, [{Customer.name: "集团"}])
        c.insert_many(Customer, [{Customer.name: "子公司", Customer.parent: first}])
    undone = history.undo(wang_fang, c.id)
    assert (undone.restored, undone.kept) == (2, [])
    assert content() == before


def test_a_kept_customer_keeps_the_one_it_points_to(wang_fang, li_qiang):
    with change(wang_fang, N_("Import")) as c:
        [first] = c.insert_many(Customer, [{Customer.name: "集团"}])
        [second, third] = c.insert_many(Customer, [{"name": "子公司", "parent": first}, {"name": "别的"}])
    save(li_qiang, Customer.get_row(second), {Customer.tier: "gold"})
    undone = history.undo(wang_fang, c.id)
    assert {kept.record for kept in undone.kept} == {first, second}
    assert Customer.get_row(second).parent == first
    assert Customer.get_row(third) is None


def test_undo_of_a_delete_whose_customer_is_gone_says_what_stays_away(li_ming, visit, wang_fang, li_qiang):
    number = delete(wang_fang, visit)
    delete(li_qiang, li_ming)
    undone = history.undo(wang_fang, number)
    assert [(kept.table, kept.record) for kept in undone.kept] == [("interaction", visit.id)]
    assert undone.restored == 0


def test_undo_of_a_delete_whose_contact_person_is_gone_comes_back_without_it(li_ming, ming, visit, wang_fang):
    number = delete(wang_fang, visit)
    delete(wang_fang, ming)
    assert history.undo(wang_fang, number).restored == 1
    assert again(visit).contact is None


def test_undo_of_an_edit_of_a_deleted_record_names_it(li_ming, wang_fang, li_qiang):
    _, number = save(wang_fang, li_ming, {Customer.tier: "silver"})
    delete(li_qiang, li_ming)
    assert [kept.who for kept in history.undo(wang_fang, number).kept] == ["李强"]


def test_an_undo_that_would_take_a_name_given_again_is_refused_with_a_sentence(wang_fang):
    with change(wang_fang, N_("Change settings")) as c:
        c.save(Setting, {Setting.name: "due_days", Setting.value: "3"})
    undo = history.undo(wang_fang, c.id).change
    offices.save_settings(wang_fang, {"due_days": 5})
    with pytest.raises(UserError, match="already"):
        history.undo(wang_fang, undo)
    assert offices.setting("due_days") == 5


def test_an_import_of_10000_customers_is_taken_back_in_ten_seconds(wang_fang, capsys):
    rows = [{"name": f"公司{n}", "phones": [{"number": f"1380{n:07}"}], "tier": "gold"} for n in range(10_000)]
    with change(wang_fang, N_("Import")) as c:
        c.insert_many(Customer, rows)
    started = time.perf_counter()
    undone = history.undo(wang_fang, c.id)
    took = time.perf_counter() - started
    with capsys.disabled():
        print(f"\n10,000 customers taken back in {took:.2f} s")
    assert (undone.restored, undone.kept) == (10_000, [])
    assert file.one("SELECT count(*) FROM customer") == file.one("SELECT count(*) FROM customer_hay") == 0
    assert took <= 10


names = st.text(alphabet="杭州长荣李明ab1", min_size=1, max_size=4)
tiers = st.sampled_from(["", "gold", "silver"])
moments = st.sampled_from(["2026-01-05T09:00:00", "2026-02-07T10:30:00", "2026-11-30T00:00:00"])
colleagues = st.sampled_from([0, 1])


class Office(RuleBasedStateMachine):
    """Two colleagues save whatever they like; at the end all is taken back in reverse order, step by step."""

    customers, contacts, talks, complaints = (Bundle(n) for n in ("customers", "contacts", "talks", "complaints"))
    folder = None

    @initialize()
    def open(self):
        file.create(Office.folder.mktemp("office") / "office.crm")
        self.people = [offices.colleague(None, "王芳"), offices.colleague(None, "李强")]
        self.states = [content()]
        self.numbers = []

    def write(self, who, work):
        with change(self.people[who], N_("Save")) as c:
            result = work(c)
        if file.one('SELECT 1 FROM "change" WHERE id = ?', (c.id,)):
            self.numbers.append(c.id)
            self.states.append(content())
        return result

    def there(self, model, numbers):
        return [i for i in numbers if model.get_row(i)]

    @rule(target=customers, who=colleagues, name=names, tier=tiers)
    def new_customer(self, who, name, tier):
        return self.write(who, lambda c: c.save(Customer, {"name": name, "tier": tier, "remarks": "备注"})).id

    @rule(target=customers, who=colleagues, some=st.lists(names, min_size=1, max_size=4), parent=customers)
    def import_customers(self, who, some, parent):
        [parent] = self.there(Customer, [parent]) or [None]
        rows = [{"name": name, "parent": parent} for name in some]
        return multiple(*self.write(who, lambda c: c.insert_many(Customer, rows)))

    @rule(target=contacts, who=colleagues, name=names, customer=customers, primary=st.booleans())
    def new_contact(self, who, name, customer, primary):
        def work(c):
            contact = c.save(Contact, {"name": name, "phones": [{"number": "13800001234"}]})
            for k in self.there(Customer, [customer]):
                c.save(Position, {"contact": contact.id, "customer": k, "primary": primary})
            return contact.id

        return self.write(who, work)

    @rule(target=talks, who=colleagues, at=moments, customer=customers, contact=contacts, complaint=complaints)
    def new_talk_about_a_complaint(self, who, at, customer, contact, complaint):
        return self._talk(who, at, customer, self.there(Contact, [contact]), self.there(Complaint, [complaint]))

    @rule(target=talks, who=colleagues, at=moments, customer=customers)
    def new_talk(self, who, at, customer):
        return self._talk(who, at, customer, [], [])

    def _talk(self, who, at, customer, contact, complaint):
        if not self.there(Customer, [customer]):
            return multiple()
        values = {"customer": customer, "at": at, "channel": "phone", "content": "询价"}
        values |= {"contact": contact[0] if contact else None, "complaint": complaint[0] if complaint else None}
        return self.write(who, lambda c: c.save(Interaction, values)).id

    @rule(target=complaints, who=colleagues, customer=customers, state=st.sampled_from(["new", "closed"]))
    def new_complaint(self, who, customer, state):
        if not self.there(Customer, [customer]):
            return multiple()
        values = {"customer": customer, "description": "迟到", "state": state}
        return self.write(who, lambda c: c.save(Complaint, values)).id

    @rule(who=colleagues, customer=customers, other=customers, name=names, tier=tiers)
    def edit_customer(self, who, customer, other, name, tier):
        if record := Customer.get_row(customer):
            values = {"name": name, "tier": tier, "referrer": (self.there(Customer, [other]) or [None])[0]}
            self.write(who, lambda c: c.save(record, values))

    @rule(who=colleagues, contact=contacts, boss=contacts, name=names)
    def edit_contact(self, who, contact, boss, name):
        if record := Contact.get_row(contact):
            values = {"name": name, "reports_to": (self.there(Contact, [boss]) or [None])[0]}
            self.write(who, lambda c: c.save(record, values))

    @rule(who=colleagues, talk=talks, customer=customers, at=moments)
    def move_talk(self, who, talk, customer, at):
        if (record := Interaction.get_row(talk)) and self.there(Customer, [customer]):
            self.write(who, lambda c: c.save(record, {"customer": customer, "at": at}))

    @rule(who=colleagues, complaint=complaints, state=st.sampled_from(["new", "closed", "withdrawn"]))
    def edit_complaint(self, who, complaint, state):
        if record := Complaint.get_row(complaint):
            self.write(who, lambda c: c.save(record, {"state": state}))

    @rule(who=colleagues, some=st.lists(consumes(customers), min_size=1, max_size=3))
    def delete_customers(self, who, some):
        self.write(who, lambda c: c.delete_many(Customer, some))

    @rule(who=colleagues, contact=consumes(contacts))
    def delete_contact(self, who, contact):
        self.write(who, lambda c: c.delete_many(Contact, [contact]))

    @rule(who=colleagues, complaint=consumes(complaints), name=names, customer=customers)
    def several_kinds_at_once(self, who, complaint, name, customer):
        def work(c):
            fresh = c.save(Customer, {"name": name})
            for i in self.there(Customer, [customer]):
                c.save(Customer.get_row(i), {"parent": fresh.id})
            c.delete_many(Complaint, [complaint])

        self.write(who, work)

    @rule(who=colleagues)
    def undo_the_last(self, who):
        if self.numbers and history.undone_by(self.numbers[-1]) is None:
            assert history.undo(self.people[who], self.numbers.pop()).kept == []
            self.states.pop()
            assert content() == self.states[-1]

    def teardown(self):
        try:
            for number in reversed(getattr(self, "numbers", [])):
                assert content() == self.states.pop()
                undone = history.undo(self.people[0], number)
                assert undone.kept == []
            if hasattr(self, "states"):
                assert content() == self.states[0]
                for table in ("customer", "contact", "interaction", "complaint"):
                    assert search.check(file.connection(), table)
        finally:
            file.close()


def test_whatever_two_colleagues_save_can_be_taken_back_step_by_step(tmp_path_factory, monkeypatch):
    ticks = iter(range(10**6))
    monkeypatch.setattr(changes, "now", lambda: f"2026-03-01T{(t := next(ticks)) // 3600 % 24:02}:{t // 60 % 60:02}:00")
    Office.folder = tmp_path_factory
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    case = Office.TestCase
    case.settings = settings(
        max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=slow, derandomize=True
    )
    case().runTest()


def test_who_reports_to_themselves_comes_back_as_they_were(wang_fang):
    with change(wang_fang, "New") as c:
        ming = c.save(Contact, {Contact.name: "李明"})
    with change(wang_fang, "Edit") as c:
        c.save(Contact.get_row(ming.id), {Contact.reports_to: ming.id})
    with change(wang_fang, "Delete") as c:
        c.delete(Contact.get_row(ming.id))
        number = c.id
    assert history.undo(wang_fang, number).kept == []
    assert Contact.get_row(ming.id).reports_to == ming.id
