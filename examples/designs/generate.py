"""Write feed.csv and ambient.csv of this example anew: `python examples/designs/generate.py`; always the same bytes.

Feed: 34 neighbours bring 0.24 kg of kitchen scraps a day each, most of it at the weekend, and leaves in autumn: our
choice, as in the demonstration habitat. Warmth: monthly means of Cambridge, UK, 1991 to 2021, from the daily series that
the package aquacrop 3.1.0 carries (its origin is not stated there), with day-to-day swings of 2.5 degC, our choice.
"""

import datetime
import random
from pathlib import Path

MONTHLY_C = (3.9, 4.4, 6.5, 8.8, 11.8, 14.8, 17.1, 17.0, 14.6, 11.0, 7.1, 4.6)
SCRAPS_KG_D = 34 * 0.24
WEEKDAYS = (0.8, 0.7, 0.8, 0.8, 0.9, 1.6, 1.4)
LEAVES_KG = {10: 3.0, 11: 4.0, 12: 1.0}
DAYS = 364
START = datetime.date(2025, 1, 6)
HERE = Path(__file__).parent


def feed(draw: random.Random) -> str:
    rows = ["day,food_waste,leaves"]
    for n in range(DAYS):
        day = START + datetime.timedelta(days=n)
        scraps = SCRAPS_KG_D * WEEKDAYS[day.weekday()] * draw.uniform(0.7, 1.3)
        leaves = LEAVES_KG.get(day.month, 0.0) * draw.uniform(0.0, 2.0) if day.weekday() == 5 else 0.0
        rows.append(f"{day},{scraps:.1f},{leaves:.1f}")
    return "\n".join([*rows, ""])


def ambient(draw: random.Random) -> str:
    rows, swing = ["day,temperature_c"], 0.0
    for n in range(2 * 365):
        day = datetime.date(2024, 1, 1) + datetime.timedelta(days=n)
        swing = 0.7 * swing + draw.gauss(0.0, 2.5 * (1 - 0.7**2) ** 0.5)
        rows.append(f"{day},{MONTHLY_C[day.month - 1] + swing:.1f}")
    return "\n".join([*rows, ""])


def main() -> None:
    draw = random.Random(2026)
    for name, make in (("feed.csv", feed), ("ambient.csv", ambient)):
        (HERE / name).write_text(make(draw), encoding="utf-8")


if __name__ == "__main__":
    main()
