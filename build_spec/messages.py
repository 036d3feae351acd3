"""The Chinese catalogue: texts are collected from the sources, translated in the .po file, compiled into the .mo.

    python build_spec/messages.py update      bring the .po up to date with the sources, and compile it
    python build_spec/messages.py missing     what has no translation yet, as JSON to fill in
    python build_spec/messages.py fill FILE   put {"text": "翻译"} from a JSON file into the .po, and compile it
    python build_spec/messages.py compile     the .mo from the .po
    python build_spec/messages.py --check     say what is untranslated, stale or wrong; exit status 1 if anything is

The .po has no dates, places or line numbers: it changes only when a text does.
"""

import argparse
import io
import json
import string
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent.parent
PO = HERE / "resources" / "locale" / "zh_CN" / "LC_MESSAGES" / "crm.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
HEADER = [
    ("Project-Id-Version", "CRM Desktop"),
    ("Language", "zh_CN"),
    ("Plural-Forms", "nplurals=1; plural=0;"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
]


class Catalogue(Catalog):
    """A catalogue whose header is always the same."""

    mime_headers = property(lambda _self: HEADER)


def empty() -> Catalogue:
    """A catalogue without texts."""
    return Catalogue(locale="zh_CN", header_comment="# Simplified Chinese translation of CRM Desktop.", fuzzy=False)


def sources() -> Catalogue:
    """Every text of the program as the sources have it now, untranslated."""
    found = empty()
    for package in ("crm_desktop", "ui"):
        texts = extract_from_dir(HERE / package, [("**.py", "python")], keywords=KEYWORDS, comment_tags=())
        for _file, _line, text, _comments, _context in texts:
            found.add(text)
    return found


def translated() -> Catalog:
    """What the .po file says."""
    if not PO.exists():
        return empty()
    return read_po(io.BytesIO(PO.read_bytes()), locale="zh_CN")


def key(message: Message) -> str:
    """What a text is filed under: itself, or its singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


def target(message: Message | None) -> str:
    """The Chinese text, or "" when there is none; Chinese has one form for all numbers."""
    if message is None or message.fuzzy:
        return ""
    return message.string if isinstance(message.string, str) else (message.string or ("",))[0]


def texts(catalogue: Catalog) -> dict[str, Message]:
    """The messages without the header."""
    return {key(message): message for message in catalogue if message.id}


def merged() -> Catalogue:
    """The texts of the sources with the translations of the .po; what the sources no longer say is gone."""
    known = texts(translated())
    result = empty()
    for text, message in texts(sources()).items():
        put(result, message, target(known.get(text)))
    return result


def put(catalogue: Catalog, message: Message, chinese: str) -> None:
    """Add a message with this translation."""
    catalogue.add(message.id, chinese if isinstance(message.id, str) else (chinese,))


def compiled(catalogue: Catalog) -> bytes:
    """The .mo: the same bytes for the same texts."""
    buffer = io.BytesIO()
    done = empty()
    for message in texts(catalogue).values():
        if chinese := target(message):
            put(done, message, chinese)
    write_mo(buffer, done)
    return buffer.getvalue()


def save(catalogue: Catalog) -> None:
    """Write the .po and the .mo."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(buffer.getvalue())
    PO.with_suffix(".mo").write_bytes(compiled(catalogue))


def holes(text: str) -> set[str]:
    """The named holes of a text; raises ValueError for a lone brace."""
    return {name for _literal, name, _format, _conversion in string.Formatter().parse(text) if name is not None}


def missing() -> list[str]:
    """Texts without a Chinese translation."""
    return sorted(text for text, message in texts(merged()).items() if not target(message))


def obsolete() -> list[str]:
    """Texts of the .po that the sources no longer have (or have with another plural)."""
    now = {text: message.id for text, message in texts(sources()).items()}
    return sorted(text for text, message in texts(translated()).items() if now.get(text) != message.id)


def different_holes() -> list[str]:
    """Texts whose translation has other holes than the English text: it would fail or lose a value when shown."""
    wrong = []
    for text, message in texts(translated()).items():
        # "one customer" may leave the number out; its plural never does
        english = message.id if isinstance(message.id, str) else message.id[1]
        chinese = target(message)
        try:
            same = not chinese or holes(chinese) == holes(english)
        except ValueError:
            same = False
        if not same:
            wrong.append(text)
    return sorted(wrong)


def mo_is_stale() -> bool:
    """Whether the .mo is not what the .po compiles to."""
    mo = PO.with_suffix(".mo")
    return not mo.exists() or mo.read_bytes() != compiled(translated())


def problems() -> list[str]:
    """Everything that keeps the catalogue from being whole, one sentence each."""
    found = [f"not translated: {text!r}" for text in missing()]
    found += [f"no longer in the sources (update removes it): {text!r}" for text in obsolete()]
    found += [f"other {{holes}} than in English: {text!r}" for text in different_holes()]
    if mo_is_stale():
        found.append("crm.mo is not made from crm.po (compile makes it)")
    return found


def fill(path: Path) -> list[str]:
    """Put translations from a JSON file into the catalogue; returns the texts the sources do not have."""
    catalogue = merged()
    known = texts(catalogue)
    unknown = []
    for text, chinese in json.loads(path.read_text(encoding="utf-8")).items():
        form = chinese[-1] if isinstance(chinese, list) else chinese
        if text not in known:
            unknown.append(text)
        elif form:
            # not through add(): that keeps an older translation
            known[text].string = form if isinstance(known[text].id, str) else (form,)
    save(catalogue)
    return unknown


def main(arguments: list[str]) -> int:
    """The command line; see the top of this file."""
    parser = argparse.ArgumentParser(description="The Chinese catalogue.")
    parser.add_argument("command", nargs="?", choices=["update", "compile", "missing", "fill"])
    parser.add_argument("file", nargs="?", type=Path, help="for fill")
    parser.add_argument("--check", action="store_true", help="name every fault; exit status 1 if there is one")
    given = parser.parse_args(arguments)
    if (not given.command and not given.check) or (given.command == "fill") != (given.file is not None):
        parser.error("say update, compile, missing, fill FILE or --check")
    status = 0
    if given.command == "update":
        save(merged())
    elif given.command == "compile":
        PO.with_suffix(".mo").write_bytes(compiled(translated()))
    elif given.command == "missing":
        print(json.dumps(dict.fromkeys(missing(), ""), ensure_ascii=False, indent=1))
    elif given.command == "fill":
        for text in fill(given.file):
            print(f"not in the sources: {text!r}", file=sys.stderr)
            status = 1
    if given.check:
        found = problems()
        print("\n".join(found) or f"{len(texts(translated()))} texts, all translated")
        status = 1 if found else status
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
