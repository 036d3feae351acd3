"""Editors: what people write becomes a value, and what cannot is said under the field without stopping anybody."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from crm_desktop.errors import UserError
from crm_desktop.models import Complaint, Contact, Customer, Interaction
from ui import tasks
from ui.parts.editors import editor_for
from ui.parts.editors_dates import near_day

CUSTOMER = Customer.described()
CONTACT = Contact.described()


@pytest.fixture
def shown(qtbot, office):
    """Shows the editor of a field."""

    def show(field):
        editor = editor_for(field)
        qtbot.addWidget(editor)
        with qtbot.waitActive(editor):
            editor.show()
            editor.activateWindow()
        return editor

    return show


def type_into(widget, text):
    """Type, Chinese too (QTest's own function knows Latin keys alone)."""
    for sign in text:
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign))


def write(qtbot, editor, text):
    """Type into a line and leave it."""
    editor.line.setFocus()
    editor.line.clear()
    type_into(editor.line, text)
    editor.line.editingFinished.emit()


@pytest.mark.parametrize(("model"), [Customer, Contact, Interaction, Complaint])
def test_every_field_has_an_editor_that_says_its_label_and_gives_back_what_it_shows(shown, model):
    for field in model.typed().values():
        editor = shown(field)
        value = field.default() if callable(field.default) else field.default
        editor.set_value(value)
        assert editor.accessibleName() == field.label
        assert not editor.is_dirty(), field.name
        assert editor.value() == value, field.name


def test_money_is_written_as_people_do_and_shown_in_yuan_on_leaving(qtbot, shown):
    editor = shown(CUSTOMER["annual_sales"])
    write(qtbot, editor, "12.5万")
    assert editor.line.text() == "¥125,000.00"
    assert editor.value() == 12_500_000


def test_what_is_no_number_is_said_in_one_sentence_under_the_field_and_can_be_corrected(qtbot, shown):
    editor = shown(CUSTOMER["annual_sales"])
    write(qtbot, editor, "viel")
    assert "viel" in editor.shown_problem()
    assert editor.line.text() == "viel"
    with pytest.raises(UserError):
        editor.value()
    write(qtbot, editor, "100")
    assert editor.shown_problem() == ""


def test_a_wrong_check_digit_is_said_while_typing(qtbot, shown):
    editor = shown(CUSTOMER["credit_code"])
    type_into(editor.line, "9133010879968")
    assert editor.shown_problem() == ""
    type_into(editor.line, "12345")
    assert editor.shown_problem()


@pytest.mark.parametrize(
    ("written", "days"), [("明天", 1), ("tomorrow", 1), ("+3", 3), ("+2周", 14), ("3天后", 3), ("后天", 2)]
)
def test_a_day_is_written_by_how_far_it_is(qtbot, shown, written, days):
    editor = shown(CUSTOMER["owner_since"])
    write(qtbot, editor, written)
    assert editor.value() == (date.today() + timedelta(days=days)).isoformat()


def test_next_monday_and_in_a_month_are_days():
    wednesday = date(2026, 11, 25)
    assert near_day("下周一", wednesday) == date(2026, 11, 30)
    assert near_day("周五", wednesday) == date(2026, 11, 27)
    assert near_day("周一", wednesday) == date(2026, 11, 30)
    assert near_day("next friday", wednesday) == date(2026, 12, 4)
    assert near_day("+3m", date(2026, 11, 30)) == date(2027, 2, 28)
    assert near_day("月底", wednesday) is None


def test_a_moment_keeps_its_seconds_while_nobody_touches_it(shown):
    editor = shown(Interaction.described()["at"])
    editor.set_value("2026-03-05T14:30:22")
    assert editor.line.text() == "2026-03-05 14:30"
    assert editor.value() == "2026-03-05T14:30:22"


def test_a_time_alone_is_today(qtbot, shown):
    editor = shown(Interaction.described()["at"])
    write(qtbot, editor, "14:30")
    assert editor.value() == f"{date.today().isoformat()}T14:30:00"


def test_a_day_is_picked_from_the_calendar(qtbot, shown):
    editor = shown(CUSTOMER["since"])
    with qtbot.waitSignal(editor.edited):
        editor.pick()
        editor._calendar.calendar.clicked.emit(QDate(2024, 3, 5))
    assert editor.value() == "2024-03-05"


def test_a_lunar_birthday_shows_when_it_comes_next_in_both_calendars(qtbot, shown):
    editor = shown(CONTACT["birthday"])
    write(qtbot, editor, "农历三月初八")
    assert editor.value() == "lunar:--03-08"
    assert editor._hint.text().startswith("Next: 20")
    assert editor._hint.text().endswith("lunar 03-08")


@pytest.mark.parametrize("typed", ["dianhua", "dh", "电", "phone", "Pho"])
def test_a_choice_is_found_by_label_pinyin_and_other_language(qtbot, shown, typed):
    editor = shown(Interaction.described()["channel"])
    editor.line.setFocus()
    type_into(editor.line, typed)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.value() == "phone"


