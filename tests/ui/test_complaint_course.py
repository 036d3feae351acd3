"""A complaint from the first call to the verified improvement, as somebody at the keyboard goes through it."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from crm_desktop.complaints import signals
from crm_desktop.models import Complaint, Interaction, User
from crm_desktop.reports import complaint_form
from crm_desktop.store import file
from tests.ui.cases import fill, head, opened, save, take
from ui.dialogs.case_papers import FormDialog, LedgerDialog
from ui.dialogs.complaint_families import FamiliesDialog
from ui.dialogs.complaint_signals import SignalsDialog
from ui.dialogs.office_calendar import NoticeDialog
from ui.parts import desk
from ui.parts.case_letter import LetterDialog
from ui.parts.complaint_case import CaseDialog
from ui.parts.course_move import MoveDialog


@pytest.fixture
def tab(program):
    return program.tab("complaints")


@pytest.fixture
def complaint(program, tab):
    """A complaint 王芳 has just written down on the phone."""
    customer = program.ask(lambda: file.one("SELECT id FROM customer WHERE tier = 'gold' LIMIT 1"))
    tab.begin(tab.presets() | {"customer": customer})
    program.idle()
    tab.panel.form.editor("description").text.setPlainText("电机异响，停机两次")
    tab.panel.form.editor("demand").text.setPlainText("换一台")
    program.command("save_record")
    program.idle()
    return tab.panel.record.id


def now(program, id):
    return program.ask(lambda: Complaint.get_row(id))


def test_the_whole_course_in_the_window(program, tab, complaint, tmp_path):
    assert head(tab).isVisible()
    assert head(tab).next.text() == "Accept and tell the customer"
    assert "acknowledge" in head(tab).countdown.accessibleName()
    assert take(program, tab, category="quality.malfunction") == "accept"
    assert now(program, complaint).acknowledged_at
    assert "first reply" in head(tab).countdown.accessibleName()
    assert take(program, tab) == "investigate"
    solution = {"cause": "quality.production", "solution_types": ["exchange"], "solution": "换了新电机"}
    assert take(program, tab, **solution, analysis="轴承装反") == "begin"
    assert take(program, tab) == "solve"
    solved = now(program, complaint)
    assert (solved.state, bool(solved.follow_up_on), bool(solved.replied_at)) == ("solved", True, True)
    assert "follow up" in head(tab).countdown.accessibleName()
    assert take(program, tab, satisfaction="5", follow_up="运转正常，客户满意") == "close"
    closed = now(program, complaint)
    assert (closed.state, closed.reopened) == ("closed", 0)
    assert [step.how for step in head(tab).bar.steps] == ["done", "done", "done", "later", "done", "done", "done"]
    assert head(tab).countdown.isHidden()

    # learning from it: an action, done and verified
    today = date.today().isoformat()
    action = {"what": "装配后加一道听音检查", "kind": "preventive", "owner": "李强", "due": today}
    program.ask(lambda: save(Complaint.get_row(complaint), improvements=[action]))
    section = program.tab("today").list._lines.lines
    assert any(getattr(line, "what", "") == action["what"] for line in section)
    verified = action | {"done": today, "verified": today, "by": "王芳", "effective": True}
    program.ask(lambda: save(Complaint.get_row(complaint), improvements=[verified]))
    program.tab("complaints")
    assert program.ask(lambda: Complaint.get_row(complaint)).improve_by is None

    paper = tmp_path / "form.pdf"
    data = program.ask(lambda: complaint_form.collect(complaint))
    assert [row[1] for row in data.course] == [
        "Registered", "Accepted", "Investigating", "Being handled", "Solved, follow-up due", "Closed",
    ]  # fmt: skip
    assert complaint_form.draw(paper, data) >= 1


def test_each_step_is_taken_back_with_ctrl_z(program, tab, complaint):
    take(program, tab, category="quality")
    take(program, tab)
    assert now(program, complaint).state == "investigating"
    program.command("undo")
    assert now(program, complaint).state == "accepted"
    assert head(tab).next.text() == "Begin the investigation"
    program.command("undo")
    assert now(program, complaint).state == "new"
    program.command("redo")
    assert now(program, complaint).state == "accepted"


def test_what_is_missing_is_said_at_its_field(program, tab, complaint):
    head(tab).next.click()
    program.idle()
    dialog = opened(MoveDialog)
    dialog.button.click()
    program.idle()
    assert dialog.isVisible()
    assert dialog.form.editor("category")._problem.text() == "Category is needed."
    assert now(program, complaint).state == "new"
    dialog.done(0)


def test_on_hold_the_clock_stands_still_until_it_goes_on(program, tab, complaint):
    take(program, tab, category="quality")
    take(program, tab, "hold", why="等客户寄回样品")
    held = now(program, complaint)
    assert (held.state, held.solve_by) == ("hold", None)
    assert "stands still" in head(tab).countdown.accessibleName()
    assert head(tab).next.text() == "Go on"
    take(program, tab)
    assert now(program, complaint).state == "accepted"


def test_not_satisfied_opens_again_and_is_counted(program, tab, complaint):
    take(program, tab, category="quality")
    take(program, tab)
    take(program, tab, cause="quality", solution_types=["rework"], solution="修了")
    take(program, tab)
    take(program, tab, "reopen", why="还是响", satisfaction="2")
    again = now(program, complaint)
    assert (again.state, again.reopened, again.satisfaction) == ("reopened", 1, "2")
    assert head(tab).reopened.text() == "opened again 1 time"
    assert head(tab).next.text() == "Accept and tell the customer"


def test_who_asks_and_hears_a_no_opens_again_with_what_was_typed(program, tab, complaint):
    take(program, tab, category="quality")
    take(program, tab)
    take(program, tab, cause="quality", solution_types=["rework"], solution="修了")
    take(program, tab)
    head(tab).next.click()
    program.idle()
    dialog = opened(MoveDialog)
    fill(dialog.form, satisfaction="1", follow_up="还是响")
    dialog.button.click()
    program.idle()
    assert dialog.message_bar.action.text() == "Open again"
    dialog.message_bar.action.click()
    program.idle()
    again = opened(MoveDialog)
    fill(again.reason, why="没有修好")
    again.button.click()
    program.idle()
    record = now(program, complaint)
    assert (record.state, record.reopened, record.satisfaction, record.follow_up) == ("reopened", 1, "1", "还是响")


def test_above_ones_limit_somebody_else_approves(program, tab, complaint):
    manager = program.ask(lambda: file.one("SELECT id FROM \"user\" WHERE name = '李强'"))
    me = desk.user().id
    program.ask(lambda: save(User.get_row(manager), role="manager"))
    take(program, tab, category="quality")
    take(program, tab)
    head(tab)._take(head(tab)._moves[0])
    program.idle()
    dialog = opened(MoveDialog)
    fill(dialog.form, cause="quality", solution_types=["refund"], solution="退款", compensation="500")
    dialog.button.click()
    program.idle()
    assert "needs the approval" in dialog.message_bar.label.text()
    assert dialog.message_bar.action.text() == "Ask for approval of the solution"
    dialog.message_bar.action.click()  # what was typed goes along
    program.idle()
    assert not dialog.isVisible()
    asked = now(program, complaint)
    assert (asked.state, asked.solution, asked.compensation) == ("approval", "退款", 500_00)
    desk.sit_down(manager, "李强")
    head(tab).next.click()
    program.idle()
    dialog = opened(MoveDialog)
    assert dialog.form.editor("solution").text.toPlainText() == "退款"  # who approves sees what
    dialog.button.click()
    program.idle()
    approved = now(program, complaint)
    assert (approved.state, approved.approved_by, approved.compensation) == ("handling", manager, 500_00)
    desk.sit_down(me, "王芳")


def test_a_text_to_the_customer_is_copied_and_logged_by_one_click(program, tab, complaint):
    head(tab).write.click()
    program.idle()
    dialog = opened(LetterDialog)
    assert "电机异响" in dialog.text.toPlainText()
    assert now(program, complaint).code in dialog.text.toPlainText()
    dialog.copy_button.click()
    program.idle()
    assert "电机异响" in QApplication.clipboard().text()
    record = now(program, complaint)
    assert record.acknowledged_at
    assert [line["what"] for line in record.informed] == ["Acknowledgement"]
    logged = program.ask(
        lambda: file.ask("SELECT purpose, direction FROM interaction WHERE complaint = ?", (complaint,))
    )
    assert logged == [("complaint", "out")]
    program.command("undo")
    assert now(program, complaint).acknowledged_at is None


def test_the_result_is_offered_once_there_is_a_solution(program, tab, complaint):
    program.ask(lambda: save(Complaint.get_row(complaint), state="investigating"))
    program.idle()
    head(tab).write.click()
    program.idle()
    dialog = opened(LetterDialog)
    assert dialog.kind.currentData() == "acknowledgement"
    dialog.done(0)
    program.ask(lambda: save(Complaint.get_row(complaint), solution="换新"))
    tab.panel.show_record(complaint)
    program.idle()
    head(tab).write.click()
    program.idle()
    assert opened(LetterDialog).kind.currentData() == "result"


def test_a_gap_in_a_text_is_pointed_at_once(program, tab, complaint):
    head(tab).write.click()
    program.idle()
    dialog = opened(LetterDialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData("apology"))
    program.idle()
    dialog.copy_button.click()
    program.idle()
    assert "the case says nothing yet" in dialog.message_bar.label.text()
    assert dialog.text.textCursor().selectedText() == "…"
    dialog.copy_button.click()
    program.idle()
    assert now(program, complaint).apology_at


def test_the_cursor_waits_where_something_must_be_written(program, tab, complaint):
    take(program, tab, category="quality")
    for key in ("inform", "hold"):
        head(tab)._take(next(move for move in head(tab)._moves if move.key == key))
        program.idle()
        dialog = opened(MoveDialog)
        assert dialog.reason.editor("why").isAncestorOf(dialog.focusWidget())
        dialog.done(0)


def test_evidence_lies_in_the_file_and_like_complaints_become_a_family(program, tab, complaint, tmp_path):
    program.ask(lambda: save(Complaint.get_row(complaint), cause="quality.design"))
    other = program.ask(
        lambda: save(
            Complaint,
            customer=Complaint.get_row(complaint).customer,
            description="又响",
            cause="quality.design",
            received_at="2026-01-05",
        )
    )
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"jpg" * 100)
    program.idle()
    tab.show_one(complaint)
    program.idle()
    head(tab).more.click()
    dialog = opened(CaseDialog)
    dialog.add_files([photo])
    program.idle()
    assert dialog.files.count() == 1
    assert "照片.jpg" in dialog.files.item(0).text()
    rows = [dialog.alike.item(n).data(256).id for n in range(dialog.alike.count())]
    assert other.id in rows
    dialog.alike.item(rows.index(other.id)).setSelected(True)
    dialog.family.setText("电机异响")
    dialog.join_button.click()
    program.idle()
    assert [now(program, id).family for id in (complaint, other.id)] == ["电机异响"] * 2
    dialog.reject()
    tab.show_families()
    program.idle()
    families = opened(FamiliesDialog)
    names = [families.tree.topLevelItem(n).text(0) for n in range(families.tree.topLevelItemCount())]
    assert "电机异响" in names
    families._show(families.tree.topLevelItem(names.index("电机异响")))
    program.idle()
    assert tab.list.list_model.rowCount() == 2


def test_a_sign_of_displeasure_is_decided_about(program, tab):
    customer = program.ask(lambda: file.one("SELECT id FROM customer LIMIT 1"))
    at = (datetime.now() - timedelta(hours=1)).isoformat(timespec="seconds")
    program.ask(lambda: save(Interaction, customer=customer, at=at, channel="phone", content="对送货很不满意",
                             mood="displeased"))  # fmt: skip
    tab.show_signals()
    program.idle()
    dialog = opened(SignalsDialog)
    before = dialog.list.count()
    assert "对送货很不满意" in dialog.text.text()
    dialog.dismiss.click()
    dialog.notice.buttons[0].click()
    program.idle()
    assert "Say why" in dialog.message_bar.label.text()
    dialog.decide(signals.CONFIRMED)
    program.idle()
    assert dialog.list.count() == before - 1
    found = program.ask(lambda: file.ask("SELECT nature FROM complaint WHERE description LIKE '%对送货很不满意'"))
    assert found == [("implicit",)]
    dialog.reject()


def test_who_wants_to_ask_about_a_sign_gets_to_the_customer(program, tab):
    customer = program.ask(lambda: file.one("SELECT id FROM customer LIMIT 1"))
    at = datetime.now().isoformat(timespec="seconds")
    program.ask(lambda: save(Interaction, customer=customer, at=at, channel="phone", content="很不满意",
                             mood="displeased"))  # fmt: skip
    tab.show_signals()
    program.idle()
    dialog = opened(SignalsDialog)
    dialog.customer.click()
    program.idle()
    assert program.window.tab().NAME == "customers"
    assert program.window.tab().current_record() == customer


def test_an_internal_failure_is_written_down_before_anybody_complains(program, tab):
    customer = program.ask(lambda: file.one("SELECT id FROM customer LIMIT 1"))
    tab.new_internal()
    program.idle()
    tab.panel.form.editor("customer").set_value(customer)
    assert tab.panel.form.values()["complainant_is"] == "internal"
    assert "nobody has complained about yet" in tab.panel.notice.text()
    tab.panel.typing._go_on()
    tab.panel.typing.discard()
    program.idle()


def test_the_form_and_the_ledger_are_shown_as_they_will_be_printed(program, tab, complaint):
    head(tab).print.click()
    program.idle()
    form = opened(FormDialog)
    program.qtbot.waitUntil(lambda: form.save_button.isEnabled())
    assert form._pdf.startswith(b"%PDF")
    form.reject()
    tab.print_ledger()
    program.idle()
    ledger = opened(LedgerDialog)
    program.qtbot.waitUntil(lambda: ledger.save_button.isEnabled())
    ledger.reject()


def test_today_warns_of_a_missing_calendar_and_leads_to_the_notice(program, monkeypatch):
    from crm_desktop import today

    tab = program.tab("today")
    found = program.ask(lambda: today.due(date(2026, 11, 22)))
    tab.show_due(found)
    assert tab.calendar.text().startswith("The holidays of 2027")
    tab.calendar.buttons[0].click()
    program.idle()
    [office] = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and hasattr(w, "calendar")]
    office.calendar.show_years(2027)
    office.calendar.paste()
    notice = opened(NoticeDialog)
    notice.text.setPlainText("2027年 春节：2月5日至11日放假，共6天。")
    assert "6 days" in notice.said.text()
    assert not notice.button.isEnabled()
    notice.text.setPlainText("2027年 春节：2月5日至11日放假调休，共7天。1月30日、2月13日上班。")
    notice.button.click()
    program.idle()
    assert office.calendar.list.count() == 9
    office.accept()
    assert program.ask(lambda: today.due(date(2026, 11, 22))).calendar_lacks is None


def test_a_reminder_tells_each_deadline_once(program, tab, complaint):
    me = desk.user().id
    soon = (datetime.now() + timedelta(minutes=10)).isoformat(timespec="seconds")
    take(program, tab, category="quality")
    program.ask(lambda: save(Complaint.get_row(complaint), agreed_by=soon, owner=me))
    program.window.message_bar.say("")
    program.window.reminder.look()
    program.idle()
    assert program.bar.startswith("1 complaint is due")
    program.window.message_bar.say("")
    program.window.reminder.look()
    program.idle()
    assert program.bar == ""


def test_what_the_customer_was_told_stands_in_the_course(program, tab, complaint):
    take(program, tab, category="quality")
    take(program, tab, "inform", why="样品已送检")
    record = now(program, complaint)
    assert (record.state, record.informed[-1]["what"], bool(record.replied_at)) == ("accepted", "样品已送检", True)
    assert "solve" in head(tab).countdown.accessibleName()
