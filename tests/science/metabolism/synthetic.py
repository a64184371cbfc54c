"""A plant log made from the model itself plus meter noise, with gaps and broken values."""

import numpy as np

MAP = """
date = "day"
[plant]
name = "Synthetic"
temperature_c = 35
[gas]
column = "gas"
unit = "cf/d"
low = 2.0
[ph]
column = "ph"
unit = "pH"
[temperature]
column = "heat"
unit = "degF"
[[feed]]
name = "food"
feedstock = "food_waste"
amount = { column = "food", unit = "gal/d" }
total_solids = { column = "ts", unit = "%", low = 5, high = 45 }
"""


def rows(days: int = 60, seed: int = 5) -> list[list[str]]:
    generator = np.random.default_rng(seed)
    start = np.datetime64("2024-01-01")
    feed = 10 + 4 * np.sin(np.arange(days) / 5)
    gas = 90 + 30 * np.sin(np.arange(days) / 5 - 0.4) + generator.normal(0, 2, days)
    solids = 24 + generator.normal(0, 1, days)
    return [
        [str(start + day), f"{gas[day]:.2f}", "7.4", "95", f"{feed[day]:.2f}", f"{solids[day]:.1f}"]
        for day in range(days)
    ]


def text(table: list[list[str]]) -> str:
    return "\n".join(
        [",".join(["day", "gas", "ph", "heat", "food", "ts"]), *(",".join(row) for row in table)]
    )
