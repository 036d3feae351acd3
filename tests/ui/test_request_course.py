"""A service request from the first call to the verdict, as somebody at the keyboard goes through it."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.models import Complaint, Interaction, ServiceNote, ServiceRequest
from crm_desktop.service import checklist
from crm_desktop.store import file
from crm_desktop.store.change import change
from tests.ui.cases import customer, fill, head, opened, save, take
from ui.dialogs.case_papers import FormDialog, LedgerDialog
from ui.dialogs.contact_log import ContactLog
from ui.dialogs.service_notes import NotesDialog
from ui.parts import desk, waiting
from ui.parts.case_letter import LetterDialog
from ui.parts.course_move import MoveDialog

REPAIR = "after_sales.repair"


def now(program, id):
    return program.ask(lambda: ServiceRequest.get_row(id))


def cleared(model):
    """Nothing of a kind is left of the invented office."""
    with change(None, "Delete") as c:
        c.delete_many(model, [i for (i,) in file.ask(f"SELECT id FROM {model.table()}")])


@pytest.fixture
def tab(program):
    def lists():
        with change(None, "Change settings") as c:
            checklist.save(c, REPAIR, ["问清保修", "约好时间", "一起试机"])

    program.ask(lambda: lists() or True)
    return program.tab("requests")


@pytest.fixture
def request_(program, tab):
    """A request 王芳 has just written down on the phone."""
    tab.begin(tab.presets() | {"customer": customer(program)})
    program.idle()
    tab.panel.form.editor("description").text.setPlainText("电机异响，停机两次")
    tab.panel.form.editor("type").set_value(REPAIR)
    program.command("save_record")
    program.idle()
    return tab.panel.record.id


def test_the_whole_course_in_the_window(program, tab, request_):
    me = desk.user().id
    assert head(tab).isVisible()
    assert head(tab).next.text() == "Assign"
    assert "电机异响" in head(tab).asked.text()
    assert "first reply" in head(tab).countdown.accessibleName()
    assert take(program, tab) == "assign"
    assert (now(program, request_).owner, bool(now(program, request_).acknowledged_at)) == (me, True)
    assert take(program, tab) == "begin"
    assert take(program, tab, solution="换了轴承", minutes="90") == "solve"
    solved = now(program, request_)
    assert (solved.state, solved.minutes, bool(solved.replied_at)) == ("solved", 90, True)
    assert "follow up" in head(tab).countdown.accessibleName()
    assert head(tab).next.text() == "Close with the customer's verdict"
    assert take(program, tab, satisfaction="5", feedback="很快，很好") == "close"
    closed = now(program, request_)
    assert (closed.state, closed.satisfaction, closed.reopened) == ("closed", "5", 0)
    assert [step.how for step in head(tab).bar.steps] == ["done"] * 5
    assert head(tab).countdown.isHidden()
    assert not head(tab).work.helps.isVisible()


def test_a_text_to_the_customer_is_copied_and_written_down_by_one_click(program, tab, request_):
    head(tab).write.click()
    program.idle()
    dialog = opened(LetterDialog)
    assert dialog.kind.currentText() == "Request received"
    written = dialog.text.toPlainText()
    record = now(program, request_)
    assert "电机异响" in written
    assert record.code in written
    assert not dialog.print_button.isVisible()
    dialog.copy_button.click()
    program.idle()
    assert QApplication.clipboard().text() == written
    told = now(program, request_)
    assert (told.state, bool(told.replied_at)) == ("new", True)
    logged = program.ask(
        lambda: file.ask("SELECT content, direction, purpose FROM interaction ORDER BY id DESC LIMIT 1")
    )
    assert logged == [(written, "out", "support")]
    program.command("undo")
    assert now(program, request_).replied_at is None
    take(program, tab, "answer", solution="先紧固地脚螺栓")
    head(tab).write.click()
    program.idle()
    dialog = opened(LetterDialog)
    assert dialog.kind.currentText() == "Solved: is all well?"
    assert "先紧固地脚螺栓" in dialog.text.toPlainText()
    dialog.copy_button.click()
    program.idle()
    assert now(program, request_).state == "solved"


def test_who_answers_at_once_leaves_out_the_steps_between(program, tab, request_):
    take(program, tab, "answer", solution="先紧固地脚螺栓")
    assert now(program, request_).state == "solved"
    assert [(step.how, step.note) for step in head(tab).bar.steps][1:3] == [("later", "not needed")] * 2


def test_each_step_is_taken_back_with_ctrl_z(program, tab, request_):
    take(program, tab)
    take(program, tab)
    assert now(program, request_).state == "working"
    program.command("undo")
    assert now(program, request_).state == "assigned"
    assert head(tab).next.text() == "Begin work"
    program.command("undo")
    assert now(program, request_).state == "new"
    program.command("redo")
    assert now(program, request_).state == "assigned"


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(program, tab, request_, monkeypatch):
    take(program, tab)
    take(program, tab)
    head(tab).next.click()
    program.idle()
    dialog = opened(MoveDialog)
    fill(dialog.form, parts="轴承 6308")
    dialog.button.click()
    program.idle()
    assert dialog.isVisible()
    assert dialog.form.editor("solution")._problem.text() == "Solution is needed."
    assert dialog.form.editor("parts").raw() == "轴承 6308"
    asked = []
    monkeypatch.setattr(dialog, "ask_to_discard", lambda: asked.append(True) and False)
    dialog.reject()
    assert (asked, dialog.isVisible()) == ([True], True)
    assert now(program, request_).state == "working"
    dialog.done(0)


def test_waiting_for_the_customer_stops_the_clock_until_it_goes_on(program, tab, request_):
    take(program, tab)
    solve_by = now(program, request_).solve_by
    head(tab)._take(next(step for step in head(tab)._moves if step.key == "wait"))
    program.idle()
    dialog = opened(MoveDialog)
    dialog.button.click()
    program.idle()
    assert dialog.isVisible(), "a reason is needed"
    fill(dialog.reason, why="等客户寄回样品")
    dialog.reason.editor("until").set_value((date.today() + timedelta(days=9)).isoformat())
    dialog.button.click()
    program.idle()
    waiting = now(program, request_)
    assert (waiting.state, waiting.solve_by) == ("waiting", None)
    assert solve_by
    assert "waiting for the customer until" in head(tab).countdown.accessibleName()
    assert [step.how for step in head(tab).bar.steps][1] == "stopped"
    head(tab).work.steps.title.setChecked(True)
    assert any("等客户寄回样品" in label.text() for label in head(tab).work.course.findChildren(type(head(tab).asked)))
    assert head(tab).next.text() == "Go on"
    take(program, tab)
    assert now(program, request_).state == "assigned"


def test_who_clicks_twice_takes_one_step(program, tab, request_):
    take(program, tab, "wait", why="等样品")
    head(tab).next.click()
    head(tab).next.click()
    program.idle()
    assert now(program, request_).state == "new"
    assert "A colleague has gone on" not in program.bar
    assert head(tab).next.isEnabled()


def test_not_content_opens_again_and_is_counted(program, tab, request_):
    take(program, tab, "answer", solution="修了")
    take(program, tab, "reopen", why="还是响", satisfaction="2")
    again = now(program, request_)
    assert (again.state, again.reopened) == ("reopened", 1)
    assert head(tab).reopened.text() == "opened again 1 time"
    assert head(tab).next.text() == "Begin work"


def test_a_cancelled_request_says_why_and_can_be_opened_again(program, tab, request_):
    take(program, tab, "cancel", why="客户自己修好了")
    assert now(program, request_).state == "cancelled"
    assert now(program, request_).closed_at
    assert head(tab).countdown.isHidden()
    assert take(program, tab, why="又坏了") == "reopen"
    assert now(program, request_).closed_at is None


def test_steps_of_the_checklist_are_ticked_with_who_and_when(program, tab, request_):
    checks = head(tab).work.checks
    assert [tick.text() for tick in checks.ticks] == ["问清保修", "约好时间", "一起试机"]
    checks.ticks[1].click()
    program.idle()
    assert head(tab).work.checklist.title.text() == "Checklist: 1 of 3"
    [_, done, _] = now(program, request_).checks
    assert (done["by"], bool(done["done"])) == (desk.user().id, True)
    assert checks.ticks[1].isChecked()
    checks.ticks[1].click()
    program.idle()
    assert [one.get("done") for one in now(program, request_).checks] == [None] * 3
    program.command("undo")
    assert checks.ticks[1].isChecked()


def test_the_tab_key_goes_through_checklist_and_solutions_in_reading_order(program, tab, request_):
    program.ask(lambda: save(ServiceNote, name="轴承异响", text="换 6308") and True)
    program.idle()
    work = head(tab).work
    expected = [*work.checks.ticks, work.helps.title, work.solutions.line]
    work.checks.ticks[0].setFocus()
    reached = [work.focusWidget()]
    while len(reached) < len(expected):
        program.qtbot.keyClick(program.window.focusWidget(), Qt.Key.Key_Tab)
        reached.append(program.window.focusWidget())
    assert reached == expected


def test_who_solves_it_is_told_what_of_the_checklist_is_not_done(program, tab, request_):
    for number in (0, 2):
        head(tab).work.checks.ticks[number].click()
        program.idle()
    head(tab)._take(next(step for step in head(tab)._moves if step.key == "answer"))
    program.idle()
    dialog = opened(MoveDialog)
    assert dialog.warning.text() == "1 step of the checklist is not ticked off."
    dialog.done(0)
    head(tab).work.checks.ticks[1].click()
    program.idle()
    head(tab)._take(next(step for step in head(tab)._moves if step.key == "answer"))
    program.idle()
    dialog = opened(MoveDialog)
    assert dialog.warning.text() == ""
    dialog.done(0)


def test_a_known_solution_is_found_by_pinyin_and_put_in_by_one_click(program, tab, request_):
    program.ask(lambda: cleared(ServiceNote) or True)
    note = program.ask(lambda: save(ServiceNote, name="轴承异响", type=REPAIR, text="换 6308，加润滑脂"))
    program.ask(lambda: save(ServiceNote, name="发票重开", type="billing", text="红冲后重开"))
    program.idle()
    helps = head(tab).work.solutions
    assert [hit.name for hit in helps.hits] == ["轴承异响", "发票重开"], "those of the type come first"
    program.qtbot.keyClicks(helps.line, "zcyx")
    program.qtbot.waitUntil(lambda: [hit.name for hit in helps.hits] == ["轴承异响"])
    program.idle()
    helps.take(note.id)
    program.idle()
    taken = now(program, request_)
    assert (taken.solution, taken.solution_note) == ("换 6308，加润滑脂", note.id)
    assert program.ask(lambda: ServiceNote.get_row(note.id).used) == 1
    program.command("undo")
    assert now(program, request_).solution == ""


def test_the_solution_of_a_solved_request_is_kept_for_others(program, tab, request_):
    assert not head(tab).keep_button.isVisible()
    take(program, tab, "answer", solution="换了轴承")
    head(tab).keep_button.click()
    head(tab).notice.answer.setText("电机异响：换轴承")
    program.ask(lambda: save(ServiceRequest.get_row(request_), remarks="同事补充") and True)
    program.idle()
    assert head(tab).notice.answer.text() == "电机异响：换轴承", "a colleague's change takes nothing of what is typed"
    head(tab).notice.buttons[0].click()
    program.idle()
    kept = program.ask(lambda: file.ask("SELECT name, type, text FROM service_note"))
    assert ("电机异响：换轴承", REPAIR, "换了轴承") in kept
    assert not head(tab).keep_button.isVisible()
    assert not head(tab).notice.isVisible()
    assert program.bar == "Kept as “电机异响：换轴承”."


def test_reusable_solutions_are_managed_in_their_window(program, tab, request_):
    tab.show_notes()
    program.idle()
    dialog = opened(NotesDialog)
    before = dialog.list.list_model.rowCount()
    dialog.new()
    fill(dialog.panel.form, name="E07 报警", text="检查编码器")
    dialog.panel.save()
    program.idle()
    assert dialog.list.list_model.rowCount() == before + 1
    program.ask(lambda: save(ServiceNote, name="发票重开", text="红冲"))
    dialog.line.setText("baojing")
    program.qtbot.wait(100)
    program.qtbot.waitUntil(lambda: dialog.list.list_model.rowCount() == 1)
    program.idle()
    dialog.list.selectRow(0)
    program.idle()
    note = dialog.panel.record.id
    dialog.panel.edit("text")
    fill(dialog.panel.form, text="检查编码器插头")
    dialog.panel.save()
    program.idle()
    assert program.ask(lambda: ServiceNote.get_row(note).text) == "检查编码器插头"
    dialog.list.selectRow(0)
    program.idle()
    dialog.delete_button.click()
    assert dialog.panel.notice.text().startswith("Delete this solution?")
    dialog.panel.notice.buttons[0].click()
    program.idle()
    assert program.ask(lambda: ServiceNote.get_row(note)) is None
    dialog.message_bar.action.click()
    program.idle()
    assert program.ask(lambda: ServiceNote.get_row(note)) is not None
    dialog.reject()


def test_the_requests_that_used_a_solution_are_listed(program, tab, request_):
    note = program.ask(lambda: save(ServiceNote, name="轴承异响", text="换 6308"))
    program.ask(lambda: save(ServiceRequest.get_row(request_), solution_note=note.id) and True)
    tab.show_notes()
    program.idle()
    dialog = opened(NotesDialog)
    assert not dialog.requests_button.isEnabled()
    dialog.list.choose(note.id)
    program.idle()
    dialog.requests_button.click()
    program.idle()
    assert list(tab.list.list_model.ids) == [request_]
    assert tab.banner_text.text() == "Service requests with the solution “轴承异响”"
    tab.show_all()
    program.idle()
    assert len(tab.list.list_model.ids) > 1


def test_what_is_typed_for_a_solution_is_not_lost_when_its_window_closes(program, tab):
    tab.show_notes()
    program.idle()
    dialog = opened(NotesDialog)
    dialog.new()
    fill(dialog.panel.form, name="半句")
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.panel.notice.text() == "What you typed is not saved yet."
    [keep] = [b for b in dialog.panel.notice.buttons if b.text() == "Keep as draft"]
    keep.click()
    program.idle()
    tab.show_notes()
    program.idle()
    again = opened(NotesDialog)
    again.new()
    program.idle()
    again.panel.notice.buttons[0].click()
    program.idle()
    assert again.panel.form.editor("name").raw() == "半句"
    again.panel.typing.discard()
    again.reject()


def test_a_request_becomes_a_complaint_that_knows_it_and_both_are_taken_back(program, tab, request_):
    take(program, tab, "convert", why="两次没修好，客户很生气")
    complaints = program.tab("complaints")
    complaint = complaints.panel.record
    assert "电机异响" in complaint.description
    assert "两次没修好" in complaint.description
    code = now(program, request_).code
    assert head(complaints).request.text() == code
    head(complaints).request.click()
    program.idle()
    assert tab.panel.record.id == request_
    assert now(program, request_).state == "complaint"
    assert not head(tab).next.isVisible()
    head(tab).complaint.click()
    program.idle()
    assert complaints.panel.record.id == complaint.id
    program.command("undo")
    assert now(program, request_).state == "new"
    assert program.ask(lambda: Complaint.get_row(complaint.id)) is None


def test_a_contact_becomes_a_request_by_one_click(program, tab):
    me = customer(program)
    contact = program.ask(lambda: save(Interaction, customer=me, at="2026-11-20T09:00:00", channel="phone",
                                       content="变频器报警，请派人"))  # fmt: skip
    history = program.tab("interactions")
    history.show_one(contact.id)
    program.idle()
    head(history).request.click()
    program.idle()
    record = tab.panel.record
    assert (record.customer, record.description, record.interaction) == (me, "变频器报警，请派人", contact.id)
    history.show_one(contact.id)
    program.tab("interactions")
    head(history).request.click()
    program.idle()
    assert program.bar == f"Service request {record.code} was made of this contact already."


def test_writing_down_a_contact_begins_a_request_by_the_same_click(program, tab):
    me = customer(program)
    program.window.write_contact(me)
    program.idle()
    dialog = opened(ContactLog)
    dialog.fields.content.set_raw("要求安装三台电机")
    dialog.request_button.click()
    program.idle()
    record = tab.panel.record
    assert (record.customer, record.description) == (me, "要求安装三台电机")
    assert program.ask(lambda: Interaction.get_row(record.interaction).content) == "要求安装三台电机"
    program.command("undo")
    assert now(program, record.id) is None
    assert program.ask(lambda: Interaction.get_row(record.interaction)) is None


def test_a_customers_page_has_its_requests_and_begins_new_ones(program, tab, request_):
    customers = program.tab("customers")
    me = now(program, request_).customer
    customers.show_one(me)
    program.idle()
    page = customers.page
    number = program.ask(lambda: file.one("SELECT count(*) FROM service_request WHERE customer = ?", (me,)))
    assert f"Service ({number})" in [page.tabs.tabText(n) for n in range(page.tabs.count())]
    assert request_ in page.related["service_request"].list.list_model.ids
    entries = [(entry.table, entry.id) for entry in page.timeline.model.entries]
    assert ("service_request", request_) in entries
    page.new_case("service_request")
    program.idle()
    assert tab.isVisible()
    assert tab.panel.form.values()["customer"] == me
    tab.panel.typing.discard()


def test_ctrl_k_finds_a_request_by_its_number(program, tab, request_):
    from ui.dialogs.jump import Jump

    program.tab("today")
    program.window.jump()
    jump = opened(Jump)
    jump.line.setText(now(program, request_).code)
    program.idle()
    program.qtbot.keyClick(jump.line, Qt.Key.Key_Return)
    program.idle()
    assert tab.panel.record.id == request_
    assert tab.isVisible()


def test_a_request_typed_halfway_is_kept_as_a_draft(program, tab):
    tab.begin(tab.presets())
    program.idle()
    tab.panel.form.editor("description").text.setPlainText("说到一半")
    tab.list.selectRow(0)
    tab.panel.leave()
    [keep] = [b for b in tab.panel.notice.buttons if b.text() == "Keep as draft"]
    keep.click()
    program.idle()
    tab.new()
    program.idle()
    tab.panel.notice.buttons[0].click()
    program.idle()
    assert tab.panel.form.editor("description").raw() == "说到一半"
    tab.panel.typing.discard()
    program.idle()


def test_a_colleague_who_went_on_meanwhile_is_told(program, tab, request_):
    from crm_desktop.service import moves

    head(tab).next.click()
    program.idle()
    dialog = opened(MoveDialog)

    def colleague():
        with change(None, "Step of a service request") as c:
            return moves.make(c, request_, "cancel", {}, "客户不要了")

    program.ask(colleague)
    dialog.button.click()
    program.idle()
    assert "gone on meanwhile" in dialog.message_bar.label.text()
    dialog.done(0)
    assert program.ask(lambda: ServiceRequest.get_row(request_).state) == "cancelled"


def test_a_step_waits_while_a_colleague_is_saving(program, tab, request_, request):
    if request.config.getoption("--postgres"):
        pytest.skip("a server lets several save at once")
    program.ask(lambda: file.connection().execute("PRAGMA busy_timeout=50") and True)
    head(tab).next.click()
    program.idle()
    dialog = opened(MoveDialog)
    with closing(sqlite3.connect(program.path, isolation_level=None)) as colleague:
        colleague.execute("BEGIN IMMEDIATE")
        dialog.button.click()
        program.idle()
        assert dialog.message_bar.label.text() == "Not saved yet: it is tried again by itself."
        assert dialog.isVisible()
        colleague.execute("ROLLBACK")
    waiting.line.try_now()
    program.idle()
    assert not dialog.isVisible()
    assert now(program, request_).state == "assigned"


def test_the_head_tells_appointment_warranty_and_priority(program, tab, request_):
    record = now(program, request_)
    assert head(tab).warranty.isHidden()
    told = {"agreed_at": "2031-05-04T09:30:00", "warranty_until": "2031-01-01", "priority": "urgent"}
    program.ask(lambda: save(record, **told))
    program.idle()
    assert "appointment 2031-05-04 09:30" in head(tab).facts.text()
    assert head(tab).warranty.accessibleName() == "under warranty until 2031-01-01"
    assert head(tab).priority.accessibleName() == "Urgent"
    program.ask(lambda: save(record, warranty_until="2020-01-01"))
    program.idle()
    assert head(tab).warranty.accessibleName() == "warranty ended 2020-01-01"


def test_the_form_and_the_ledger_are_shown_as_they_will_be_printed(program, tab, request_):
    head(tab).print.click()
    program.idle()
    form = opened(FormDialog)
    program.qtbot.waitUntil(lambda: form.save_button.isEnabled())
    assert form._pdf.startswith(b"%PDF")
    assert form.file_name() == f"Service form {now(program, request_).code}.pdf"
    form.reject()
    tab.print_ledger()
    program.idle()
    ledger = opened(LedgerDialog)
    program.qtbot.waitUntil(lambda: ledger.save_button.isEnabled())
    assert ledger.file_name().startswith("Service ledger")
    ledger.reject()
