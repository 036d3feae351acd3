"""Bringing lists in through the import window: read, look, put right, import, take back."""

import json
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from crm_desktop import demo
from crm_desktop.errors import UserError
from crm_desktop.exchange import hanging, saving, whole_office
from crm_desktop.exchange.judging import NEW, REFUSED, SAME, UPDATE
from crm_desktop.exchange.words import Target
from crm_desktop.models import ComplaintStep, Contact, Customer, office
from crm_desktop.store import backup, file
from crm_desktop.store.change import change
from crm_desktop.store.troubles import Unsettled
from ui.dialogs.import_files import SUMMARY, ImportDialog
from ui.dialogs.import_judged import LOOK, SKIPPED
from ui.parts import desk, waiting
from ui.parts.message_bar import MessageBar

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def desk_of(store, qtbot, tmp_path):
    """A window with a message bar on a new customer file, and a way to ask the store thread."""
    window = QWidget()
    window.message_bar = MessageBar(window)
    window.resize(1280, 720)
    qtbot.addWidget(window)
    window.show()

    def ask(work):
        box = []
        store.run(QApplication.instance(), work, box.append)
        qtbot.waitUntil(lambda: bool(box), timeout=20000)
        return box[0]

    def found():
        file.create(tmp_path / "office.crm")
        office.found_office("华东商贸")
        return office.colleague(None, "王芳")

    user = ask(found)
    desk.forget()
    desk.sit_down(user.id, user.name)
    yield SimpleNamespace(window=window, ask=ask, path=tmp_path)
    ask(lambda: file.close() or True)


@pytest.fixture
def importing(desk_of, store, qtbot, dressed):
    """Open the import window with files and wait until their rows are judged."""
    opened = []

    def begin(*files):
        dialog = ImportDialog(desk_of.window, list(files))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        opened.append(dialog)
        dialog.show()
        settle()
        return dialog

    def settle():
        qtbot.waitUntil(store.idle, timeout=20000)

    begin.settle = settle
    yield begin
    settle()
    for dialog in opened:
        dialog.close()
        dialog.deleteLater()


@pytest.fixture
def sheet(tmp_path):
    """Make a workbook of rows."""
    from openpyxl import Workbook

    def make(rows, name="list.xlsx"):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return make


def customers():
    return int(file.one("SELECT count(*) FROM customer"))


def test_a_newcomer_sees_what_to_do_and_nothing_else(importing):
    dialog = importing()
    assert dialog.pages.currentIndex() == 0
    assert not dialog.import_button.isVisible()


def test_the_sample_list_is_imported_and_taken_back(importing, desk_of):
    expected = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["客户名单2025.xlsx"]
    assert expected
    dialog = importing(SAMPLES / "客户名单2025.xlsx")
    counts = dialog.preview.judged.counts
    assert (counts[NEW], counts[REFUSED], counts[SKIPPED]) == (61, 1, 3)
    assert dialog.import_button.text() == "Import 61 rows"
    assert desk_of.ask(customers) == 0  # nothing is written before

    dialog.import_button.click()
    importing.settle()
    assert dialog.pages.currentIndex() == SUMMARY
    assert desk_of.ask(customers) == 60
    assert "row 68" in dialog.summary.refused.stringList()[0]
    assert "60" in desk_of.window.message_bar.label.text() or "Imported" in desk_of.window.message_bar.label.text()

    dialog.undo_button.click()
    importing.settle()
    assert desk_of.ask(customers) == 0
    assert dialog.summary.notice.text() == "Everything is as it was before the import."
    assert not dialog.undo_button.isVisible()
    assert not dialog.summary.list.isVisible()


