"""Shared folders seen through drives that misbehave: `share` is the folder, `mount()` one more view of it."""

import pytest

from tests.sharing import drive


@pytest.fixture(autouse=True, scope="session")
def fuse():
    """Skip what cannot be tried here, and say why."""
    if why := drive.missing():
        pytest.skip(f"no drive that misbehaves on command: {why}")


@pytest.fixture
def share(tmp_path):
    """The folder as the server has it."""
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


@pytest.fixture
def mount(share):
    """Mount the shared folder as one more computer; all is unmounted at the end."""
    mounted = []

    def one_more(**behaviour):
        mounted.append(drive.Drive(share))
        if behaviour:
            mounted[-1].behave(**behaviour)
        return mounted[-1]

    yield one_more
    for one in mounted:
        one.unmount()
