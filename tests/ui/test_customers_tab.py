"""The customers tab: find, sort, read, write, delete, bring back."""

import json
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from crm_desktop import contact_rhythm
from crm_desktop.models import Contact, Customer, Position, lists
from crm_desktop.store import file
from crm_desktop.store.change import change
from ui.parts import desk, record_window
from ui.parts.essentials import CopyButton
from ui.parts.record_window import RecordWindow
from ui.tabs.customers.known_person import KnownPersonDialog
from ui.tabs.customers.person import PersonDialog


@pytest.fixture
def tab(program):
    return program.tab("customers")


@pytest.fixture
def page(tab):
    return tab.page


@pytest.fixture
def lily(program):
    """A customer with everything: two phones, a person, a note that is pinned."""

    def work():
        with change(None, "New") as c:
            customer = c.save(
                Customer,
                {
                    "name": "苏州李明朗机电有限公司",
                    "tier": "gold",
                    "phones": [
                        {"number": "0512-66880001", "type": "work"},
                        {"number": "13800001234", "type": "mobile"},
                    ],
                    "wechat": "lml 01",
                    "tags": ["展会", "老板爱茶"],
                },
            )
            contact = c.save(Contact, {"name": "曾家辉", "phones": [{"number": "13911112222"}]})
            c.save(Position, {"contact": contact.id, "customer": customer.id, "primary": True})
        return customer.id

    id = program.ask(work)
    program.idle()
    return id


def rows(program, sql, *params):
    return program.ask(lambda: file.ask(sql, params))


def search(program, tab, text):
    tab.line.setText(text)
    program.idle()
    return list(tab.list.list_model.ids)


def choose(program, tab, id):
    assert tab.list.choose(id)
    program.idle()


def type_into(panel, name, text):
    editor = panel.form.editor(name)
    if hasattr(editor, "line"):
        editor.line.setText(text)
        editor.edited.emit()
    else:
        editor.text.setPlainText(text)


# finding


@pytest.mark.parametrize(
    "text", ["l", "lm", "lml", "limingl", "李明朗", "szlml", "0512-6688", "1380000", "cjh", "zjh", "曾家"]
)
def test_a_customer_is_found_from_the_first_letter_by_name_pinyin_phone_and_person(program, tab, lily, text):
    assert lily in search(program, tab, text)


def test_the_count_says_how_many_were_found(program, tab, lily):
    assert tab.count.text() == f"{tab.list.list_model.rowCount()} customers"
    search(program, tab, "李明朗机电")
    assert tab.count.text() == "1 customer"


def test_archived_customers_are_not_listed(program, tab):
    archived = [id for (id,) in rows(program, "SELECT id FROM customer WHERE archived = 1")]
    live = rows(program, "SELECT count(*) FROM customer WHERE archived = 0")[0][0]
    assert tab.list.list_model.rowCount() == live
    assert not set(archived) & set(tab.list.list_model.ids)


def test_nothing_found_offers_all_again(program, tab):
    everybody = tab.list.list_model.rowCount()
    search(program, tab, "没有这家")
    assert tab.empty.isVisible()
    assert "Try fewer letters" in tab.empty.sentence.text()
    tab.empty.button.click()
    program.idle()
    assert tab.list.list_model.rowCount() == everybody
    assert tab.line.text() == ""


def test_enter_in_the_search_box_goes_to_the_first_hit(program, tab, lily):
    search(program, tab, "lml")
    program.qtbot.keyClick(tab.line, Qt.Key.Key_Return)
    program.idle()
    assert tab.page.customer_id == lily


def test_every_column_sorts_both_ways_and_the_sort_is_remembered(program, tab):
    for column in tab.columns():
        if not column.sortable:
            continue
        up, down = [], []
        for descending, ids in ((False, up), (True, down)):
            tab.list.header.sort_asked.emit(column.key, descending)
            program.idle()
            ids += tab.list.list_model.ids
        assert up == down[::-1], column.key
        assert len(up) == len(set(up)) > 30, column.key
    last = tab.sort
    program.window.close()
    program.end()
    program.begin()
    assert program.tab("customers").sort == last


