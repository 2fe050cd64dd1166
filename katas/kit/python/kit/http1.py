"""As much of HTTP/1.1 as a service behind a load balancer needs: RFC 9112."""

import asyncio
import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

# A head or a body that is longer is refused.
LONGEST_HEAD = 64 * 1024
LONGEST_BODY = 1024 * 1024

# Where these are said twice, another server on the way may take the other one, and see other requests
# on this connection than we do (request smuggling: RFC 9112, section 11.2).
SAID_ONCE = {"content-length", "transfer-encoding"}
# int() would take "0x1", "+1" and "1_0" as well.
CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(;.*)?\r\n")


class Refused(Exception):
    """What came is no HTTP, or more than is taken: the connection is closed after the answer."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True)
class Head:
    method: str
    path: str
    headers: dict[str, str]
    keep_alive: bool


async def receive_head(reader: asyncio.StreamReader) -> Head:
    """Raises IncompleteReadError where the client has gone."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        raise Refused(431, "the head is too long") from None
    first, *lines = head[:-4].decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise Refused(400, "that is no HTTP/1.1")
    method, target, version = words
    headers = _headers(lines)
    connection = headers.get("connection", "").lower()
    keep_alive = "close" not in connection if version == "HTTP/1.1" else "keep-alive" in connection
    return Head(method, target.split("?")[0], headers, keep_alive)


async def receive_body(
    headers: dict[str, str], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> bytes:
    if headers.get("expect", "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    coding = headers.get("transfer-encoding")
    if coding is not None:
        if "content-length" in headers:
            raise Refused(400, "content-length and transfer-encoding exclude each other")
        if coding.lower() != "chunked":
            raise Refused(501, "only the transfer coding chunked is known")
        return await _chunks(reader)
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise Refused(400, "content-length is no number")
    if int(length) > LONGEST_BODY:
        raise Refused(413, "the body is too long")
    return await reader.readexactly(int(length))


def _headers(lines: list[str]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon == "" or name != name.strip() or name == "":
            raise Refused(400, "a header line is broken")
        if name.lower() in headers and name.lower() in SAID_ONCE:
            raise Refused(400, f"{name.lower()} is there twice")
        headers[name.lower()] = value.strip()
    return headers


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while True:
        line = await reader.readuntil(b"\r\n")
        if not CHUNK_SIZE.fullmatch(line):
            raise Refused(400, "a chunk has no size")
        size = int(line.split(b";")[0], 16)
        if len(body) + size > LONGEST_BODY:
            raise Refused(413, "the body is too long")
        if size == 0:
            break
        body += (await reader.readexactly(size + 2))[:-2]
    # Trailers, if any, up to an empty line.
    while await reader.readuntil(b"\r\n") != b"\r\n":
        pass
    return body


def response(
    status: int, body: Any, keep_alive: bool, content_type: str = "application/json"
) -> bytes:
    is_json = content_type == "application/json"
    text = (json.dumps(body, separators=(",", ":")) if is_json else str(body)).encode()
    lines = [
        f"HTTP/1.1 {status} {_reason(status)}",
        f"content-type: {content_type}",
        f"content-length: {len(text)}",
        *([] if keep_alive else ["connection: close"]),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + text


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