def test_the_workbook_of_a_whole_office_says_what_it_brings_of_surveys(importing, desk_of):
    def workbook():
        file.close()
        demo.make(desk_of.path / "demo.crm", customers=12, interactions=0, complaints=0)
        whole_office.write(desk_of.path / "all.xlsx")
        records = sum(file.one(f"SELECT count(*) FROM {kind.table()}") for kind in hanging.KINDS)
        file.close()
        file.open_file(desk_of.path / "office.crm")
        return records

    records = desk_of.ask(workbook)
    dialog = importing(desk_of.path / "all.xlsx")
    dialog.import_button.click()
    importing.settle()
    assert dialog.summary.notice.text() == (
        f"{records} entries beside the lists were brought in: steps of cases, attached files, surveys, abilities, news."
    )
    assert desk_of.ask(lambda: file.one("SELECT count(*) FROM survey_run")) == 3
    dialog.undo_button.click()
    importing.settle()
    assert desk_of.ask(lambda: file.one("SELECT count(*) FROM survey_run")) == 0


def test_what_is_new_only_beside_the_lists_can_be_imported(importing, desk_of):
    def workbook():
        whole_office.write(desk_of.path / "all.xlsx")
        with change(None, "Test") as c:
            for (step,) in file.ask("SELECT id FROM complaint_step ORDER BY id LIMIT 3"):
                c.delete(ComplaintStep.get_row(step))
        return True

    def other():
        file.close()
        demo.make(desk_of.path / "demo.crm", customers=12, interactions=0, complaints=4)
        return workbook()

    desk_of.ask(other)
    dialog = importing(desk_of.path / "all.xlsx")
    assert dialog.import_button.text() == "Import 3 entries beside the lists"
    dialog.import_button.click()
    importing.settle()
    assert dialog.summary.sentence.text() == "The lists were there already; what belongs to them was brought in."
    again = importing(desk_of.path / "all.xlsx")
    assert again.import_button.text() == "Nothing to import"
    assert not again.import_button.isEnabled()


def test_what_was_there_before_is_restored_when_the_import_is_taken_back(importing, desk_of, sheet):
    def write():
        with change(desk.user(), "Test") as c:
            return c.save(Customer, {"name": "杭州长荣机电有限公司", "tier": "silver"}).id

    customer = desk_of.ask(write)
    dialog = importing(sheet([["客户名称", "客户等级"], ["杭州长荣机电有限公司", "钻石"]]))
    assert dialog.preview.judged.counts[UPDATE] == 1
    assert "→ Diamond" in dialog.preview.detail.text()
    dialog.import_button.click()
    importing.settle()
    assert desk_of.ask(lambda: Customer.get_row(customer).tier) == "diamond"
    dialog.take_back()
    importing.settle()
    assert desk_of.ask(lambda: Customer.get_row(customer).tier) == "silver"


def test_an_import_waits_while_a_colleague_is_saving(importing, sheet, desk_of):
    dialog = importing(sheet([["客户名称"], ["杭州长荣机电有限公司"]]))
    desk_of.ask(lambda: file.connection().execute("PRAGMA busy_timeout=50") and True)
    with closing(sqlite3.connect(desk_of.path / "office.crm", isolation_level=None)) as colleague:
        colleague.execute("BEGIN IMMEDIATE")
        dialog.import_button.click()
        importing.settle()
        assert [one.action for one in waiting.line.waiting] == ["Import"]
        colleague.execute("ROLLBACK")
    waiting.line.try_now()
    importing.settle()
    assert dialog.pages.currentIndex() == SUMMARY
    assert desk_of.ask(lambda: Customer.select().count()) == 1


def test_an_import_of_unknown_fate_says_so_and_is_not_made_again_by_itself(importing, sheet, desk_of, monkeypatch):
    dialog = importing(sheet([["客户名称"], ["杭州长荣机电有限公司"]]))
    real = saving.change

    @contextmanager
    def lost(*args, **more):
        with real(*args, **more) as c:
            yield c
        raise Unsettled("Whether it was saved is not known yet.")

    monkeypatch.setattr(saving, "change", lost)
    dialog.import_button.click()
    importing.settle()
    assert waiting.line.waiting == []
    assert dialog.message_bar.label.text() == "Whether it was saved is not known yet."
    assert dialog.preview.judged.counts[SAME] == 1


