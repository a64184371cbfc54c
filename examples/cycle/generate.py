"""Write this example anew: `python examples/cycle/generate.py`; always the same bytes.

A street of 48 residents decides what to add to its digester of 1 m3 and how to run it.

Feed: 72 kg of household food waste a resident and year in the EU (Eurostat 2024, Food waste and food waste prevention
estimates, year 2022); 33 residents bring theirs, most at the weekend, and leaves in autumn: our choice. Warmth: monthly
means of Cambridge, UK, 1991 to 2021, from the daily series that the package aquacrop 3.1.0 carries (its origin is not
stated there), with day-to-day swings of 2.5 degC, our choice. Jars: 361.7 mL CH4 a g of volatile solids of household
waste (Toufexis et al. 2024, doi:10.3390/su16156433), each jar off by 12 %, our choice. Costs, ballots and priorities
are drawn, for three kinds of people: cooks, gardeners, and who wants less smell and work.
"""

import datetime
import random
from pathlib import Path

MONTHLY_C = (3.9, 4.4, 6.5, 8.8, 11.8, 14.8, 17.1, 17.0, 14.6, 11.0, 7.1, 4.6)
WASTE_KG_Y = 72.0
BRINGING = 33
WEEKDAYS = (0.8, 0.7, 0.8, 0.8, 0.9, 1.6, 1.4)
LEAVES_KG = {10: 3.0, 11: 4.0, 12: 1.0}
HOUSEHOLD_ML_G, JAR_ERROR = 361.7, 0.12
START = datetime.date(2025, 1, 6)
HERE = Path(__file__).parent

PLANT = """# The street plant of examples/designs: 1 m3, unstirred, 13 cm of mineral wool, an electric coil inside.
name = "Street plant"
dilution_l_per_kg = 1.0
gas_store_m3 = 0.3
stove_share = 0.9

[[digester]]
name = "first"
liquid_m3 = 1.0
headspace_m3 = 0.2
temperature_c = 37.0
u_w_m2_k = 0.3

[heating]
electric_kw = 0.5
"""
SITE = """# What the street can spend, and who takes its digestate: the allotments, March to October.
budget = 3000
digestate_store_m3 = 1.5
released_m3_month = [0, 0, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0, 0]
displaced_fuel = "lpg"
otherwise = "landfill"
landfill_moisture = "moderate"
horizon_y = 100
"""
RULE = """# Frozen before the vote opens. The seed was drawn once, in public: the serial number of a bank note.
method = "equal-shares"
utility = "cost"
completion = "add1"
stop = "exhaustive"
ties = "votes,lot"
seed = "note 4711 0815"
"""
REGIMES = """# Ways to run what was bought: every combination is one.
temperatures_c = [30, 37]
loadings = [0.7, 1]
stove_shares = [0.5, 0.95]
"""
OPTIONS = {
    "alarm": """name = "A gas alarm and a second vent"
cost = 180
mandatory = true
why = "The insurer asks for it. Harmonia neither reads nor replaces it."
""",
    "bag": """name = "A gas bag"
cost = 350
labour_h_week = 0.2
[[edits]]
field = "gas_store_m3"
operation = "add"
value = 1.0
""",
    "second": """name = "A second digester"
cost = 2200
labour_h_week = 1.0
who = "the welding circle"
[[edits]]
field = "digester.second.liquid_m3"
operation = "set"
value = 1.0
""",
    "stirrer": """# Stirred, a digester takes more: 3 kg of volatile solids per m3 and day, our assumption.
name = "A stirrer"
cost = 600
labour_h_week = 0.3
power_kwh_d = 0.4
substitutes = ["second"]
[[edits]]
field = "most_loading_kg_vs_m3_d"
operation = "set"
value = 3.0
""",
    "store": """name = "A digestate store and four more beds"
cost = 500
[[edits]]
field = "digestate_store_m3"
operation = "add"
value = 2.0
[[edits]]
field = "released_m3_month"
operation = "multiply"
value = 1.4
""",
    "flare": """name = "Burn the surplus in an open barrel"
cost = 40
veto = "An open flame beside the gas bag breaks the plant's licence."
""",
}
# Chance of each kind of people to approve an option, and their order of outcomes, most important first.
KINDS = {
    "cooks": (
        22,
        {"bag": 0.9, "second": 0.55, "stirrer": 0.45, "store": 0.1},
        ("gas_m3_d", "net_kwh_d", "avoided_t_co2e_y", "accepted_kg_d"),
    ),
    "gardeners": (
        16,
        {"bag": 0.2, "second": 0.2, "stirrer": 0.3, "store": 0.95},
        ("garden_nitrogen_kg_y", "unplaced_digestate_m3_y", "accepted_kg_d"),
    ),
    "careful": (
        10,
        {"bag": 0.4, "second": 0.1, "stirrer": 0.7, "store": 0.5},
        ("sour_risk", "storage_months", "accepted_kg_d"),
    ),
}


