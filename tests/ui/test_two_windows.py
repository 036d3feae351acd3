"""Two windows on two computers work in one customer file, and each knows what the other does."""

import shutil
from pathlib import Path

import pytest

from crm_desktop import demo
from crm_desktop.models import Customer, office
from crm_desktop.store import file
from crm_desktop.store.change import change
from tests.ui.computer import LANG, SHOTS, Computer, saves, types


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    path = tmp_path_factory.mktemp("two") / "office.crm"
    demo.make(path, customers=30, interactions=200, complaints=8)
    for person in ("王芳", "李强"):
        office.colleague(None, person)
    with change(None, "New customer") as c:
        c.save(Customer, {Customer.name: "华东科技有限公司", Customer.tier: "gold", Customer.remarks: "回款快"})
    file.close()
    return path


CUSTOMER = "ask(lambda: file.one(\"SELECT id FROM customer WHERE name LIKE '华东科技%'\"))"


@pytest.fixture
def both(invented, tmp_path):
    """王芳 and 李强, each at a computer of their own, on one file; both look at the same customer."""
    path = tmp_path / "office.crm"
    shutil.copy(invented, path)
    computers = [
        Computer(path, "王芳", "PC-1", tmp_path / "home1"),
        Computer(path, "李强", "PC-3", tmp_path / "home3"),
    ]
    for computer in computers:
        assert computer.sees("len(pulse.state.colleagues) == 1 and pulse.state.verdict == 'shared'")
        computer.do("globals().update(customers=tab('customers'))")
        computer.do(f"show('customer', {CUSTOMER})")
        assert computer.sees("customers.page.panel.record and customers.page.panel.record.remarks == '回款快'")
        computer.do("globals().update(page=customers.page, panel=customers.page.panel)")
    yield computers
    for computer in computers:
        computer.end()


@pytest.fixture
def wang_fang(both):
    return both[0]


@pytest.fixture
def li_qiang(both):
    return both[1]


def test_each_sees_the_other_below_and_in_the_list(wang_fang, li_qiang):
    assert wang_fang.do("[(c.sign.person, c.sign.pc) for c in pulse.state.colleagues]") == [["李强", "PC-3"]]
    assert "1 colleague" in li_qiang.do("presence.text()") or LANG != "en"
    wang_fang.do("app.window.show_colleagues()")
    assert wang_fang.sees("any('李强' in text for text in dialog_texts())")
    wang_fang.shoot("presence")
    if SHOTS:
        wang_fang.do(f"dialog().grab().save({str(Path(SHOTS) / 'two-windows-list-PC-1.png')!r})")


def test_who_is_editing_a_record_is_said_in_the_other_window(wang_fang, li_qiang):
    types(li_qiang, "remarks", "月底回款")
    assert wang_fang.sees("'李强' in page.others.text()")
    wang_fang.shoot("editing")
    li_qiang.shoot("editing")
    saves(li_qiang)
    assert wang_fang.sees("page.others.text() == ''")
    assert wang_fang.sees("panel.record.remarks == '月底回款'")
    wang_fang.shoot("saved")


def test_a_colleagues_save_is_shown_and_neither_choice_nor_scrolling_is_lost(wang_fang, li_qiang):
    wang_fang.do("globals().update(listed=customers.list)")
    wang_fang.do("listed.verticalScrollBar().setValue(3)")
    before = wang_fang.do("[listed.verticalScrollBar().value(), customers.current_customer()]")
    types(li_qiang, "short_name", "华东新科")
    saves(li_qiang)
    assert wang_fang.sees("panel.record.short_name == '华东新科'")
    assert wang_fang.do("[listed.verticalScrollBar().value(), customers.current_customer()]") == before


def test_different_fields_are_both_saved_and_the_second_is_told_of_the_first(wang_fang, li_qiang):
    types(wang_fang, "remarks", "王芳写的")
    types(li_qiang, "website", "example.com")
    saves(li_qiang)
    assert wang_fang.sees("panel.typing is not None and '李强' in panel.typing.footer.label.text()")
    wang_fang.shoot("merge")
    saves(wang_fang)
    assert wang_fang.sees("(panel.record.remarks, panel.record.website) == ('王芳写的', 'example.com')")