def test_importing_the_same_list_again_changes_nothing(importing, sheet):
    path = sheet([["客户名称", "客户等级"], ["杭州长荣机电有限公司", "金"]])
    first = importing(path)
    first.import_button.click()
    importing.settle()
    second = importing(path)
    assert second.preview.judged.counts[SAME] == 1
    assert not second.import_button.isEnabled()


def test_a_click_on_a_count_shows_only_these_rows(importing):
    dialog = importing(SAMPLES / "客户名单2025.xlsx")
    dialog.preview.chips[REFUSED].click()
    importing.settle()
    assert [line.number for line in dialog.preview.view.lines_model.lines] == [68]
    assert "customer name is missing" in dialog.preview.detail.text()
    dialog.preview.chips[REFUSED].click()
    importing.settle()
    assert dialog.preview.view.lines_model.rowCount() == 65


def test_rows_are_searched_and_enter_in_the_search_line_does_not_import(importing, qtbot, desk_of):
    dialog = importing(SAMPLES / "客户名单2025.xlsx")
    dialog.preview.line.setText("曾记")
    importing.settle()
    lines = dialog.preview.view.lines_model.lines
    assert 0 < len(lines) < 10
    qtbot.keyClick(dialog.preview.line, Qt.Key.Key_Return)
    importing.settle()
    assert desk_of.ask(customers) == 0


def test_the_preview_says_how_an_odd_value_was_read(importing, sheet):
    dialog = importing(sheet([["客户名称", "首次合作日期"], ["杭州长荣机电有限公司", "2019.3.5"]]))
    assert "2019.3.5 → 2019-03-05" in dialog.preview.view.lines_model.text(0, 2)


def test_a_wrong_guess_is_corrected_with_one_choice_and_the_rows_judged_anew(importing, sheet, desk_of):
    dialog = importing(sheet([["客户名称", "暗号"], ["杭州长荣机电有限公司", "芝麻开门"]]))
    box = dialog.mapping.boxes[1]
    assert box.currentText() == "– not imported –"
    box.fill()
    place = next(n for n in range(box.count()) if box.itemData(n) == Target(Customer, "remarks"))
    box.setCurrentIndex(place)
    box.activated.emit(place)
    importing.settle()
    dialog.import_button.click()
    importing.settle()
    assert desk_of.ask(lambda: file.one("SELECT remarks FROM customer")) == "芝麻开门"


def test_a_correction_is_remembered_for_the_next_list_with_these_headings(importing, sheet):
    rows = [["客户名称", "暗号"], ["杭州长荣机电有限公司", "芝麻开门"]]
    first = importing(sheet(rows))
    first.mapping.corrected.emit(1, Target(Customer, "remarks"))
    importing.settle()
    first.import_button.click()
    importing.settle()
    second = importing(sheet([*rows, ["苏州恒达科技有限公司", "开门"]], "next.xlsx"))
    assert second.mapping.boxes[1].currentData() == Target(Customer, "remarks")


def test_a_field_that_takes_one_column_leaves_the_other(importing, sheet):
    dialog = importing(sheet([["客户名称", "旧名"], ["杭州长荣机电有限公司", "长荣"]]))
    dialog.mapping.corrected.emit(1, Target(Customer, "name"))
    importing.settle()
    assert dialog.mapping.boxes[0].currentData() is None
    assert dialog.mapping.boxes[1].currentData() == Target(Customer, "name")


def test_what_a_list_is_about_can_be_said(importing, sheet):
    dialog = importing(sheet([["姓名", "手机"], ["李明", "13800001234"], ["王芳", "13800001235"]]))
    entry = dialog.current
    other = "customers" if entry.plan.kind == "contacts" else "contacts"
    card = dialog.lists.cards[entry]
    card.kind.setCurrentIndex(card.kind.findData(other))
    card.kind.activated.emit(card.kind.currentIndex())
    importing.settle()
    assert entry.plan.kind == other
    assert len(entry.judged.lines) == 2