def feed(draw: random.Random) -> str:
    rows = ["day,food_waste,leaves"]
    for n in range(364):
        day = START + datetime.timedelta(days=n)
        scraps = BRINGING * WASTE_KG_Y / 365 * WEEKDAYS[day.weekday()] * draw.uniform(0.7, 1.3)
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


def pledges(draw: random.Random) -> str:
    rows = ["who,feedstock,kg_week,kept"]
    for who in ("the bakery", "number 12", "the school kitchen"):
        code = "bread" if who == "the bakery" else "food_waste"
        rows.append(f"{who},{code},{draw.uniform(2.0, 5.0):.1f},{draw.uniform(0.6, 0.9):.2f}")
    return "\n".join([*rows, ""])


def jars(draw: random.Random) -> str:
    rows = ["jar,feedstock,household,tier,mean,sd"]
    for number in range(1, 10):
        mean = HOUSEHOLD_ML_G * draw.gauss(1.0, JAR_ERROR)
        rows.append(f"j{number},food_waste,number {2 * number},kitchen,{mean:.0f},{0.2 * mean:.0f}")
    return "\n".join([*rows, ""])


def people(draw: random.Random) -> tuple[str, str]:
    codes = ("bag", "second", "stirrer", "store")
    outcomes = sorted({name for _, _, order in KINDS.values() for name in order})
    ballots, wishes = ["voter," + ",".join(codes)], ["resident," + ",".join(outcomes)]
    cast: list[str] = []
    wished: list[str] = []
    for count, chances, order in KINDS.values():
        for _ in range(count):
            cast.append(",".join("1" if draw.random() < chances[code] else "" for code in codes))
            mine = list(order)
            if draw.random() < 0.3:
                at = draw.randrange(len(mine) - 1)
                mine[at], mine[at + 1] = mine[at + 1], mine[at]
            wished.append(",".join(str(mine.index(name) + 1) if name in mine else "" for name in outcomes))
    draw.shuffle(cast)
    draw.shuffle(wished)
    ballots += [f"{number},{cells}" for number, cells in enumerate(cast, start=1)]
    wishes += [f"{number},{cells}" for number, cells in enumerate(wished, start=1)]
    return "\n".join([*ballots, ""]), "\n".join([*wishes, ""])


def files() -> dict[str, str]:
    """Return path -> content of every file of the example."""
    draw = random.Random(2026)
    made = {"feed.csv": feed(draw), "ambient.csv": ambient(draw), "pledges.csv": pledges(draw)}
    made["jars/kitchen.csv"] = jars(draw)
    made["ballots.csv"], made["priorities.csv"] = people(draw)
    made |= {"plant.toml": PLANT, "site.toml": SITE, "rule.toml": RULE, "regimes.toml": REGIMES}
    return made | {f"options/{code}.toml": text for code, text in OPTIONS.items()}


def main() -> None:
    for name, text in files().items():
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
