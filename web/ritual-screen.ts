// The big screen of a ritual: the living form, people as lights, what was released, captions. Works muted and without motion.
import { Room } from "./room";
import { Form, type Twin } from "./ritual/form";
import { apply, NOTHING, type Present } from "./ritual/present";
import { count, type Counts, readJson, say, showParts, type Words } from "./ritual/words";

const CARD_MS = 12_000;
const DESIGN_MS = 14_000;
const UNVEILED = new Set(["unveiling", "choosing"]);

interface Shown {
  id: number;
  kind: string;
  words: string;
  name: string;
  title: string;
  photo: string;
  alt: string;
}

function twin(): Twin {
  const facts = document.getElementById("form-state")?.dataset ?? {};
  return {
    rings: JSON.parse(facts["rings"] || "[]") as number[][],
    told: JSON.parse(facts["told"] || "[]") as number[],
    breath: Number(facts["breath"] || 7),
    gas: Number(facts["gas"] || 0),
    acids: Number(facts["acids"] || 0),
    alarms: Number(facts["alarm"] || 0),
  };
}

/** Draw the form over its picture; where that is not possible the picture stays. */
function raise(): Form | undefined {
  const canvas = document.querySelector<HTMLCanvasElement>(".form canvas");
  if (canvas === null || twin().rings.length === 0) return undefined;
  try {
    const form = new Form(canvas);
    const show = (on: boolean): void => {
      canvas.hidden = !on;
      document.body.classList.toggle("alive", on);
    };
    canvas.addEventListener("webglcontextlost", () => show(false));
    show(true);
    form.follow(twin());
    document.addEventListener("harmonia:swapped", (event) => {
      if ((event.target as HTMLElement).id === "form-state") form.follow(twin());
    });
    return form;
  } catch (failure) {
    console.warn(failure);
    return undefined;
  }
}

function card(shown: Shown): HTMLElement {
  const made = document.createElement("article");
  made.className = `card offering ${shown.kind === "artifact" ? "ember" : shown.kind === "answer" ? "glow" : ""}`;
  const parts: [string, string][] = [["h3", shown.title], ["p", shown.words], ["p", shown.name]];
  if (shown.photo) {
    const photo = document.createElement("img");
    Object.assign(photo, { src: shown.photo, alt: shown.alt });
    made.append(photo);
  }
  parts.forEach(([tag, text], index) => {
    if (text === "") return;
    const part = document.createElement(tag);
    part.textContent = text; // a guest's words are words, never markup
    part.className = ["title", "said", "muted"][index] ?? "";
    made.append(part);
  });
  return made;
}

/** Shows released offerings one after the other, the newest as soon as it comes. */
class Offerings {
  private numbers: number[] = [];
  private at = 0;
  private clock: number | undefined;
  private asked = 0;

  constructor(
    private readonly place: HTMLElement,
    private readonly address: string,
  ) {}

  set(numbers: readonly number[]): void {
    const newest = numbers.at(-1);
    const isNew = newest !== undefined && newest !== this.numbers.at(-1);
    const current = this.numbers[this.at];
    this.numbers = [...numbers];
    if (isNew) this.at = this.numbers.length - 1;
    else if (current !== undefined && !this.numbers.includes(current)) this.at = Math.max(this.numbers.length - 1, 0);
    else if (current !== undefined) this.at = this.numbers.indexOf(current);
    void this.show();
  }

  private async show(): Promise<void> {
    window.clearTimeout(this.clock);
    const own = ++this.asked;
    const number = this.numbers[this.at];
    if (number === undefined) return this.place.replaceChildren();
    const answer = await fetch(this.address.replace("/0/", `/${number}/`), { credentials: "same-origin" });
    if (own !== this.asked) return;
    if (answer.ok) this.place.replaceChildren(card((await answer.json()) as Shown));
    else this.place.replaceChildren(); // taken back a moment ago
    if (this.numbers.length > 1) {
      this.clock = window.setTimeout(() => {
        this.at = (this.at + 1) % this.numbers.length;
        this.show().catch(() => undefined);
      }, CARD_MS);
    }
  }
}

