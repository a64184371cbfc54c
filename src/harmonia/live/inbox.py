"""Input on its way to the database: many people's sentences, one commit."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from harmonia.live.source import Answer, Said

MOST = 128
log = logging.getLogger("harmonia.live")
Accept = Callable[[Sequence[Said]], Awaitable[Sequence[Answer]]]


class Inbox:
    """Collects what was said while the last commit ran and hands it over together.

    A client waits for its answer before its next frame is read, so no more than one input a client is ever here.
    """

    def __init__(self, accept: Accept, failed: Answer) -> None:
        self._accept, self._failed = accept, failed
        self._waiting: asyncio.Queue[tuple[Said, asyncio.Future[Answer]]] = asyncio.Queue()

    async def deliver(self, said: Said) -> Answer:
        """Return what became of an input, after the commit."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((said, answered))
        return await answered

    async def work(self) -> None:
        """Hand over input for ever."""
        while True:
            batch = [await self._waiting.get()]
            while not self._waiting.empty() and len(batch) < MOST:
                batch.append(self._waiting.get_nowait())
            answers = await self._hand_over([said for said, _ in batch])
            for (_, answered), answer in zip(batch, answers, strict=True):
                if not answered.done():
                    answered.set_result(answer)

    async def _hand_over(self, said: Sequence[Said]) -> Sequence[Answer]:
        try:
            return await self._accept(said)
        except Exception:
            # Nothing of the batch is committed: every client keeps its input and sends it again.
            log.exception("%d inputs could not be kept", len(said))
            return [self._failed] * len(said)
