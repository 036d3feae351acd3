"""Several computers work in one customer file while their drives fail; afterwards it is counted what became of it."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from crm_desktop.i18n import N_
from crm_desktop.models import Customer
from crm_desktop.models import office as offices
from crm_desktop.store import checking, file
from crm_desktop.store.change import change

WRITER = Path(__file__).with_name("writers.py")
FAULTS = {"write_error": 0.001, "write_half": 0.0005, "lost_answer": 0.0015}


class Computer:
    """A drive and the process that works through it."""

    def __init__(self, drive, folder, name, until):
        self.drive, self.folder, self.name, self.until = drive, folder, name, until
        self.runs, self.process = 0, None
        self.start()

    def start(self):
        self.runs += 1
        out = (self.folder / f"{self.name}-{self.runs}.said").open("w")
        trouble = (self.folder / f"{self.name}-{self.runs}.broke").open("w")
        with out, trouble:
            self.process = subprocess.Popen(
                [sys.executable, WRITER, self.drive.path / "office.crm", f"{self.name}{self.runs}",
                 str(self.runs * 100 + ord(self.name)), str(self.until)],
                stdout=out, stderr=trouble,
            )  # fmt: skip

    def kill(self):
        """The computer dies at any moment."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.drive.lose("error", locks="dropped")  # a process that waits for the drive dies when it is told
        self.process.wait(20)
        self.drive.come_back()

    def said(self):
        """Everything its processes said, and what they died of if it was not our doing."""
        lines, broke = [], []
        for number in range(1, self.runs + 1):
            for line in (self.folder / f"{self.name}-{number}.said").read_text().splitlines():
                with suppress(json.JSONDecodeError):  # killed in the middle of a line
                    lines.append(json.loads(line))
            broke += filter(None, [(self.folder / f"{self.name}-{number}.broke").read_text().strip()[-1500:]])
        return lines, broke


class Storm:
    """Bad weather for some seconds."""

    def __init__(self, share, mount, folder, computers=3, seed=1):
        self.share, self.mount, self.folder, self.seed = share, mount, folder, seed
        self.rng, self.names = random.Random(seed), "ABCDEFGH"[:computers]
        self.found = Counter()
        self.wrong = []
        self.prepare()

    def prepare(self):
        file.create(self.share / "office.crm")
        offices.found_office("华东商贸")
        with change(None, N_("New customer")) as c:
            c.insert_many(
                Customer,
                [{"code": f"COUNT{n}", "name": f"计数{n}", "remarks": "0"} for n in range(4)]
                + [{"name": f"客户{n}", "remarks": "-"} for n in range(20)],
            )
        file.close()

    def blow(self, seconds, faults=FAULTS, delay=0.0003):
        """Let all work for so many seconds, then count."""
        until = time.time() + seconds
        drives = [self.mount(delay=delay, seed=self.seed * 10 + n, **faults) for n in range(len(self.names))]
        computers = [Computer(d, self.folder, n, until) for d, n in zip(drives, self.names, strict=True)]
        try:
            while time.time() < until - 3:
                time.sleep(self.rng.uniform(0.3, 1.5))
                self.gust(self.rng.choice(computers))
            for one in computers:
                one.drive.behave(write_error=0, write_half=0, lost_answer=0, stale=0)
                one.process.wait(until - time.time() + 30)
        finally:
            for one in computers:
                one.kill()
        for one in computers:
            self.found.update({f"faults: {what}": n for what, n in one.drive.faults().items()})
            self.found["operations"] += one.drive.trips()
        self.judge(computers)

    def gust(self, computer):
        """Something happens to one of them."""
        what = self.rng.choices(("lost", "killed", "stale"), (6, 2, 1))[0]
        if what == "killed":
            computer.kill()
            self.found["faults: computer killed"] += 1
            computer.start()
        elif what == "stale":
            computer.drive.behave(stale=0.3)
            time.sleep(0.5)
            computer.drive.behave(stale=0)
        else:
            computer.drive.lose(self.rng.choice(("error", "hang")), self.rng.choice(("kept", "dropped")))
            time.sleep(self.rng.uniform(0.05, 0.8))
            computer.drive.come_back(handles="dead", locks="dropped")

    def judge(self, computers):
        """Compare what was acknowledged with what is there."""
        said = []
        for one in computers:
            lines, broke = one.said()
            said += lines
            self.wrong += broke
        about = {each["about"]: each for each in said if "about" in each}
        saved = [each["saved"] for each in said if "saved" in each]
        refused = {each["refused"] for each in said if "refused" in each}
        unknown = {each["unknown"] for each in said if "unknown" in each}
        file.open_file(self.share / "office.crm")
        try:
            self.wrong += checking.problems()
            there = {i for (i,) in file.ask('SELECT id FROM "change"')}
            self.count(about, saved, refused | unknown, there)
            self.wrong += [f"saved, and not in the log: {about[i]}" for i in saved if i not in there]
            self.found["lost"] += sum(i not in there for i in saved)
            self.found["saved after several tries"] = sum(each.get("again", 0) > 0 for each in said)
            self.found["fate unknown when patience ended"] = len(unknown)
            self.found["refused but there"] = len(refused & there)
            for i, each in about.items():
                self.compare(i, each, i in there)
            self.chains(about, there)
        finally:
            file.close()
        troubles = Counter(each["trouble"] for each in said if "trouble" in each)
        self.found.update({f"told: {what}": n for what, n in troubles.items()})

    def count(self, about, saved, refused, there):
        self.found["commits"] = len(saved)
        self.found["acknowledged twice"] = len(saved) - len(set(saved))
        self.found["refused"] = len(refused)
        self.found["unsaid (killed)"] = len(about.keys() - set(saved) - refused)

    def compare(self, change_id, each, landed):
        """What one change made is there exactly as often as it landed."""
        if "made" in each:
            times = file.one("SELECT count(*) FROM customer WHERE name = ?", (f"新客户{each['token']}",))
            due = each["made"] * landed
        elif "talked" in each:
            times = file.one("SELECT count(*) FROM interaction WHERE content = ?", (f"谈了{each['token']}",))
            due = int(landed)
        else:
            times = file.one("SELECT count(*) FROM change_entry WHERE change = ?", (change_id,))
            due = int(landed)
        if times != due:
            self.wrong.append(f"{times} instead of {due}: {each}")
        self.found["lost"] += times < due
        self.found["duplicated"] += times > due

    def chains(self, about, there):
        """Each counter stands where all who counted brought it, and the log tells the same step by step."""
        for record, stands in file.ask("SELECT id, remarks FROM customer WHERE code LIKE 'COUNT%'"):
            counted = [i for i, each in about.items() if each.get("counted") == record and i in there]
            steps = [
                [int(json.loads(text)["remarks"].split()[0]) for text in (before, after)]
                for before, after in file.ask(
                    "SELECT before, after FROM change_entry WHERE record = ? AND op = '~' ORDER BY id", (record,)
                )
            ]
            self.found["updates lost"] += len(counted) - int(stands.split()[0])
            if steps != [[n, n + 1] for n in range(len(counted))]:
                self.wrong.append(f"the log of {record} does not tell how it came to {stands}: {steps[:20]}")

    def table(self):
        """What was found, to be printed."""
        return "\n".join(f"{n:>9,}  {what}" for what, n in sorted(self.found.items()))


def seconds():
    """How long to blow: CRM_SHARING_SECONDS, or a short while."""
    return float(os.environ.get("CRM_SHARING_SECONDS", "20"))
