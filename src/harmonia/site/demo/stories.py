"""What the demonstration's residents made and told: invented, like the residents."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoStory:
    """One thing made of discarded matter [g], and what its maker tells; `picture` is an archetype to draw."""

    maker: str
    title: str
    materials: tuple[tuple[str, int], ...]
    days_ago: int
    language: str
    text: str
    access: str
    picture: str
    alt: str


STORIES: tuple[DemoStory, ...] = (
    DemoStory(
        maker="Kofi",
        title="The radio that speaks again",
        materials=(("appliances", 1700), ("textiles", 40)),
        days_ago=76,
        language="en",
        text="""\
Somebody had written DEAD on it with a marker. It was only hoarse: one dry capacitor, one torn speaker cone, and a
mouse nest where the battery should be.

The capacitor came out of a printer. The cone I mended with tissue and thin glue. For the missing knob I used a
thread spool that Amara had emptied that week, and the new grille is the hem of her curtain.

It now plays in the laundry room. People fold more slowly when there is a waltz, and nobody has complained about
waiting for a machine since.
""",
        access="public",
        picture="radio",
        alt="Drawing of a wooden table radio at dusk, with a striped cloth grille, a glowing amber dial and two knobs"
        " that don't match: one is round, one is a wooden thread spool. Thin arcs spread from it like sound.",
    ),
    DemoStory(
        maker="Celia",
        title="Una bolsa de la cortina de la escuela",
        materials=(("textiles", 620),),
        days_ago=71,
        language="es",
        text="""\
La cortina del salón de actos tenía una quemadura del tamaño de un plato, y por eso iba a la basura entera. Era tela
buena, de la que aguanta obras de teatro.

La corté alrededor del agujero. Salieron cuatro bolsas con asas de cinturón viejo y un fondo doble, porque los puerros
pesan más de lo que parece.

Están colgadas junto a la báscula de Market gate. Quien olvida la suya toma una, y **casi siempre** vuelve a su gancho
antes del domingo.
""",
        access="public",
        picture="bag",
        alt="Dibujo de una bolsa de tela color ciruela con flores claras y asas de cinturón marrón, sobre una mesa. Por"
        " arriba asoman dos puerros, una barra de pan y unas hojas. Al lado hay un limón.",
    ),
    DemoStory(
        maker="Amara",
        title="Wind in the jar lids",
        materials=(("metal", 380), ("wood", 160), ("textiles", 15)),
        days_ago=68,
        language="en",
        text="""\
Jars come back to us again and again. Their lids don't: one dent, and they never close well enough for plums.

I sorted them by sound. Pickle lids are low, jam lids are high, and the flat ones say nothing at all, so those became
spacers. They hang on shirt thread from a broken broom handle, far enough apart to touch only when there is real wind.

Ilse has it at her window. She says it tells her when to take the washing in, and that it is *seldom* wrong.
""",
        access="public",
        picture="chime",
        alt="Drawing of a wind chime: round jar lids in coral, teal, amber, plum and blue hang on five threads from a"
        " wooden stick, each thread a little longer or shorter. Leaves drift past on a pale green ground.",
    ),
    DemoStory(
        maker="Pavel",
        title="A house from a drawer",
        materials=(("wood", 920), ("plastics", 160)),
        days_ago=63,
        language="en",
        text="""\
One drawer, no dresser. The front still had its brass knob and the sides were thin, dry pine, just right for a wall
that a wren should find warm.

The roof is the lid of a plastic box, bent over a hot pipe. It won't rot, and rain runs off the back. I left the
knob on: it is no use as a perch, say the books, but *nobody told the wren*.

It hangs on the pear tree in the school garden. We look from the window and go no closer.
""",
        access="public",
        picture="birdhouse",
        alt="Drawing of a birdhouse on a branch, made of pale boards with a bent coral roof, a round door and a brass"
        " drawer knob under it. A small round brown bird sits on the branch among leaves.",
    ),
    DemoStory(
        maker="Noor",
        title="Three lanterns for the dark stairs",
        materials=(("glass", 1150), ("metal", 90)),
        days_ago=59,
        language="en",
        text="""\
The stairs behind the old laundry have no lamp, and in the evening you count the steps with your feet.