def test_fields_that_a_colleague_saved_a_moment_before_are_named_when_ours_are_saved(wang_fang, li_qiang):
    types(wang_fang, "remarks", "王芳写的")
    types(li_qiang, "website", "example.com")
    wang_fang.do("pulse.stop()")  # the news are still on their way
    saves(li_qiang)
    saves(wang_fang)
    said = wang_fang.do("app.window.message_bar.label.text()")
    assert LANG != "en" or said.endswith("What a colleague changed meanwhile is kept, too: Website.")
    assert wang_fang.sees("(panel.record.remarks, panel.record.website) == ('王芳写的', 'example.com')")


def test_the_same_field_asks_with_mine_theirs_and_before(wang_fang, li_qiang):
    types(wang_fang, "remarks", "王芳写的")
    types(li_qiang, "remarks", "李强写的")
    saves(li_qiang)
    wang_fang.do("panel.save()")
    assert wang_fang.sees("dialog() is not None")
    texts = wang_fang.do("dialog_texts()")
    assert {"回款快", "李强写的", "王芳写的"} <= set(texts)
    wang_fang.shoot("conflict")
    if SHOTS:
        wang_fang.do(f"dialog().grab().save({str(Path(SHOTS) / 'two-windows-choose-PC-1.png')!r})")
    wang_fang.do("dialog()._save()")
    assert wang_fang.sees("panel.form is None and panel.record.remarks == '王芳写的'")
    assert li_qiang.sees("panel.record.remarks == '王芳写的'")


def test_who_closes_the_window_is_gone_from_the_other(wang_fang, li_qiang):
    li_qiang.end()
    assert wang_fang.sees("pulse.state.colleagues == ()")


def test_a_save_waits_for_a_colleague_who_is_saving_and_is_not_lost(wang_fang, li_qiang, both):
    li_qiang.do("ask(lambda: (file.connection().execute('BEGIN IMMEDIATE'), 1)[1])")
    wang_fang.do("ask(lambda: (file.connection().execute('PRAGMA busy_timeout=200'), 1)[1])")
    types(wang_fang, "remarks", "等一会儿也会保存")
    wang_fang.do("panel.save()")
    assert wang_fang.sees("not app.window.standing.isHidden()")
    assert wang_fang.do("panel.form is not None")
    wang_fang.shoot("waiting")
    li_qiang.do("ask(lambda: (file.connection().execute('ROLLBACK'), 1)[1])")
    assert wang_fang.sees("panel.form is None and panel.record.remarks == '等一会儿也会保存'")
    assert wang_fang.sees("app.window.standing.isHidden()")


def test_who_closes_while_a_save_waits_is_asked_and_finds_the_draft_again(wang_fang, li_qiang):
    li_qiang.do("ask(lambda: (file.connection().execute('BEGIN IMMEDIATE'), 1)[1])")
    wang_fang.do("ask(lambda: (file.connection().execute('PRAGMA busy_timeout=200'), 1)[1])")
    types(wang_fang, "remarks", "关窗口前写的")
    wang_fang.do("panel.save()")
    assert wang_fang.sees("not app.window.standing.isHidden()")
    wang_fang.do("panel.setProperty('asked_about', True) or panel.notice.show()")  # the form's own question is answered
    assert wang_fang.do("app.window.close()") is False
    assert wang_fang.sees("len(app.window.standing.notice.buttons) == 2")
    wang_fang.shoot("closing")
    wang_fang.do("app.window.standing.notice.buttons[1].click()")
    assert wang_fang.sees("not app.window.isVisible()")
    assert wang_fang.sees("any('customer' in name for name in drafts())")
    li_qiang.do("ask(lambda: (file.connection().execute('ROLLBACK'), 1)[1])")


def test_who_types_on_while_a_save_waits_keeps_what_was_typed(wang_fang, li_qiang):
    li_qiang.do("ask(lambda: (file.connection().execute('BEGIN IMMEDIATE'), 1)[1])")
    wang_fang.do("ask(lambda: (file.connection().execute('PRAGMA busy_timeout=200'), 1)[1])")
    types(wang_fang, "remarks", "第一句")
    wang_fang.do("panel.save()")
    assert wang_fang.sees("not app.window.standing.isHidden()")
    types(wang_fang, "remarks", "第一句，第二句")
    li_qiang.do("ask(lambda: (file.connection().execute('ROLLBACK'), 1)[1])")
    assert li_qiang.sees("panel.record.remarks == '第一句'")
    assert wang_fang.sees("panel.typing is not None and not panel.typing.saving")
    saves(wang_fang)
    assert li_qiang.sees("panel.record.remarks == '第一句，第二句'")
