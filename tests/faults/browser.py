"""A browser without a screen: cookies, tokens and forms over plain HTTP, against a real `bihuan serve`."""

from __future__ import annotations

import re
import secrets
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

File = tuple[str, bytes]


@dataclass(frozen=True)
class Answer:
    """What came back: status, where it leads, the page."""

    status: int
    location: str
    body: str


@dataclass
class Hand:
    """One person's browser."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def walk_in(self, login: str) -> Hand:
        """Sit down as one of the cast (the server runs as a demo, so that its clock stands at the cast's day)."""
        self.get("/demo/")
        answer = self.post("/demo/", {"login": login})
        assert answer.status == 302, answer.body
        return self

    def get(self, path: str) -> Answer:
        answer = self._ask("GET", path, b"", {})
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.body)
        self.token = found[1] if found else self.token
        return answer

    def post(self, path: str, data: Mapping[str, str | list[str]], file: File | None = None) -> Answer:
        body, kind = encoded({"csrfmiddlewaretoken": self.token, **data}, file)
        return self._ask("POST", path, body, {"Content-Type": kind})

    def form(self, path: str) -> dict[str, str]:
        """The hidden values of the page's main form: its key, and the version it shows."""
        page = self.get(path).body
        assert "form_key" in page, path
        return {
            name: unescape(value)
            for name, value in re.findall(r'<input type="hidden" name="(form_key|version)" value="([^"]*)"', page)
        }

    def half_an_upload(self, path: str, data: Mapping[str, str], file: File) -> socket.socket:
        """Send the head and half the body; the connection stays open, waiting."""
        body, kind = encoded({"csrfmiddlewaretoken": self.token, **data}, file)
        there = urlsplit(self.url)
        line = socket.create_connection((there.hostname or "", there.port or 0), timeout=30)
        head = {
            "Host": there.netloc, "Cookie": self._cookie(), "Content-Type": kind, "Content-Length": str(len(body)),
        }  # fmt: skip
        said = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        line.sendall(f"POST {path} HTTP/1.1\r\n{said}\r\n".encode() + body[: len(body) // 2])
        return line

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        there = urlsplit(self.url)
        line = HTTPConnection(there.hostname or "", there.port, timeout=60)
        try:
            line.request(method, path, body, {**headers, "Cookie": self._cookie()})
            answer = line.getresponse()
            self._keep(answer.headers.get_all("Set-Cookie") or [])
            page = answer.read().decode("utf-8", "replace")
            return Answer(answer.status, answer.headers.get("Location", ""), page)
        finally:
            line.close()

    def _keep(self, said: Iterable[str]) -> None:
        for cookie in said:
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value


def encoded(data: Mapping[str, str | list[str]], file: File | None) -> tuple[bytes, str]:
    """A form as a browser sends it, and its content type."""
    if file is None:
        return urlencode(data, doseq=True).encode(), "application/x-www-form-urlencoded"
    edge = secrets.token_hex(16)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in data.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n'
    parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + file[1] + b"\r\n")
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"
