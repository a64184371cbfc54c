"""A site at rest and at work: memory, first reply and pages a second, beside their limits."""

import sys
import tempfile
import time
from pathlib import Path

import httpx
from tests.serving import Site, harmonia

MEMORY_LIMIT_MB = 400
PAGES = 200


def resident_mb(pid: int) -> float:
    """Return the memory a process holds [MB]."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def workers(pid: int) -> list[int]:
    return [
        int(w)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for w in (task / "children").read_text().split()
    ]


def pages_a_second(site: Site, path: str) -> float:
    with httpx.Client(base_url=site.address) as client:
        client.get(path)
        began = time.perf_counter()
        for _ in range(PAGES):
            assert client.get(path).status_code == 200
        return PAGES / (time.perf_counter() - began)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        assert harmonia("demo", "--home", home, "--no-serve").returncode == 0
        began = time.perf_counter()
        site = Site(home)
        site.wait()
        first = time.perf_counter() - began
        bare = pages_a_second(site, "/health/")
        rates = {path: pages_a_second(site, path) for path in ("/", "/nexus/", "/bring/", "/tapestry/")}
        time.sleep(5)  # the worker has compiled and rests
        pids = [site.process.pid, *workers(site.process.pid)]
        memory = [resident_mb(pid) for pid in pids]
        site.stop()
    print(f"first reply after {first:.2f} s")
    for path, rate in rates.items():
        print(f"{path:12} {rate:7.1f} pages/s, {rate / bare:.2f} of a page that only asks the database")
    print(
        f"at rest: {' + '.join(f'{mb:.0f}' for mb in memory)} = {sum(memory):.0f} MB of {MEMORY_LIMIT_MB} MB"
    )
    if sum(memory) > MEMORY_LIMIT_MB:
        sys.exit("more memory than a small machine has to spare")


if __name__ == "__main__":
    main()
