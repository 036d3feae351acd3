"""F5 shows what other programs wrote into the file meanwhile."""

import subprocess
import sys

from crm_desktop.models import people

ELSEWHERE = """
import sys
from pathlib import Path
from crm_desktop.models import office
from crm_desktop.store import file
file.open_file(Path(sys.argv[1]))
office.colleague(None, "赵新来")
"""


def test_f5_knows_the_colleague_that_another_program_wrote_down(program):
    subprocess.run([sys.executable, "-c", ELSEWHERE, program.window.info.path], check=True)
    assert people.find("赵新来") is None
    program.command("refresh")
    assert people.find("赵新来") is not None
