"""Flat OpenDocument sheets (.fods): one XML file where an .ods packs several."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from crm_desktop.exchange import kinds

_BETWEEN: Final = re.compile(rb">\s*\n\s*<")
_MANIFEST: Final = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def packed(name: str, data: bytes) -> bytes:
    """The document as the packed one the reader knows; raises UserError for one cut short."""
    root = data.find(b"<office:document")
    attributes = data[root + len(b"<office:document") : data.find(b">", root)]
    start, end = data.find(b"<office:body"), data.rfind(b"</office:body>")
    if b"<!ENTITY" in data[:100_000] or root < 0 or not 0 <= start < end:
        raise kinds.damaged(name)
    body = _BETWEEN.sub(b"><", data[start:end])  # the line breaks between the cells are no part of a packed one
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        with archive.open("content.xml", "w") as part:
            part.write(b"<office:document-content" + attributes + b">")
            part.write(body)
            part.write(b"</office:body></office:document-content>")
    return target.getvalue()
