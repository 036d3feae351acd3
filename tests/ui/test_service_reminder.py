"""Service requests whose deadline is near are told wherever I am; a click on Today goes to them."""

from datetime import datetime, timedelta

from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, Customer, ServiceRequest
from crm_desktop.store.change import change
from ui.parts import desk


def begin(model, **values):
    with change(desk.user(), N_("Edit")) as c:
        customer = c.save(Customer, {"name": "杭州长荣机电有限公司"})
        return c.save(model, {"customer": customer.id, "description": "电机异响", "owner": desk.user().id, **values}).id


def test_a_reminder_tells_each_deadline_of_a_request_once(program):
    soon = (datetime.now() + timedelta(minutes=10)).isoformat(timespec="seconds")
    begun = {"agreed_at": soon, "replied_at": datetime.now().isoformat(timespec="seconds")}
    request = program.ask(lambda: begin(ServiceRequest, **begun))
    program.window.message_bar.say("")
    program.window.reminder.look()
    program.idle()
    assert program.bar.startswith("1 service request is due")
    asked = []
    program.window.reminder.asked.connect(asked.append)
    program.window.message_bar.action.click()
    assert [(item.table, item.id) for item in asked] == [("service_request", request)]
    program.window.message_bar.say("")
    program.window.reminder.look()
    program.idle()
    assert program.bar == ""


def test_complaints_and_requests_are_told_together(program):
    soon = (datetime.now() + timedelta(minutes=10)).isoformat(timespec="seconds")
    now = datetime.now().isoformat(timespec="seconds")
    program.ask(lambda: begin(ServiceRequest, agreed_at=soon, replied_at=now))
    program.ask(lambda: begin(Complaint, agreed_by=soon, acknowledged_at=now, replied_at=now))
    program.window.message_bar.say("")
    program.window.reminder.look()
    program.idle()
    assert program.bar.startswith("2 cases are due")
