"""Following one deposit through a million movements, beside the plainest peer: a dict of dicts in Python."""

import time

import numpy as np

from harmonia.science.matter import Books, trace

MOVEMENTS, HOLDERS, PEER_MOVEMENTS = 1_000_000, 2_000, 100_000


def history(movements: int = MOVEMENTS, seed: int = 1) -> Books:
    """Return books in which every third movement is a deposit from holder 0; the rest move half a stock or less."""
    draw = np.random.default_rng(seed)
    stock = np.zeros(HOLDERS, dtype=np.int64)
    source, target = draw.integers(1, HOLDERS, (2, movements)).tolist()
    share = draw.random(movements).tolist()
    holder, grams = [], []
    for step in range(movements):
        place = 0 if step % 3 == 0 else source[step]
        amount = 5_000 if place == 0 else int(stock[place] * share[step] / 2)
        holder += [place, target[step]]
        grams += [-amount, amount]
        stock[place] -= amount
        stock[target[step]] += amount
    boundary = np.zeros(HOLDERS, dtype=np.bool_)
    boundary[0] = True
    first = np.arange(0, 2 * movements + 1, 2, dtype=np.int64)
    return Books(first, np.array(holder, dtype=np.int64), np.array(grams, dtype=np.int64), boundary)


def peer(books: Books, deposit: int, movements: int) -> dict[int, float]:
    """Carry one deposit forward with dicts."""
    stock: dict[int, float] = {}
    mark: dict[int, float] = {}
    for step in range(movements):
        (source, target) = books.holder[2 * step : 2 * step + 2].tolist()
        amount = int(books.grams[2 * step + 1])
        moved = float(amount) if step == deposit else 0.0
        if source and amount:
            part = mark.get(source, 0.0) * amount / stock[source]
            mark[source] = mark.get(source, 0.0) - part
            stock[source] -= amount
            moved += part
        stock[target] = stock.get(target, 0.0) + amount
        mark[target] = mark.get(target, 0.0) + moved
    return mark


def main() -> None:
    """Print each time and how it compares with the peer, per movement."""
    books = history()
    trace(history(20_000)).where_did_it_go(0)  # compile once, outside the clock
    start = time.perf_counter()
    peer(books, 0, PEER_MOVEMENTS)
    slow = (time.perf_counter() - start) / PEER_MOVEMENTS
    start = time.perf_counter()
    tracing = trace(books)
    parts = tracing.where_did_it_go(0)
    forward = time.perf_counter() - start
    start = time.perf_counter()
    fed = tracing.who_fed(next(iter(parts)))
    backward = time.perf_counter() - start
    print(f"{MOVEMENTS} movements, {HOLDERS} holders")
    print(
        f"prepare and follow one deposit   {forward:7.3f} s   {slow * MOVEMENTS / forward:.0f} x the peer's speed"
    )
    print(f"name all deposits in one holder  {backward:7.3f} s   {len(fed)} deposits")


if __name__ == "__main__":
    main()
