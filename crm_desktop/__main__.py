"""python -m crm_desktop: without a command it opens the window, with one it does that job and ends."""

from __future__ import annotations

import sys

from crm_desktop import cli


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 done, 1 could not (one sentence on stderr), 2 wrong use."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["--try-lock"] and len(given) == 2:  # a built program is its own other process
        # who asks for help waits for no database
        from crm_desktop.store import lock_proof

        return lock_proof.try_it(given[1])
    parsed = cli.parse(given)
    if parsed.command is not None:
        return cli.run(parsed)
    # the window's libraries cost a third of a second: a command never pays for them
    from ui import app

    return app.run(parsed.file, parsed.lang, parsed.user)


if __name__ == "__main__":
    sys.exit(main())
