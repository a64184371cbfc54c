"""The bus over several processes: Redis, which may come and go."""

import asyncio
import contextlib
import json
import logging
from typing import Any

from harmonia.live.bus import Hear

CHANNEL = "harmonia:live"
FIRST_WAIT_S, LONGEST_WAIT_S = 0.2, 5.0
WAITING = 1_000
log = logging.getLogger("harmonia.live")


class RedisBus:
    """Publishes what advanced and hears what other processes publish; without a server it only hears itself.

    The journal stays the truth: while Redis is away each hub finds news by asking it.
    """

    def __init__(self, url: str, hear: Hear) -> None:
        self._url, self._hear = url, hear
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue(WAITING)
        self._tasks = [self._loop.create_task(self._speak()), self._loop.create_task(self._listen())]
        self.connected = asyncio.Event()

    def announce(self, topic: str, sequence: int) -> None:
        """Let this process's hub hear at once and the others through Redis."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell, topic, sequence)

    def _tell(self, topic: str, sequence: int) -> None:
        self._hear(topic, sequence)
        if self._waiting.full():
            self._waiting.get_nowait()
        self._waiting.put_nowait(json.dumps([topic, sequence]).encode())

    async def close(self) -> None:
        """Stop speaking and listening."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def _client(self) -> Any:
        import redis.asyncio as redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        # Nobody waits at the door for a Redis that is away.
        return redis.from_url(self._url, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0))

    async def first_use(self, nonce: str, seconds: int) -> bool:
        """Return whether no process has seen this nonce; True where Redis cannot say (the gate keeps its own)."""
        import redis.asyncio as redis

        try:
            async with self._client() as client:
                return bool(await client.set(f"{CHANNEL}:{nonce}", 1, nx=True, ex=max(seconds, 1)))
        except (redis.RedisError, OSError):
            return True

    async def _speak(self) -> None:
        import redis.asyncio as redis

        async with self._client() as client:
            while True:
                message = await self._waiting.get()
                with contextlib.suppress(redis.RedisError, OSError):
                    await client.publish(CHANNEL, message)

    async def _listen(self) -> None:
        import redis.asyncio as redis

        wait = FIRST_WAIT_S
        while True:
            try:
                async with self._client() as client, client.pubsub(ignore_subscribe_messages=True) as channel:
                    await channel.subscribe(CHANNEL)
                    self.connected.set()
                    wait = FIRST_WAIT_S
                    async for message in channel.listen():
                        self._take(message["data"])
            except (redis.RedisError, OSError) as error:
                if self.connected.is_set():
                    log.warning("Redis is away (%s); news are read from the journal until it is back", error)
                self.connected.clear()
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT_S)

    def _take(self, data: bytes) -> None:
        with contextlib.suppress(ValueError, TypeError):
            topic, sequence = json.loads(data)
            self._hear(str(topic), int(sequence))