def test_tiers_sort_as_the_office_ranks_them(program, tab):
    tab.list.header.sort_asked.emit("tier", False)
    program.idle()
    tiers = dict(rows(program, "SELECT id, tier FROM customer"))
    ranks = [e.code for e in lists.entries("tier", inactive=True)]
    shown = [ranks.index(tiers[id]) if tiers[id] else len(ranks) for id in tab.list.list_model.ids]
    assert shown == sorted(shown)


def test_several_rows_are_copied_as_excel_takes_them(program, tab):
    tab.list.selectRow(0)
    tab.list.selectionModel().select(
        tab.list.list_model.index(2, 0),
        tab.list.selectionModel().SelectionFlag.Select | tab.list.selectionModel().SelectionFlag.Rows,
    )
    tab.list.copy()
    program.idle()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "Customer name\tTier\tLast contact"
    assert len(lines) == 3
    ids = tab.list.list_model.ids
    expected = [rows(program, "SELECT name FROM customer WHERE id = ?", ids[n])[0][0] for n in (0, 2)]
    assert [line.split("\t")[0] for line in lines[1:]] == expected


def test_a_double_click_opens_the_customer_in_a_window_of_its_own(program, tab, lily):
    tab.list.opened.emit(lily)
    program.idle()
    (own,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, RecordWindow)]
    assert own.windowTitle() == "苏州李明朗机电有限公司"
    own.close()
    assert record_window._open == {}


# reading


def test_the_essentials_are_copied_without_spaces(program, tab, lily):
    choose(program, tab, lily)
    buttons = {b.accessibleName(): b for b in tab.page.essentials.findChildren(CopyButton) if b.isVisible()}
    buttons["Copy 051266880001"].click() if "Copy 051266880001" in buttons else buttons["Copy 0512-66880001"].click()
    assert QGuiApplication.clipboard().text().replace("-", "") == "051266880001"
    next(b for name, b in buttons.items() if "lml" in name).click()
    assert QGuiApplication.clipboard().text() == "lml01"
    assert program.bar.startswith("Copied: ")


def test_a_pinned_note_stands_above_everything(program, tab, lily):
    def pin():
        with change(None, "Edit") as c:
            c.save(Customer.get_row(lily), {"pinned": "只认张总签字"})

    choose(program, tab, lily)
    program.ask(pin)
    program.idle()
    assert tab.page.attention.text() == "只认张总签字"


def test_a_neglected_customer_says_so_and_offers_to_write_down_a_contact(program, tab):
    found = program.ask(lambda: [one.id for one in contact_rhythm.not_contacted(date.today(), None, 20)])
    pinned = {id for (id,) in rows(program, "SELECT id FROM customer WHERE pinned <> ''")}
    id = next(id for id in found if id not in pinned)
    choose(program, tab, id)
    assert tab.page.attention.text().startswith("Needs attention: ")
    asked = []
    tab.contact_asked.disconnect()
    tab.contact_asked.connect(asked.append)
    tab.page.attention.buttons[0].click()
    assert asked == [id]


# writing


def test_a_new_customer_lands_on_its_page_and_in_the_list(program, tab):
    program.command("new_record")
    panel = tab.page.panel
    assert panel.isVisible()
    assert panel.form.values()["owner"] == desk.user().id
    type_into(panel, "name", "绍兴新来的贸易有限公司")
    program.command("save_record")
    program.idle()
    id = rows(program, "SELECT id FROM customer WHERE name = '绍兴新来的贸易有限公司'")[0][0]
    assert tab.page.customer_id == id
    assert tab.page.name.text() == "绍兴新来的贸易有限公司"
    assert tab.page.tabs.currentWidget() is tab.page.timeline
    assert tab.list.current_id() == id
    assert program.bar == "Saved: 绍兴新来的贸易有限公司."


