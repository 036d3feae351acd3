"""Several computers save in one file while drives fail and computers die: nothing acknowledged is lost or doubled.

CRM_SHARING_SECONDS=300 goes on for that long instead of 20 seconds; CRM_SHARING_SEED chooses another storm.
"""

import os

import pytest

from tests.sharing import drive
from tests.sharing.storm import Storm, seconds


@pytest.fixture(scope="module")
def storm(tmp_path_factory):
    """The storm when it is over."""
    folder = tmp_path_factory.mktemp("storm")
    share = folder / "share"
    share.mkdir()
    mounted = []

    def mount(**behaviour):
        mounted.append(drive.Drive(share))
        mounted[-1].behave(**behaviour)
        return mounted[-1]

    try:
        weather = Storm(share, mount, folder, seed=int(os.environ.get("CRM_SHARING_SEED", "1")))
        weather.blow(seconds())
    finally:
        for one in mounted:
            one.unmount()
    print(weather.table())
    return weather


def test_the_file_is_sound_and_its_log_agrees_with_the_records(storm):
    assert storm.wrong == []


def test_every_acknowledged_save_is_there_exactly_once(storm):
    assert storm.found["commits"] > 30
    assert storm.found["lost"] == storm.found["duplicated"] == storm.found["acknowledged twice"] == 0


def test_who_is_told_that_nothing_was_saved_is_told_the_truth(storm):
    assert storm.found["refused but there"] == 0


def test_nobody_is_told_that_an_honest_drive_lies(storm):
    assert storm.found["told: ReadOnly"] == 0


def test_nobody_overwrites_what_a_colleague_counted(storm):
    assert storm.found["updates lost"] == 0


def test_the_storm_was_one(storm):
    """Faults of every kind were met."""
    kinds = ("error", "half", "lost", "connection lost", "computer killed")
    assert [kind for kind in kinds if not storm.found[f"faults: {kind}"]] == []
