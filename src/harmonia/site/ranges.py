"""A part of a file, as players ask for it (RFC 9110, section 14): without it iPhones play no recording."""

import re
from collections.abc import Mapping

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def ranged(request: HttpRequest, file: File[bytes], headers: Mapping[str, str]) -> HttpResponseBase:
    """Answer with a file, or with the one range that was asked for; several ranges get the whole."""
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    whole = FileResponse(file, headers={**headers, "Accept-Ranges": "bytes"})
    if asked is None or not any(asked.groups()):
        return whole
    start, end = _bounds(asked[1], asked[2], file.size)
    if start > end:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    file.seek(start)
    part = HttpResponse(file.read(end - start + 1), status=206, content_type=whole["Content-Type"])
    file.close()
    for name, value in headers.items():
        part[name] = value
    part["Accept-Ranges"], part["Content-Range"] = "bytes", f"bytes {start}-{end}/{file.size}"
    return part


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:  # the last so many bytes
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