def test_a_wrong_file_says_so_and_the_others_go_on(importing, tmp_path):
    photo = tmp_path / "photo.xlsx"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    dialog = importing(photo, SAMPLES / "联系人.csv", SAMPLES / "老系统导出.xls")
    troubles = [entry.trouble for entry in dialog.work.entries if entry.trouble]
    assert len(troubles) == 1
    assert "picture" in troubles[0]
    assert dialog.import_button.isEnabled()


def test_who_is_in_two_lists_is_counted_once(importing, sheet, desk_of):
    first = sheet(
        [["客户名称", "联系人"], ["杭州长荣机电有限公司", "王芳"], ["苏州恒达科技有限公司", "李强"]], "a.xlsx"
    )
    second = sheet([["姓名", "公司", "邮箱"], ["王芳", "杭州长荣机电有限公司", "wf@x.cn"]], "b.xlsx")
    dialog = importing(first, second)
    dialog.import_button.click()
    importing.settle()
    assert dialog.summary.sentence.text() == "Imported: 4 new records."


def test_a_file_can_be_left_out(importing):
    dialog = importing(SAMPLES / "客户名单2025.xlsx", SAMPLES / "联系人.csv")
    entry = next(each for each in dialog.work.entries if each.path.suffix == ".csv")
    dialog.lists.cards[entry].remove.click()
    importing.settle()
    assert [each.path.name for each in dialog.work.entries] == ["客户名单2025.xlsx"]


def test_files_dropped_on_the_window_are_taken(importing, sheet):
    dialog = importing()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sheet([["客户名称", "手机"], ["杭州长荣机电有限公司", "13800001234"]])))])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(dialog, QDragEnterEvent(QPoint(10, 10), *held))
    QApplication.sendEvent(dialog, QDropEvent(QPointF(10, 10), *held))
    importing.settle()
    assert dialog.import_button.text() == "Import 1 row"


def test_files_are_chosen_with_the_button(importing, sheet, monkeypatch):
    path = sheet([["客户名称", "手机"], ["杭州长荣机电有限公司", "13800001234"]])
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", staticmethod(lambda *_a: ([str(path)], "")))
    dialog = importing()
    dialog.choose_files()
    importing.settle()
    assert dialog.import_button.text() == "Import 1 row"


def test_cancel_while_reading_answers_at_once_and_nothing_comes_later(importing, sheet, qtbot, monkeypatch):
    from ui.dialogs import import_reading

    path, go_on, begun = sheet([["客户名称"], ["杭州长荣机电有限公司"]]), Event(), Event()
    real = import_reading.importing.tables_of

    def slowly(*args, **more):
        begun.set()
        go_on.wait(20)
        return real(*args, **more)

    monkeypatch.setattr(import_reading.importing, "tables_of", slowly)
    dialog = importing()
    dialog.add_files([path, path.with_name("next.xlsx")])
    qtbot.waitUntil(begun.is_set, timeout=5000)
    dialog.work.reading._progress.cancel()  # as the button in the message bar does
    assert not dialog.work.reading.busy
    assert dialog.pages.currentIndex() == 0
    go_on.set()
    importing.settle()
    assert (dialog.work.entries, dialog.pages.currentIndex()) == ([], 0)
    dialog.add_files([path])
    importing.settle()
    assert dialog.import_button.text() == "Import 1 row"


def test_cancel_while_saving_writes_nothing_and_leaves_the_window_as_it_was(importing, desk_of, monkeypatch):
    dialog = importing(SAMPLES / "客户名单2025.xlsx")
    from crm_desktop.exchange.importing import Plan

    save = Plan.save

    def slowly(plan, user, progress=None):
        dialog.work._progress.was_cancelled = True  # as if Cancel was pressed at the first step
        return save(plan, user, progress)

    monkeypatch.setattr(Plan, "save", slowly)
    dialog.import_button.click()
    importing.settle()
    assert desk_of.ask(customers) == 0
    assert dialog.pages.currentIndex() == 1
    assert dialog.import_button.text() == "Import 61 rows"
    assert dialog.import_button.isEnabled()


