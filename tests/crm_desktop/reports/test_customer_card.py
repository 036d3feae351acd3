"""One customer on a page or two: all that is known stands on it, nothing that is empty."""

import re
from datetime import date, datetime, timedelta

import pytest

from crm_desktop import i18n
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, Contact, Customer, Interaction, Position
from crm_desktop.reports import card_reading, customer_card
from crm_desktop.store import file
from crm_desktop.store.change import change

TODAY = date.today()


def saved(user, what, **values):
    with change(user, N_("Edit customer")) as c:
        return c.save(what, values)


def card(customer, printed):
    return printed(customer_card, customer_card.collect(customer.id))


@pytest.fixture
def whole(li_ming, ming, wang_fang):
    """The customer with something in every part of the card."""
    saved(
        wang_fang,
        li_ming,
        tier="diamond",
        pinned="只在上午打电话",
        wechat="changrong01",
        bill_name="杭州长荣机电有限公司",
        annual_sales=12_345_600,
        since="2019-03-05",
        taboos="不喝酒",
        needs=[{"text": "电机20台", "product": "𬭎电机", "budget": 5_000_000, "expected": "2026-12-01"}],
        next_contact_at="2026-12-01T09:30:00",
        next_contact_what="带样品",
    )
    saved(wang_fang, ming, role="decides", wechat="liming88", birthday="lunar:--03-08", hobbies="钓鱼")
    saved(
        wang_fang,
        Interaction,
        customer=li_ming.id,
        contact=ming.id,
        at=f"{TODAY - timedelta(days=3)}T10:00:00",
        channel="phone",
        content="询价20台",
        direction="in",
        next_what="报价",
        next_at="2026-12-03",
    )
    saved(wang_fang, Complaint, customer=li_ming.id, received_at="2026-10-08T09:00:00", description="电机异响",
          solution="换货", owner=wang_fang.id)  # fmt: skip
    return Customer.get_row(li_ming.id)


def test_the_head_says_who_it_is(whole, printed):
    paper = card(whole, printed)
    assert paper.lines[0] == "杭州长荣机电有限公司"
    assert paper.lines[1] == f"{whole.code} · ◆ Diamond · {whole.shown('stage')} · 王芳"
    assert paper.title == customer_card.collect(whole.id).title == "杭州长荣机电有限公司"


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_everything_known_stands_on_the_card(whole, printed, lang):
    i18n.set_language(lang)
    paper = card(whole, printed)
    for text in (
        "只在上午打电话", "0571-8888 6666", "changrong01", "浙江省杭州市西湖区文三路1号", "不喝酒", "采购经理",
        "138 0000 1234", "liming88", "钓鱼", "电机20台", "𬭎电机", "¥50,000.00", "2026-12-01", "带样品", "李明 → 王芳",
        "询价20台", "报价", "电机异响", "换货", "¥123,456", "2019-03-05",
    ):  # fmt: skip
        assert re.sub(r"\s", "", text) in paper.bare, text
    assert Contact.get_row(file.one("SELECT id FROM contact")).shown("birthday") in paper.text
    assert len(paper.pages) == 1


def test_the_figures_are_those_of_the_record(whole, printed):
    paper = card(whole, printed)
    for label, value in (
        ("Contacts in the last 12 months", "1"),
        ("Last contact", str(TODAY - timedelta(days=3))),
        ("Open complaints", "1"),
        ("Completeness", f"{whole.completeness}%"),
    ):
        assert re.sub(r"\s", "", label + value) in paper.bare


def test_parts_without_anything_are_left_out_or_say_so(wang_fang, printed):
    customer = saved(wang_fang, Customer, name="无锡某某商行")
    paper = card(customer, printed)
    for what in ("No contact person is written down yet.", "No contact is written down yet.", "No complaint so far ✓"):
        assert what in paper.text
    for title in ("Billing", "Needs", "Next contact", "Preferences and taboos"):
        assert title not in paper.lines
    assert "never" in paper.lines


def test_a_contact_person_who_has_left_is_marked(li_ming, wang_fang, printed):
    place = file.one("SELECT id FROM position")
    saved(wang_fang, Position.get_row(place), left=True)
    assert "李明 (has left)" in card(li_ming, printed).text


def test_only_the_last_contacts_are_told_the_newest_first(li_ming, wang_fang, printed):
    for day in range(1, 21):
        at = f"2026-03-{day:02}T10:00:00"
        saved(wang_fang, Interaction, customer=li_ming.id, at=at, channel="phone", content="谈")
    days = re.findall(r"^2026-03-(\d\d) ", card(li_ming, printed).text, re.M)
    assert days == [f"{day:02}" for day in range(20, 20 - card_reading.CONTACTS, -1)]


def test_the_next_step_of_a_contact_is_told_when_nothing_followed_it(li_ming, wang_fang, printed):
    soon = TODAY + timedelta(days=5)
    saved(wang_fang, Interaction, customer=li_ming.id, at=f"{TODAY}T00:00:01", channel="phone", content="谈",
          next_at=str(soon), next_what="寄样品")  # fmt: skip
    paper = card(li_ming, printed)
    assert (0, "Next contact") in paper.outline
    assert f"{soon} 寄样品" in paper.text


def test_a_very_long_note_takes_as_many_pages_as_it_needs_and_loses_nothing(li_ming, wang_fang, printed):
    note = "".join(f"第{n}条：客户说过的话。" for n in range(900))
    saved(wang_fang, li_ming, remarks=note)
    paper = card(li_ming, printed)
    assert len(paper.pages) > 2
    assert paper.bare.count("条") == paper.bare.count("话") == 900
    assert paper.bare.index("第0条") < paper.bare.index("第899条")


def test_a_long_pinned_note_takes_as_many_pages_as_it_needs(li_ming, wang_fang, printed):
    saved(wang_fang, li_ming, pinned="小心" * 3000)
    paper = card(li_ming, printed)
    assert paper.bare.count("小") == paper.bare.count("心") == 3000
    assert len(paper.pages) > 2
    assert "小心" in paper.pages[0]


def test_a_deleted_customer_has_no_card(li_ming, wang_fang):
    with change(wang_fang, N_("Delete customer")) as c:
        c.delete(li_ming)
    with pytest.raises(UserError, match="no longer there"):
        customer_card.collect(li_ming.id)


def test_drawing_needs_no_customer_file(whole, tmp_path):
    data = customer_card.collect(whole.id)
    file.close()
    assert customer_card.draw(tmp_path / "card.pdf", data) == 1
    assert (tmp_path / "card.pdf").exists()


def test_a_card_is_made_in_one_go(whole, tmp_path):
    assert customer_card.make(tmp_path / "card.pdf", whole.id) == 1


def test_every_card_of_an_invented_office_fits_on_a_few_pages(demo_file, printed):
    sizes = [len(card(Customer.get_row(i), printed).pages) for (i,) in file.ask("SELECT id FROM customer LIMIT 40")]
    assert max(sizes) <= 2


def test_the_time_of_printing_is_the_office_s(whole):
    assert abs(customer_card.collect(whole.id).printed_at - datetime.now()) < timedelta(minutes=1)


def test_a_card_for_a_folder_that_is_not_there_says_so(whole, tmp_path):
    with pytest.raises(UserError, match="Choose another folder"):
        customer_card.make(tmp_path / "nowhere" / "card.pdf", whole.id)