I took three bottles with good shoulders: a green one, a brown one and a blue one. A scratched line, hot water, cold
water, and the bottoms came off almost straight. I ground the edges on a wet paving stone until a thumb could follow
them. The handles are fence wire.

Each holds one stub of candle. Whoever goes up last carries the blue one along and leaves it on the top step for the
morning.
""",
        access="public",
        picture="lantern",
        alt="Drawing of three lanterns at dusk, made of bottles without bottoms in green, brown and blue glass. They hang"
        " by wire handles at three heights above dark stairs, and a candle flame glows in each.",
    ),
    DemoStory(
        maker="Tomas",
        title="Un tambor lleno de menta",
        materials=(("appliances", 3800),),
        days_ago=55,
        language="es",
        text="""\
La lavadora del tercero murió en pleno centrifugado, y la oímos todos. El tambor salió entero: acero, redondo y lleno
de agujeros. Justo lo que pide una planta que no quiere los pies mojados.

Lo lijé por dentro, donde un remache pinchaba, le puse un saco viejo de forro y compost del Nexus. La menta llegó en
un vaso, de parte de Salma.

Ahora vive junto a la puerta del taller. *Se corta con tijera, no con la mano*, dice el cartel, y casi todos hacen caso
al cartel.
""",
        access="public",
        picture="planter",
        alt="Dibujo de un tambor de lavadora de metal con filas de agujeros, convertido en maceta. De él rebosan matas de"
        " menta de varios verdes con flores lilas, y dos abejas vuelan alrededor.",
    ),
    DemoStory(
        maker="Amara",
        title="A quilt of work shirts",
        materials=(("textiles", 1900),),
        days_ago=47,
        language="en",
        text="""\
When the laundry closed, a whole rail of work shirts was left behind. The collars were gone and the elbows too,
but a back is a good half metre of cotton that nobody ever leaned on.

I cut squares until my scissors complained, and Wanda, who ironed in that laundry, told me who had worn which
stripe. One pocket stayed on. It is exactly as deep as a pair of reading glasses.

The quilt hangs in the yard on washing days. The rest of the week it lies on the sofa in the common room, and
whoever has a cold gets it first.
""",
        access="public",
        picture="quilt",
        alt="Drawing of a patchwork quilt pegged to a washing line: squares of checked, striped and plain cloth in"
        " blue, teal, coral and amber. One square kept its shirt pocket and button. Low green hills behind.",
    ),
    DemoStory(
        maker="Oskar",
        title="The stool that was a bed",
        materials=(("wood", 2600), ("metal", 60)),
        days_ago=44,
        language="en",
        text="""\
A bed frame stood at Linden yard for two nights in the rain. The slats had split, but the posts were turned beech
and too good to burn.

Three posts became legs. The sound halves of the slats, glued edge to edge, became a seat, and I kept *one* bed
bolt to hold the rung, because it fitted and because it made me laugh.

Hana sits on it when she shells beans at the market gate. It stands still on cobbles. Three legs always do.
""",
        access="public",
        picture="stool",
        alt="Drawing of a three-legged stool on a table. The round seat is glued from strips of light and dark wood,"
        " the legs are turned like bedposts. A small blue jug with a green sprig stands on the seat.",
    ),
    DemoStory(
        maker="Lyra",
        title="A lamp that used to be a bicycle",
        materials=(("metal", 580), ("appliances", 350)),
        days_ago=38,
        language="en",
        text="""\
My bicycle was run over while it was parked. The fork was bent and so was my mood.

Bram asked whether he could *borrow the sad parts*. He showed me how to cut the frame and what not to touch, and I
did the rest: the chainring is the foot, a piece of frame is the stem, the bell became the shade. Socket and cable
come from a broken desk lamp, and Kiran checked the earth before we plugged it in.

It stands on the repair table. Everybody who fixes a tyre there does it by my old bicycle's light.
""",
        access="public",
        picture="lamp",
        alt="Drawing of a desk lamp at dusk: a toothed bicycle chainring is its foot, a bent teal frame tube its stem and"
        " a big bell its shade. A cone of warm light falls on three stacked books.",
    ),
    DemoStory(
        maker="Idris",
        title="Duck, with wheels",
        materials=(("wood", 480), ("plastics", 70), ("textiles", 10)),
        days_ago=33,
        language="en",
        text="""\