def test_a_choice_may_be_empty_again_and_an_unknown_word_is_no_choice(qtbot, shown):
    editor = shown(CUSTOMER["tier"])
    editor.set_value("gold")
    write(qtbot, editor, "platinum deluxe")
    assert "platinum deluxe" in editor.shown_problem()
    write(qtbot, editor, "")
    assert editor.value() == ""
    assert editor.shown_problem() == ""


def test_an_entry_out_of_use_is_offered_only_where_it_is_written_already(qtbot, office, shown):
    from crm_desktop.models import ListEntry
    from crm_desktop.store import file

    def retire():
        return ListEntry.get_row(file.one("SELECT id FROM choice WHERE list = 'tier' AND code = 'silver'"))

    office.write(office.ask(retire), {"active": False})
    editor = shown(CUSTOMER["tier"])
    assert "silver" not in [option.key for option in editor.options()]
    editor.set_value("silver")
    assert "silver" in [option.key for option in editor.options()]


def test_tags_become_chips_at_a_comma_and_go_by_backspace(qtbot, shown):
    editor = shown(CUSTOMER["tags"])
    editor.line.setFocus()
    type_into(editor.line, "出口，老客户，")
    assert editor.value() == ["出口", "老客户"]
    qtbot.keyClick(editor.line, Qt.Key.Key_Backspace)
    assert editor.value() == ["出口"]
    assert editor.is_dirty()


def test_a_tag_typed_without_comma_counts_too(qtbot, shown):
    editor = shown(CUSTOMER["tags"])
    type_into(editor.line, "急")
    assert editor.value() == ["急"]


def test_tags_in_use_are_offered(qtbot, office, shown):
    office.write(office.changrong, {"tags": ["大客户"]})
    editor = shown(CUSTOMER["tags"])
    editor.line.setFocus()
    qtbot.waitUntil(tasks.idle)
    type_into(editor.line, "dkh")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.value() == ["大客户"]


def test_a_phone_is_typed_in_one_line_and_grouped_on_leaving(qtbot, shown):
    editor = shown(CUSTOMER["phones"])
    assert len(editor.lines) == 1
    number = editor.lines[0].cells["number"]
    write(qtbot, number, "13912345678")
    assert number.line.text() == "139 1234 5678"
    assert editor.value() == [{"number": "13912345678"}]


def test_rows_are_added_and_removed_and_empty_ones_are_no_rows(qtbot, shown):
    editor = shown(CUSTOMER["needs"])
    editor.set_value([{"text": "电机", "budget": 100}, {"text": "轴承"}])
    editor.add_button.click()
    assert len(editor.lines) == 3
    assert not editor.is_dirty()
    editor.lines[0].cross.click()
    assert editor.value() == [{"text": "轴承"}]


def test_what_a_row_knows_beyond_its_columns_is_kept(qtbot, shown):
    editor = shown(CUSTOMER["phones"])
    editor.set_value([{"number": "13912345678", "verified": True}])
    write(qtbot, editor.lines[0].cells["note"], "前台")
    assert editor.value() == [{"number": "13912345678", "verified": True, "note": "前台"}]


def test_a_customer_is_linked_by_searching_and_shows_its_name(qtbot, office, shown):
    editor = shown(CUSTOMER["parent"])
    editor.set_value(office.changrong.id)
    qtbot.waitUntil(lambda: editor.picker.text() == "杭州长荣机电有限公司")
    assert not editor.is_dirty()
    editor.picker.setText("恒")
    assert "恒" in editor.problem()


def test_a_long_text_grows_with_what_is_written(shown):
    editor = shown(CUSTOMER["remarks"])
    before = editor.text.height()
    editor.text.setPlainText("\n".join("一二三四五六"))
    assert editor.text.height() > before


def test_several_numbers_pasted_into_one_line_become_a_line_each(qtbot, shown):
    editor = shown(CUSTOMER["phones"])
    write(qtbot, editor.lines[0].cells["number"], "0571-66880001/13912345678")
    assert [row["number"] for row in editor.value()] == ["0571-66880001", "13912345678"]
    assert editor.problem() == ""


def test_tab_takes_the_best_hit_of_a_choice(qtbot, shown):
    editor = shown(Interaction.described()["channel"])
    editor.line.setFocus()
    type_into(editor.line, "shangm")
    assert editor.line.is_open()
    QApplication.sendEvent(editor.line, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    assert editor.value() == "visit"


def test_a_new_tag_is_not_mistaken_for_a_longer_one_in_use(qtbot, office, shown):
    office.write(office.changrong, {"tags": ["大客户"]})
    editor = shown(CUSTOMER["tags"])
    editor.line.setFocus()
    qtbot.waitUntil(tasks.idle)
    type_into(editor.line, "大")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.value() == ["大"]
