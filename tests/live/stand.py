"""A room on a real server and a real disk, for tests over the network: `uvicorn tests.live.stand:application`.

HARMONIA_STAND is its SQLite file; REDIS_URL joins it with others on the same file. `/` is a phone's page.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence

import hatch_build

from harmonia.live import Answer, Fact, Hub, Present, Said, sign
from harmonia.live.asgi import Receive, Scope, Send

KEY = b"a key of the tests"
ROOM = "ritual-1"
TABLE = """CREATE TABLE IF NOT EXISTS fact (
    n INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, words TEXT NOT NULL)"""


class Disk:
    """One room whose every sentence is a row."""

    topics = ("nexus",)

    def __init__(self, path: str) -> None:
        self.path = path
        with self._open() as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute(TABLE)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=20, isolation_level="IMMEDIATE")

    def last(self, topics: Sequence[str]) -> Mapping[str, int]:
        with self._open() as database:
            (last,) = database.execute("SELECT COALESCE(MAX(n), 0) FROM fact").fetchone()
        return dict.fromkeys(topics, last)

    def snapshot(self, room: str) -> Present | None:
        if room != ROOM:
            return None
        facts = self.since(room, 0)
        return Present(len(facts), {"said": [fact.data["words"] for fact in facts]})

    def since(self, room: str, sequence: int) -> Sequence[Fact]:
        with self._open() as database:
            rows = database.execute("SELECT n, words FROM fact WHERE n > ? ORDER BY n", [sequence]).fetchall()
        return [Fact(n, "said", {"words": words}, "2026-11-27T10:00:00+00:00") for n, words in rows]

    def accept(self, said: Sequence[Said]) -> Sequence[Answer]:
        with self._open() as database:
            for one in said:
                words = json.dumps(one.data["words"])[1:-1]
                database.execute("INSERT OR IGNORE INTO fact (key, words) VALUES (?, ?)", [one.key, words])
            last = database.execute("SELECT MAX(n) FROM fact").fetchone()[0]
        if hub.bus is not None:
            hub.bus.announce(ROOM, last)
            hub.bus.announce("nexus", last)
        return [Answer()] * len(said)


hub = Hub(
    Disk(os.environ.get("HARMONIA_STAND", ":memory:")),
    key=KEY,
    hosts=["127.0.0.1"],
    redis_url=os.environ.get("REDIS_URL", ""),
)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve the hub, and its health as a page."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] == "lifespan.startup":
            hub.start()
            await send({"type": "lifespan.startup.complete"})
        await hub.stop()
        await send({"type": "lifespan.shutdown.complete"})
    elif scope["path"] in PAGES:
        kind, body = PAGES[scope["path"]]()
        headers = [(b"content-type", kind.encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
    else:
        await hub(scope, receive, send)


PHONE = b"""<!doctype html><html lang="en"><title>Phone</title><ol></ol><p id="standing"></p><p id="unsent"></p>
<script type="module" src="/phone.js"></script></html>"""
SCRIPT = b"""import { Room } from "/room.js";
const list = document.querySelector("ol");
const add = (words) => list.append(Object.assign(document.createElement("li"), { textContent: words }));
const show = (id, value) => { document.getElementById(id).textContent = value; };
window.room = new Room("ritual-1", "lyra", {
  state: (state) => { list.replaceChildren(); state.said.forEach(add); },
  event: (fact) => add(fact.data.words),
  standing: (standing) => show("standing", standing),
  unsent: (count) => show("unsent", count),
});"""

PAGES: dict[str, Callable[[], tuple[str, bytes]]] = {
    "/": lambda: ("text/html; charset=utf-8", PHONE),
    "/phone.js": lambda: ("text/javascript", SCRIPT),
    "/room.js": lambda: ("text/javascript", (hatch_build.ROOT / hatch_build.BUILT / "room.js").read_bytes()),
    "/refused": lambda: ("application/json", json.dumps(hub.refusals.total).encode()),
    f"/rooms/{ROOM}/token/": lambda: (
        "application/json",
        json.dumps({"token": sign(KEY, ROOM, "lyra")}).encode(),
    ),
}