function counted(present: Present, words: Words): string {
  const counts: Record<string, [keyof Counts, number][]> = {
    announced: [["offered", present.offered]],
    gathering: [["offered", present.offered]],
    sharing: [["answered", present.answered], ["offered", present.offered]],
    choosing: [["voices", present.voices]],
    activating: [["presses", present.pressed]],
    celebrating: [["presses", present.pressed]],
  };
  return (counts[present.phase] ?? [])
    .filter(([, n]) => n > 0)
    .map(([what, n]) => count(words, what, n))
    .join(" · ");
}

/** Show one design after the other: from ten metres nobody reads three at once. */
function cycle(): void {
  const panel = document.querySelector<HTMLElement>(".unveiled.large");
  const designs = [...(panel?.querySelectorAll<HTMLElement>(".design") ?? [])];
  panel?.classList.add("cycling");
  const next = (designs.findIndex((design) => design.classList.contains("current")) + 1) % Math.max(designs.length, 1);
  designs.forEach((design, index) => design.classList.toggle("current", index === next));
  const shown = designs[next];
  if (shown) unveil(shown);
}

/** Let the numbers of the unveiling run from today to what is foreseen; still people see the end at once. */
function unveil(design: HTMLElement): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  design.querySelectorAll<HTMLElement>(".becomes").forEach((figure, index) => {
    const { before, after, digits } = figure.dataset;
    const final = (figure.dataset["final"] ??= figure.textContent ?? "");
    const [from, to] = [Number(before), Number(after)];
    const format = new Intl.NumberFormat(document.documentElement.lang, {
      minimumFractionDigits: Number(digits),
      maximumFractionDigits: Number(digits),
    });
    const began = performance.now() + 900 * (index % 3);
    const run = (now: number): void => {
      const share = Math.min(Math.max((now - began) / 3_600, 0), 1);
      const eased = 1 - (1 - share) ** 3;
      figure.textContent = share < 1 ? format.format(from + (to - from) * eased) : final;
      if (share < 1) window.requestAnimationFrame(run);
    };
    window.requestAnimationFrame(run);
  });
}

function start(stage: HTMLElement): void {
  const words = readJson<Words>("ritual-words");
  const form = raise();
  const place = stage.querySelector<HTMLElement>("[data-offered]");
  const offerings = place ? new Offerings(place, stage.dataset["shown"] ?? "") : undefined;
  let present = NOTHING;
  let designs: number | undefined;
  const tell = (next: Present): void => {
    const isNewPhase = next.phase !== present.phase;
    const isNewList = next.shown.join() !== present.shown.join();
    present = next;
    document.body.dataset["phase"] = present.phase;
    document.body.dataset["state"] = present.state;
    say("news", words.news[present.state] ?? "");
    say("reason", present.reason);
    say("question", present.phase === "gathering" || present.phase === "sharing" ? present.question : "");
    say("caption", present.caption);
    say("count", counted(present, words));
    showParts(present.phase, present.question);
    if (isNewList) offerings?.set(present.shown);
    if (isNewPhase) {
      form?.enter(present.phase);
      window.clearInterval(designs);
      if (UNVEILED.has(present.phase)) {
        cycle();
        designs = window.setInterval(cycle, DESIGN_MS);
      }
    }
  };
  tell(readJson<Present | null>("ritual-present") ?? NOTHING);
  new Room<Present>(stage.dataset["ritualScreen"] ?? "", "screen", {
    state: tell,
    event: (fact) => tell(apply(present, fact.kind, fact.data)),
    light: ({ here, held }) => {
      form?.gather(here, held);
      document.body.style.setProperty("--light", String(here > 0 ? Math.min(held / here, 1) : 0));
      say("light", held > 0 ? `${count(words, "here", here)} · ${count(words, "held", held)}` : count(words, "here", here));
    },
  });
}

document.querySelectorAll<HTMLElement>("[data-ritual-screen]").forEach(start);
