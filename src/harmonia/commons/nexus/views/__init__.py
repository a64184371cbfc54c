"""The plant's pages: how it is, what it was fed, what its instruments say, which plants there were."""

from harmonia.commons.nexus.views.activations import (
    activation,
    activation_new,
    activation_step,
    preflight,
    ramp_plan,
)
from harmonia.commons.nexus.views.bench import burn, feed, reading, titration
from harmonia.commons.nexus.views.designs import design, designs, surroundings
from harmonia.commons.nexus.views.jars import (
    jar,
    jar_check,
    jar_end,
    jar_new,
    jar_read,
    jar_share,
    jar_table,
    jars,
)
from harmonia.commons.nexus.views.overview import nexus
from harmonia.commons.nexus.views.plans import plan, plan_accept, plan_ask, plan_change
from harmonia.commons.nexus.views.plants import commission, plant, roll_back, write
from harmonia.commons.nexus.views.requirements import safety

__all__ = [
    "activation",
    "activation_new",
    "activation_step",
    "burn",
    "commission",
    "design",
    "designs",
    "feed",
    "jar",
    "jar_check",
    "jar_end",
    "jar_new",
    "jar_read",
    "jar_share",
    "jar_table",
    "jars",
    "nexus",
    "plan",
    "plan_accept",
    "plan_ask",
    "plan_change",
    "plant",
    "preflight",
    "ramp_plan",
    "reading",
    "roll_back",
    "safety",
    "surroundings",
    "titration",
    "write",
]