def test_a_new_customer_given_up_shows_the_chosen_one_again(program, tab, lily):
    choose(program, tab, lily)
    program.command("new_record")
    program.press(tab.page.panel, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert tab.page.panel.form is None
    assert tab.page.customer_id == lily
    assert tab.page.head.isVisible()


def test_another_customer_clicked_while_typing_asks_first_wherever_one_looks(program, tab, lily):
    choose(program, tab, lily)
    program.command("edit_record")
    type_into(tab.page.panel, "remarks", "halb fertig")
    tab.page.tabs.setCurrentIndex(0)
    tab.list.selectRow(0 if tab.list.current_id() != tab.list.list_model.ids[0] else 1)
    program.idle()
    assert tab.page.panel.notice.isVisible()
    assert tab.page.customer_id == lily
    other = tab.list.current_id()
    tab.page.panel.notice.buttons[0].click()  # Save
    program.idle()
    assert rows(program, "SELECT remarks FROM customer WHERE id = ?", lily) == [("halb fertig",)]
    assert tab.page.customer_id in (lily, other)
    assert tab.page.panel.form is None


def test_a_search_typed_while_editing_loses_nothing(program, tab, lily):
    choose(program, tab, lily)
    program.command("edit_record")
    type_into(tab.page.panel, "remarks", "nicht verlieren")
    search(program, tab, "没有这家")
    assert tab.page.panel.form.raw()["remarks"] == "nicht verlieren"
    search(program, tab, "")
    assert tab.page.panel.form.raw()["remarks"] == "nicht verlieren"


def test_what_a_colleague_saved_is_shown_at_once(program, tab, lily):
    choose(program, tab, lily)

    def work():
        with change(None, "Edit") as c:
            c.save(Customer.get_row(lily), {"name": "苏州改名有限公司"})

    program.ask(work)
    program.idle()
    assert tab.page.name.text() == "苏州改名有限公司"


# deleting


def test_deleting_asks_once_says_what_goes_and_ctrl_z_brings_it_back(program, tab):
    id = rows(program, "SELECT customer FROM complaint LIMIT 1")[0][0]
    choose(program, tab, id)
    before = content(program, id)
    contacts = rows(program, "SELECT count(*) FROM interaction WHERE customer = ?", id)[0][0]
    complaints = rows(program, "SELECT count(*) FROM complaint WHERE customer = ?", id)[0][0]
    tab.page.ask_to_delete([id])
    program.idle()
    said = tab.page.notice.text()
    assert f"{contacts} contacts" in said
    assert f"{complaints} complaint" in said
    assert rows(program, "SELECT count(*) FROM customer WHERE id = ?", id) == [(1,)]
    tab.page.notice.answer.setText("closed down")
    tab.page.notice.buttons[0].click()
    program.idle()
    assert rows(program, "SELECT count(*) FROM customer WHERE id = ?", id) == [(0,)]
    assert rows(program, 'SELECT note FROM "change" ORDER BY id DESC LIMIT 1') == [("closed down",)]
    assert id not in tab.list.list_model.ids
    assert program.bar == "1 customer deleted."
    program.command("undo")
    assert content(program, id) == before
    assert id in tab.list.list_model.ids


def content(program, id):
    """All that belongs to a customer."""
    return {
        table: sorted(rows(program, f'SELECT * FROM "{table}" WHERE {column} = ?', id))
        for table, column in (("interaction", "customer"), ("complaint", "customer"), ("position", "customer"))
    } | {
        "customer": [
            tuple(v for v in row)
            for row in rows(program, "SELECT name, code, tier, phones FROM customer WHERE id = ?", id)
        ]
    }


def test_keeping_deletes_nothing(program, tab, lily):
    choose(program, tab, lily)
    tab.page.ask_to_delete([lily])
    program.idle()
    tab.page.notice.buttons[1].click()
    program.idle()
    assert not tab.page.notice.isVisible()
    assert rows(program, "SELECT count(*) FROM customer WHERE id = ?", lily) == [(1,)]


def test_several_customers_are_deleted_from_the_lists_menu(program, tab):
    tab.list.selectRow(0)
    program.idle()
    ids = list(tab.list.list_model.ids[:3])
    menu = QMenu()
    tab.fill_list_menu(menu, ids)
    next(a for a in menu.actions() if a.text().startswith("Delete 3 customers")).trigger()
    program.idle()
    assert tab.page.notice.text().startswith("Delete 3 customers?")
    tab.page.notice.buttons[0].click()
    program.idle()
    assert rows(
        program, "SELECT count(*) FROM customer WHERE id IN (SELECT value FROM json_each(?))", json.dumps(ids)
    ) == [(0,)]


# contact persons


def test_a_contact_person_is_added_edited_and_removed(program, tab, lily):
    choose(program, tab, lily)
    tab.page.tabs.setCurrentWidget(tab.page.persons)
    tab.page.persons.add()
    dialog = program.window.findChild(PersonDialog)
    dialog.contact.editor("name").line.setText("新人王五")
    dialog.contact.editor("name").edited.emit()
    dialog.save()
    program.idle()
    program.tidy()
    assert tab.page.tabs.tabText(1) == "Contact persons (2)"
    new = next(c for c in tab.page.persons._cards.values() if c._person.contact.name == "新人王五")
    tab.page.persons.change(new._person)
    dialog = next(d for d in program.window.findChildren(PersonDialog) if d.isVisible())
    dialog.place.editor("job").line.setText("总经理")
    dialog.place.editor("job").edited.emit()
    dialog.save()
    program.idle()
    assert rows(program, "SELECT job FROM position WHERE customer = ? ORDER BY id DESC LIMIT 1", lily) == [("总经理",)]
    new = next(c for c in tab.page.persons._cards.values() if c._person.contact.name == "新人王五")
    tab.page.persons.remove(new._person)
    program.idle()
    tab.page.persons.notice.buttons[0].click()
    program.idle()
    assert rows(program, "SELECT count(*) FROM contact WHERE name = '新人王五'") == [(0,)]
    assert tab.page.tabs.tabText(1) == "Contact persons (1)"
    program.command("undo")
    assert tab.page.tabs.tabText(1) == "Contact persons (2)"


def test_a_contact_person_without_a_name_is_told_at_the_field(program, tab, lily):
    choose(program, tab, lily)
    tab.page.persons.add()
    dialog = program.window.findChild(PersonDialog)
    dialog.save()
    program.idle()
    assert dialog.isVisible()
    assert dialog.contact.problems()
    dialog.reject()


def test_another_person_becomes_the_main_one(program, tab, lily):
    def work():
        with change(None, "New") as c:
            contact = c.save(Contact, {"name": "第二个人"})
            c.save(Position, {"contact": contact.id, "customer": lily})
        return contact.id

    second = program.ask(work)
    choose(program, tab, lily)
    program.idle()
    tab.page.persons.make_main(tab.page.persons._cards[second]._person)
    program.idle()
    assert rows(program, 'SELECT contact FROM position WHERE customer = ? AND "primary" = 1', lily) == [(second,)]
    assert rows(program, "SELECT main_contact FROM customer WHERE id = ?", lily) == [("第二个人",)]
    assert "★" in " ".join(label.text() for label in tab.page.persons._cards[second].findChildren(QLabel))


def test_a_person_who_serves_two_customers_stays_at_the_other(program, tab, lily):
    other = rows(program, "SELECT id FROM customer WHERE archived = 0 AND id <> ? LIMIT 1", lily)[0][0]
    zeng = rows(program, "SELECT contact FROM position WHERE customer = ?", lily)[0][0]

    def work():
        with change(None, "New") as c:
            c.save(Position, {"contact": zeng, "customer": other})

    program.ask(work)
    choose(program, tab, lily)
    tab.page.persons.remove(tab.page.persons._cards[zeng]._person)
    program.idle()
    tab.page.persons.notice.buttons[0].click()
    program.idle()
    assert rows(program, "SELECT customer FROM position WHERE contact = ?", zeng) == [(other,)]


def test_a_complaint_started_from_the_customer_arrives_with_customer_and_owner(program, tab, lily):
    choose(program, tab, lily)
    tab.page.new_complaint()
    program.idle()
    complaints = program.window.tab()
    assert complaints.NAME == "complaints"
    assert not complaints.is_dirty()
    values = complaints.panel.form.values()
    assert values["customer"] == lily
    assert values["owner"] == values["registered_by"] == desk.user().id
    assert complaints.panel.isVisible()


def test_a_complaint_of_the_customer_opens_in_its_tab(program, tab):
    customer, complaint = rows(program, "SELECT customer, id FROM complaint LIMIT 1")[0]
    choose(program, tab, customer)
    tab.page.complaints.list.opened.emit(complaint)
    program.idle()
    assert program.window.tab().NAME == "complaints"
    assert program.window.tab().panel.record.id == complaint
    program.window.tab().panel.opened.emit("customer", customer)
    program.idle()
    assert program.window.tab().NAME == "customers"
    assert program.window.tab().page.customer_id == customer


def test_a_draft_of_a_complaint_knows_its_customer(program, tab, lily):
    choose(program, tab, lily)
    tab.page.new_complaint()
    program.idle()
    type_into(program.window.tab().panel, "description", "又漏油了")
    program.app.switch_language("zh_CN")
    program.tidy()
    program.idle()
    values = program.window.tab().panel.form.values()
    assert values["customer"] == lily
    assert values["description"] == "又漏油了"


def test_a_new_customer_is_called_so_and_shows_nothing_of_the_one_before(program, tab, lily):
    choose(program, tab, lily)
    assert tab.page.tabs.tabText(1) == "Contact persons (1)"
    program.command("new_record")
    assert tab.page.new_title.isVisible()
    assert not tab.page.head.isVisible()
    assert tab.page.tabs.tabText(1) == "Contact persons"
    program.press(tab.page.panel, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert not tab.page.new_title.isVisible()
    assert tab.page.head.isVisible()
    assert tab.page.tabs.tabText(1) == "Contact persons (1)"


def test_a_double_click_on_save_writes_one_person(program, tab, lily):
    choose(program, tab, lily)
    tab.page.persons.add()
    dialog = program.window.findChild(PersonDialog)
    dialog.contact.editor("name").line.setText("只要一个")
    dialog.contact.editor("name").edited.emit()
    dialog.save_button.click()
    dialog.save_button.click()
    program.idle()
    program.tidy()
    assert rows(program, "SELECT count(*) FROM contact WHERE name = '只要一个'") == [(1,)]
    assert program.window.findChildren(PersonDialog) == []


def test_somebody_known_becomes_a_contact_person_of_another_customer_too(program, tab, lily):
    choose(program, tab, lily)
    known, name = program.ask(
        lambda: file.ask(
            "SELECT id, name FROM contact WHERE id NOT IN (SELECT contact FROM position WHERE customer = ?) LIMIT 1",
            (lily,),
        )[0]
    )
    before = program.ask(lambda: file.one("SELECT count(*) FROM contact"))
    tab.page.tabs.setCurrentWidget(tab.page.persons)
    tab.page.persons.add_known()
    dialog = tab.page.persons.findChild(KnownPersonDialog)
    dialog.picker.set_value(known, name)
    dialog.picker.picked.emit(known)
    dialog.save()
    program.idle()
    assert known in tab.page.persons._cards
    assert program.ask(lambda: file.one("SELECT count(*) FROM contact")) == before


def test_a_contact_person_typed_and_not_saved_is_offered_again(program, tab, lily):
    choose(program, tab, lily)
    tab.page.persons.add()
    dialog = tab.page.persons.findChild(PersonDialog)
    dialog.contact.editor("name").set_raw("没写完")
    dialog.contact.edited.emit()
    dialog._keeper.write()
    program.idle()
    dialog.done(0)
    program.idle()
    tab.page.persons.add()
    again = [d for d in tab.page.persons.findChildren(PersonDialog) if d.isVisible()][-1]
    program.idle()
    assert again.draft.isVisible()
    again.draft.buttons[0].click()
    assert again.contact.editor("name").value() == "没写完"
    again._keeper.drop()
    again.done(0)
    program.idle()


def test_a_column_that_is_hidden_is_not_read_and_filled_as_soon_as_it_is_shown(program):
    tab = program.tab("customers")
    header, model = tab.list.header, tab.list.list_model
    number = [column.key for column in model.source.columns].index("code")
    assert header.isSectionHidden(number)
    assert model.text(0, number) == ""
    header.show_column(number, True)
    program.idle()
    assert model.text(0, number) == program.ask(lambda: Customer.get_row(model.ids[0]).code)
    header.show_column(number, False)
