"""One process for everything: `/live/*` goes to the hub, all other paths to Django's WSGI handler in threads."""

from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings

from harmonia.live import Hub
from harmonia.live.asgi import Receive, Scope, Send
from harmonia.site import wsgi
from harmonia.site.feeds import Journal, announce_on

hub = Hub(
    Journal(),
    key=settings.SECRET_KEY.encode(),
    hosts=settings.ALLOWED_HOSTS,
    redis_url=settings.CONFIG.redis_url,
)
_django: Any = wsgi.application  # Django types its handler by its own request and response
_pages: Any = WSGIMiddleware(_django, workers=8)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Route one connection."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/live/"):
        await hub(scope, receive, send)
    elif scope["type"] == "http":
        await _pages(scope, receive, send)
    elif scope["path"].startswith("/live/rooms/"):
        await hub(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1008})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            announce_on(hub.start())
            await send({"type": "lifespan.startup.complete"})
        else:
            await hub.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