def test_show_takes_the_user_to_the_imported_records(importing, qtbot, desk_of):
    dialog = importing(SAMPLES / "客户名单2025.xlsx")
    dialog.import_button.click()
    importing.settle()
    with qtbot.waitSignal(dialog.asked) as asked:
        dialog.show_button.click()
    wish = asked.args[0]
    assert wish.table == "customer"
    assert sorted(wish.filters[0].value) == sorted(
        desk_of.ask(lambda: [i for (i,) in file.ask("SELECT id FROM customer")])
    )


def test_history_of_unknown_customers_can_bring_them_in(importing, sheet, desk_of):
    path = sheet(
        [["客户名称", "联系时间", "跟进内容"], ["杭州长荣机电有限公司", "2026-03-05", "谈了新的报价"]], "跟进记录.xlsx"
    )
    dialog = importing(path)
    assert dialog.preview.judged.counts[REFUSED] == 1
    assert dialog.look.missing_ones.text() == "1 row is about a customer who is not there: 杭州长荣机电有限公司"
    assert "let this import add who is missing" in dialog.preview.detail.text()
    [button] = dialog.look.missing_ones.buttons
    assert button.text() == "Add 1 as a new customer"
    button.click()
    importing.settle()
    assert dialog.missing.isChecked()
    assert dialog.look.missing_ones.text() == ""
    assert dialog.import_button.text() == "Import 1 row"
    dialog.import_button.click()
    importing.settle()
    assert desk_of.ask(customers) == 1


def test_rows_a_person_should_look_at_have_their_own_count(importing, sheet):
    good, odd = ["苏州恒达科技有限公司", "王芳", "13800001234"], ["杭州长荣机电有限公司", "李明", "12"]
    dialog = importing(sheet([["客户名称", "联系人", "手机"], odd, good]))
    judged = dialog.preview.judged
    assert judged.counts[LOOK] == sum(line.doubtful for line in judged.lines)
    assert judged.counts[LOOK] == 1


def test_a_contact_person_is_part_of_the_customer_s_row(importing, desk_of, sheet):
    dialog = importing(sheet([["客户名称", "联系人", "手机"], ["杭州长荣机电有限公司", "李明", "13800001234"]]))
    dialog.import_button.click()
    importing.settle()
    assert desk_of.ask(lambda: file.one("SELECT name FROM contact")) == "李明"
    assert Contact.table() == "contact"


