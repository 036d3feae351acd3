"""Texts to who asked for something: with the facts of the request, written down when they go out."""

import pytest

from crm_desktop.i18n import N_
from crm_desktop.models import Interaction, ServiceRequest
from crm_desktop.service import moves, texts
from crm_desktop.store import file, history
from crm_desktop.store.change import Gone, change

TODAY = "2026-11-23"


@pytest.fixture
def request_(li_ming, wang_fang):
    with change(wang_fang, N_("New service request")) as c:
        start = {
            "customer": li_ming.id,
            "description": "电机异响",
            "received_at": f"{TODAY}T10:00:00",
            "caller": "曾工",
        }
        return c.save(ServiceRequest, start)


def send(user, request, kind="received", written="您好"):
    with change(user, texts.KINDS[kind]) as c:
        return texts.send(c, request.id, kind, written, "wechat")


@pytest.mark.parametrize("kind", texts.KINDS)
def test_a_text_has_the_facts_of_the_request(request_, kind):
    found = texts.text(kind, request_, TODAY)
    assert "曾工" in found
    assert "电机异响" in found
    assert request_.code in found
    assert "{" not in found


def test_the_text_that_is_wanted_follows_the_course(request_):
    assert texts.likely(request_) == "received"
    request_.replied_at = f"{TODAY}T11:00:00"
    assert texts.likely(request_) == "progress"
    request_.state = "solved"
    assert texts.likely(request_) == "result"


def test_sending_is_a_contact_and_the_first_reply_in_one_change(wang_fang, request_):
    contact = send(wang_fang, request_)
    record = ServiceRequest.get_row(request_.id)
    assert (contact.customer, contact.channel, contact.content) == (request_.customer, "wechat", "您好")
    assert (record.state, record.replied_at) == ("new", contact.at)
    assert [(step.move, step.why) for step in moves.course(request_.id)] == [("reply", "Request received")]
    history.undo(wang_fang, file.one('SELECT max(id) FROM "change"'))
    assert ServiceRequest.get_row(request_.id).replied_at is None
    assert Interaction.get_row(contact.id) is None


def test_what_is_solved_stays_solved_when_a_text_goes_out(wang_fang, request_):
    with change(wang_fang, N_("Step of a service request")) as c:
        moves.make(
            c, request_.id, "answer", {"type": "technical", "solution": "紧固", "solved_at": f"{TODAY}T12:00:00"}
        )
    before = len(moves.course(request_.id))
    send(wang_fang, request_, "result")
    assert ServiceRequest.get_row(request_.id).state == "solved"
    assert len(moves.course(request_.id)) == before


def test_a_request_that_is_gone_is_told(wang_fang, request_):
    with change(wang_fang, N_("Delete service request")) as c:
        c.delete_many(ServiceRequest, [request_.id])
    with pytest.raises(Gone):
        send(wang_fang, request_)
