"""A colleague on another computer: a process of its own that changes the open office's file."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
_SCRIPT = """
import sys
from pathlib import Path
from crm_desktop.models import Contact, Customer, Interaction, office
from crm_desktop.store import file, history
from crm_desktop.store.change import change
file.open_file(Path(sys.argv[1]))
with change(None, "Elsewhere") as c:
    exec(sys.argv[2])
file.close()
"""


def elsewhere(office, what):
    """A colleague does this, in a change called c."""
    subprocess.run([sys.executable, "-c", _SCRIPT, office.path, what], check=True, cwd=ROOT)