def test_a_text_file_whose_characters_look_wrong_is_read_in_another_encoding(importing, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("客户名称,手机\n長榮機電有限公司,13800001234\n".encode())
    dialog = importing(path)
    box = dialog.lists.cards[dialog.current].encoding
    box.setCurrentIndex(box.findData("gb18030"))
    box.activated.emit(box.currentIndex())
    importing.settle()
    assert "客户名称" not in [
        str(name) for entry in dialog.work.entries if entry.plan for name in entry.plan.table.heading
    ]
    dialog.work.read_as(path, "utf-8")
    importing.settle()
    assert dialog.import_button.text() == "Import 1 row"


def test_a_file_mended_in_the_meantime_is_read_anew(importing, sheet):
    rows = [["客户名称", "手机"], ["杭州长荣机电有限公司", "13800001234"]]
    path = sheet(rows)
    dialog = importing(path)
    sheet([*rows, ["苏州恒达科技有限公司", "13800001235"]])
    dialog.add_files([path])
    importing.settle()
    assert len(dialog.work.entries) == 1
    assert dialog.import_button.text() == "Import 2 rows"


def test_the_file_is_backed_up_before_an_import(importing, desk_of):
    dialog = importing(SAMPLES / "客户名单2025.xlsx")
    dialog.import_button.click()
    importing.settle()
    assert dialog.pages.currentIndex() == SUMMARY
    (made,) = backup.found_in(backup.folder())
    assert (made.reason, made.counts["customer"]) == ("import", 0)
    assert dialog.message_bar.label.text() == ""


def test_an_import_whose_backup_fails_is_done_and_says_so(importing, desk_of, monkeypatch):
    def full(*_arguments, **_named):
        raise UserError("The disk is full.")

    monkeypatch.setattr(backup, "make", full)
    dialog = importing(SAMPLES / "客户名单2025.xlsx")
    dialog.import_button.click()
    importing.settle()
    assert desk_of.ask(lambda: Customer.select().count()) > 0
    assert dialog.message_bar.label.text() == "No backup was made before this. The disk is full."


def decided(dialog):
    from ui.dialogs.import_deciding import Deciding

    return next(child for child in dialog.children() if isinstance(child, Deciding))


def test_near_names_are_shown_side_by_side_and_decided_by_a_click(importing, desk_of, sheet):
    def write():
        with change(desk.user(), "Test") as c:
            return c.save(Customer, {"name": "杭州长荣机电有限公司", "tier": "silver"}).id

    there = desk_of.ask(write)
    dialog = importing(sheet([["客户名称", "客户等级"], ["长荣机电有限公司", "钻石"]]))
    assert "1 thing only you can decide" in dialog.open_questions.label.text()
    dialog.decide()
    importing.settle()
    (card,) = decided(dialog).cards
    words = [label.text() for label in card.findChildren(QLabel)]
    assert {"长荣机电有限公司", "杭州长荣机电有限公司", "Diamond", "Silver"} <= set(words)
    assert [button.text() for button in card.group.buttons()] == ["A new customer", "Leave its rows out", "This one"]
    assert card.group.checkedButton().text() == "This one"
    card.group.buttons()[0].click()
    decided(dialog).done_button.click()
    importing.settle()
    assert dialog.preview.judged.counts[NEW] == 1
    assert not dialog.open_questions.isVisible()
    dialog.import_button.click()
    importing.settle()
    assert desk_of.ask(customers) == 2
    assert desk_of.ask(lambda: Customer.get_row(there).tier) == "silver"


def test_a_word_no_list_knows_is_settled_once_and_remembered_for_everybody(importing, desk_of, sheet):
    rows = [["客户名称", "客户等级"], ["杭州长荣机电有限公司", "特约"], ["苏州华信", "特约"]]
    dialog = importing(sheet(rows))
    dialog.decide()
    importing.settle()
    (box,) = decided(dialog).boxes
    box.setCurrentIndex(box.findData("gold"))
    box.activated.emit(box.currentIndex())
    decided(dialog).done_button.click()
    importing.settle()
    dialog.import_button.click()
    importing.settle()
    assert desk_of.ask(lambda: file.ask("SELECT tier FROM customer")) == [("gold",), ("gold",)]
    again = importing(sheet([rows[0], ["无锡恒达", "特约"]], "next.xlsx"))
    again.import_button.click()
    importing.settle()
    assert desk_of.ask(lambda: file.one("SELECT tier FROM customer WHERE name = '无锡恒达'")) == "gold"


def test_what_is_there_may_be_left_as_it_is(importing, desk_of, sheet):
    def write():
        with change(desk.user(), "Test") as c:
            c.save(Customer, {"name": "杭州长荣机电有限公司", "tier": "silver"})

    desk_of.ask(lambda: write() or True)
    dialog = importing(sheet([["客户名称", "客户等级"], ["杭州长荣机电有限公司", "钻石"]]))
    assert dialog.preview.judged.counts[UPDATE] == 1
    dialog.existing.setCurrentIndex(dialog.existing.findData("keep"))
    dialog.existing.activated.emit(dialog.existing.currentIndex())
    importing.settle()
    assert dialog.preview.judged.counts[SAME] == 1


def test_a_column_without_a_field_gets_one_with_a_click(importing, desk_of, sheet):
    from ui.dialogs.new_field import NewField

    path = sheet([["客户名称", "种植作物", "亩数"], ["杭州长荣机电有限公司", "水稻", 120]])
    dialog = importing(path)
    assert dialog.homeless.toolTip() == "种植作物, 亩数"
    box = dialog.mapping.boxes[2]
    box.fill()
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.currentIndex())
    asked = next(child for child in dialog.children() if isinstance(child, NewField))
    assert (asked.label.text(), asked.kind.currentData()) == ("亩数", "number")
    asked.button.click()
    importing.settle()
    assert dialog.mapping.boxes[2].currentText() == "亩数"
    dialog.homeless.click()
    importing.settle()
    assert not dialog.homeless.isVisible()
    dialog.import_button.click()
    importing.settle()
    assert desk_of.ask(lambda: file.ask("SELECT x1, n1 FROM customer")) == [("水稻", 120)]


