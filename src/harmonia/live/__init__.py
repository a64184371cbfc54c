"""Crowds: feeds and rooms over plain ASGI, in one process or several; knows neither Django nor the database.

`Hub` serves `/live/<topic>` (server-sent events) and `/live/rooms/<room>` (WebSocket). `Source` is all it asks of the
site, `Bus` all that several processes need from each other, `tokens` who may come in.
"""

from harmonia.live.bus import Bus
from harmonia.live.hub import Hub
from harmonia.live.redis_bus import RedisBus
from harmonia.live.source import Answer, Fact, Present, Said, Source
from harmonia.live.tokens import Gate, Pass, sign

__all__ = ["Answer", "Bus", "Fact", "Gate", "Hub", "Pass", "Present", "RedisBus", "Said", "Source", "sign"]
