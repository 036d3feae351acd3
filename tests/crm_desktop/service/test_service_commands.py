"""`request`: service requests listed, written down, taken further and printed without a window."""

import pytest

pytestmark = pytest.mark.usefixtures("li_ming")


@pytest.fixture
def code(answer, li_ming):
    more = ("--type", "维修", "--priority", "High", "--product", "卧式电机", "--user", "王芳")
    made = answer("request", "new", li_ming.code, "电机异响", *more)
    assert made["state"] == "new"
    return made["request"]


def test_a_request_goes_from_the_call_to_the_verdict(answer, command, code, office):
    listed = answer("request", "list")
    assert [(row["code"], row["type"], row["priority"], row["owner"]) for row in listed] == [
        (code, "Repair", "High", "")
    ]
    assert answer("request", "step", code, "assign", "owner=王芳", "--user", "王芳")["state"] == "assigned"
    assert answer("request", "step", code, "begin", "--user", "王芳")["state"] == "working"
    told = answer("request", "show", code)
    assert told["steps"][0] == "solve"
    assert [each["state"] for each in told["course"]] == ["Registered", "Assigned", "In progress"]
    solved = answer("request", "step", code, "solve", "solution=换了轴承", "minutes=90", "--user", "王芳")
    assert solved["state"] == "solved"
    closed = answer("request", "step", code, "close", "satisfaction=很满意", "--user", "王芳")
    assert answer("request", "list") == []
    assert [row["state"] for row in answer("request", "list", "--all")] == ["Closed"]
    assert command("undo", closed["change"], "--user", "王芳")[0] == 0
    assert answer("request", "show", code)["fields"]["state"] == "Solved"


def test_a_request_becomes_a_complaint(answer, code):
    told = answer("request", "step", code, "convert", "--why", "客户要求赔偿", "--user", "王芳")
    assert told["state"] == "complaint"
    assert told["complaint"].startswith("TS-")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "FW-1999-0001"), "There is no record with the number “FW-1999-0001”."),
        (("step", "{code}", "begin"), "A colleague has gone on meanwhile"),
        (("step", "{code}", "assign", "owner=没有这个人"), "There is no colleague called “没有这个人”"),
        (("step", "{code}", "assign", "weather=fine"), "“weather” does not belong here"),
        (("step", "{code}", "assign", "owner"), "“owner” is no value"),
        (("step", "{code}", "cancel"), "Say why"),
        (("new", "{customer}", "修理", "--type", "天气"), "is not in the list"),
        (("new", "K-0", "修理"), "There is no customer with the number “K-0”."),
        (("form", "{code}", "a.doc"), "a report is written as .pdf"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(command, code, li_ming, arguments, said):
    status, out, err = command("request", *(a.format(code=code, customer=li_ming.code) for a in arguments))
    assert (status, out) == (1, "")
    assert said in err


def test_form_and_ledger_are_written_and_remembered(command, code, tmp_path):
    assert command("request", "form", code, tmp_path / "form.pdf")[0] == 0
    assert command("request", "ledger", tmp_path / "ledger.pdf", "--month", "2026-11")[0] == 0
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")
    assert command("log", "--limit", "2")[1].count("Print") == 2
    assert command("request", "list", "--search", "异响")[1].startswith(code)
    assert "No service request was found." in command("request", "list", "--search", "没有的词")[1]


def test_the_figures_of_a_month_are_told(answer, command, code):
    told = answer("request", "figures", "--month", answer("request", "show", code)["fields"]["received_at"][:7])
    assert told["received"] == {"label": "Received", "value": 1, "shown": "1"}
    assert told["reply"]["shown"] == "–"
    hers = answer("request", "figures", "--month", "2026-01", "--owner", "王芳")
    assert hers["received"]["value"] == 0


def test_words_are_said_as_well_as_json(command, code):
    out = command("request", "show", code)[1]
    assert "Possible steps: assign, answer, reply, wait, cancel, convert" in out
    assert "Problem or wish\t电机异响" in out
