"""The same room in Channels with its in-memory layer, for `benchmarks.live`."""

from typing import Any

import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
)
django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402 - after the settings


class Room(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.channel_layer.group_add("room", self.channel_name)
        await self.accept(subprotocol="harmonia.room.1")

    async def receive(self, text_data: str | None = None, **_: Any) -> None:
        if text_data and '"say"' in text_data:
            await self.channel_layer.group_send("room", {"type": "news", "text": text_data})

    async def news(self, event: dict[str, Any]) -> None:
        await self.send(text_data=event["text"].replace('"say"', '"event"'))

    async def disconnect(self, _: int) -> None:
        await self.channel_layer.group_discard("room", self.channel_name)


room = Room.as_asgi()


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await room(scope, receive, send)