This began as a chair leg and the seat of the same chair. I saw a duck in the seat, and after that I couldn't see
anything else.

The wheels are caps from milk bottles, two glued back to back so they run true. The axle is a knitting needle. I
sanded it for three evenings, because everything that small people own goes into the mouth. There is no paint on it
for the same reason, only oil on the wood.

It goes from flat to flat in our stairwell, wherever somebody is learning to walk. It has come back once so far, with
one bite in the tail.
""",
        access="habitat",
        picture="toy",
        alt="Drawing of a wooden pull-along duck with an oiled wing of darker wood and a dark bill. It rolls on two wheels"
        " made of blue bottle caps, and its string curls across the table to a wooden bead.",
    ),
    DemoStory(
        maker="Theo",
        title="A bench for those who wait",
        materials=(("wood", 3600), ("metal", 150)),
        days_ago=28,
        language="en",
        text="""\
People wait at Linden yard: for the scale, for a friend, for the rain to stop. They waited standing, because there
was nothing to sit on but the kerb.

A panelled door came in with its frame rotten and its middle sound. On a Saturday five of us made it into a bench:

- the panels are the back,
- the rails are the seat,
- the hinges hold the armrest, so it folds away for wheelchairs.

Nobody booked the first sitting. Vera simply sat down with her bucket, and we knew the height was right.
""",
        access="public",
        picture="bench",
        alt="Drawing of a wooden bench against a pale wall. Its back is an old door with three panels, painted teal, and"
        " its seat is bare wood. A coral cushion lies on it, a bucket stands beside it.",
    ),
    DemoStory(
        maker="Ines",
        title="El reloj de la sartén",
        materials=(("metal", 540), ("appliances", 250)),
        days_ago=21,
        language="es",
        text="""\
La sartén tenía el fondo torcido: bailaba sobre el fuego y quemaba siempre el mismo lado de la tortilla. Para colgarla
en la pared, en cambio, está perfecta.

El mecanismo es de un despertador mudo. Las horas son doce botones que le gané a Amara a las cartas, y las agujas,
un tenedor y una cuchara de una cubertería que ya no tenía hermanos.

Cuelga en la cocina común. Desde entonces decimos «a la cuchara y cuarto», y los nuevos tardan una semana en
entendernos.
""",
        access="public",
        picture="clock",
        alt="Dibujo de un reloj de pared hecho con una sartén oscura colgada por el mango. Doce botones de colores marcan"
        " las horas; un tenedor y una cuchara son las agujas. Debajo hay una mesa con una taza y dos limones.",
    ),
    DemoStory(
        maker="Runa",
        title="My mother's dresses hold the pears",
        materials=(("textiles", 450),),
        days_ago=10,
        language="en",
        text="""\
There were six dresses I could neither wear nor give away. They lay in a bag for two winters.

Lotte showed me coiling: tear the cloth into strips, twist, wind, and stitch each round to the one below. You can do
it while you talk, or while you don't. The blue is from the dress with the belt. The red one frayed so much that it
went all the way round the rim.

The bowl stands in the common kitchen and it holds pears at the moment. I like that people reach into it without
asking.
""",
        access="habitat",
        picture="bowl",
        alt="Drawing of a bowl coiled from strips of cloth, round upon round of indigo, plum, linen and teal with a red"
        " rim and small stitches. It is full of yellow and green pears and stands on a table.",
    ),
    DemoStory(
        maker="Amara",
        title="The umbrella goes up again",
        materials=(("textiles", 240), ("metal", 110)),
        days_ago=2,
        language="en",
        text="""\
A storm turned four umbrellas inside out in one afternoon, and by evening they were all with us. The cloth was
whole. It is light, it sheds water and it *wants* to be in the wind.

I kept the seams and cut a kite across them, so that every old segment is a colour of its own. Two ribs cross in the
middle. The tail is made of what was left over.

It lives on the hook behind the workshop door, line and all. Take it to the meadow, not to the roofs, and hang it up
dry.
""",
        access="public",
        picture="kite",
        alt="Drawing of a kite high in an evening sky, sewn from four umbrella segments in coral, amber, teal and"
        " indigo, with a curving tail of cloth bows. Below it lie dark hills and roofs with a few lit windows.",
    ),
)