def test_what_was_put_right_is_kept_when_the_window_is_closed(importing, desk_of, sheet):
    path = sheet([["客户名称", "大区"], ["杭州长荣机电有限公司", "华东"]])
    dialog = importing(path)
    dialog.work.correct(dialog.current, 1, Target(Customer, "department"))
    importing.settle()
    dialog.reject()
    importing.settle()
    again = importing(path)
    assert again.current.plan.mapping.columns[1].target == Target(Customer, "department")


def test_a_table_that_was_copied_is_pasted(importing, desk_of):
    dialog = importing()
    QApplication.clipboard().setText("客户名称\t客户等级\n杭州长荣机电有限公司\t金\n苏州华信\t银")
    dialog.paste()
    importing.settle()
    assert dialog.preview.judged.counts[NEW] == 2
    dialog.import_button.click()
    importing.settle()
    assert desk_of.ask(customers) == 2


def test_a_text_without_a_list_is_refused_with_a_sentence(importing):
    dialog = importing()
    QApplication.clipboard().setText("您好，请问在吗？")
    dialog.paste()
    importing.settle()
    assert dialog.pages.currentIndex() == 0
    assert dialog.message_bar.label.text()


def test_refused_rows_are_saved_as_a_workbook_and_imported_again(importing, desk_of, sheet, tmp_path, monkeypatch):
    from openpyxl import load_workbook

    dialog = importing(sheet([["客户名称", "客户等级"], ["苏州华信", "银"], [None, "金"]]))
    dialog.import_button.click()
    importing.settle()
    out = tmp_path / "refused.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_a: (str(out), "")))
    dialog.summary.save_button.click()
    importing.settle()
    assert "1 row is in refused.xlsx" in dialog.summary.notice.text()
    book = load_workbook(out)
    book.active["B2"].value = "杭州长荣机电有限公司"
    book.save(out)
    dialog.add_files([out])
    importing.settle()
    assert dialog.preview.judged.counts[NEW] == 1


def test_earlier_imports_are_listed_and_taken_back(importing, desk_of, sheet):
    from ui.dialogs.operations import Operations

    dialog = importing(sheet([["客户名称"], ["苏州华信"]], "名单.xlsx"))
    dialog.import_button.click()
    importing.settle()
    log = Operations(dialog, "imported")
    log.show()
    importing.settle()
    assert log.kind.currentData() == "imported"
    log.list.setCurrentIndex(log.list.model().index(0, 0))
    importing.settle()
    log.undo()
    importing.settle()
    assert desk_of.ask(customers) == 0
    log.done(0)


def test_a_workbook_of_another_office_brings_its_lists_and_fields_at_one_s_word(desk_of, importing, qtbot):
    def made():
        with change(None, "Test") as c:
            place = office.add_own_field(c, "customer", "车牌")
            office.put_settings(c, {"birthday_days": 12})
        with change(None, "Test") as c:
            c.save(Customer, {"name": "甲公司", place: "浙A12345"})
        whole_office.write(desk_of.path / "all.xlsx")
        file.close()
        file.create(desk_of.path / "second.crm")
        office.found_office("西湖商贸")
        return True

    desk_of.ask(made)
    dialog = importing(desk_of.path / "all.xlsx")
    told = dialog.look.definitions
    assert "4 entries of lists, own fields and settings" in told.text()
    told.buttons[0].click()
    qtbot.waitUntil(lambda: told.isHidden() and dialog.work.plan is not None, timeout=20000)
    dialog.import_rows()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == SUMMARY, timeout=20000)
    assert desk_of.ask(lambda: file.ask("SELECT name, x1 FROM customer")) == [("甲公司", "浙A12345")]
    assert desk_of.ask(lambda: office.setting("birthday_days")) == 12
