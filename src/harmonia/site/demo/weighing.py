"""What the demonstration weighs in: a green bucket to carry, a bin that stands, and a scale with a token of its own."""

from decimal import Decimal

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Holder
from harmonia.commons.people.models import Person


def equip(people: dict[str, Person], points: list[Holder]) -> None:
    """Take the containers into use, weigh in with each once, and give the scale its token, which nobody keeps."""
    facilitator = people["Theo"]
    leaves, scraps = books.substance("leaves"), books.substance("food_waste")
    bucket = ledger.open_container("green-bucket", "Green bucket", facilitator, tare_g=900, capacity_g=12_000)
    leaf_bin = ledger.open_container(
        "leaf-bin", "Leaf bin", facilitator, tare_g=0, capacity_g=60_000, point=points[0], substance=leaves
    )
    weighed = ((people["Amara"], bucket, scraps, "3.3"), (people["Lyra"], leaf_bin, leaves, "21.5"))
    for person, container, substance, kilograms in weighed:
        ledger.record_drop_off(
            person, point=points[0], substance=substance, kilograms=Decimal(kilograms), container=container
        )
    ledger.issue_device("Scale under the clock", points[1], facilitator)
