// An evening that runs by itself: asks before every story what may be shown, and shows one after the other.
import { drawsDepth, Light } from "./scene/light";
import { Show, type Story } from "./scene/show";

const USUAL_S = 60;
const FADE_MS = 1_600;
const AGAIN_MS = 15_000;

class Evening {
  private readonly room: HTMLElement;
  private readonly view: HTMLElement;
  private readonly light: Light | undefined;
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)");
  private last = "";
  private drawn = 0;

  constructor(room: HTMLElement, view: HTMLElement) {
    this.room = room;
    this.view = view;
    if (!drawsDepth()) return;
    const canvas = document.createElement("canvas");
    this.light = new Light(canvas);
    view.append(canvas);
    const resize = (): void => this.light?.resize(view.clientWidth, view.clientHeight);
    new ResizeObserver(resize).observe(view);
    resize();
  }

  async run(): Promise<never> {
    for (;;) {
      const story = await this.next().catch(() => undefined);
      if (story === undefined) await pause(AGAIN_MS);
      else await this.play(story).catch(() => pause(AGAIN_MS));
    }
  }

  /** The story after the last one, of what may be shown now. */
  private async next(): Promise<Story | undefined> {
    const answer = await fetch(this.room.dataset["evening"] ?? "", { cache: "no-store" });
    if (!answer.ok) return undefined;
    const { turns } = (await answer.json()) as { turns: Story[] };
    const at = turns.findIndex((turn) => turn.code === this.last);
    const story = turns[(at + 1) % Math.max(1, turns.length)];
    this.last = story?.code ?? "";
    return story;
  }

  private async play(story: Story): Promise<void> {
    const until = (story.seconds ?? USUAL_S) * 1000;
    this.say(story);
    if (this.light === undefined) {
      this.hang(story);
      await this.read(story, until);
      return;
    }
    const show = new Show(story);
    await Promise.all([show.load(), document.fonts.load("56px Fraunces")]);
    await this.shine(show, this.light, until);
    show.dispose();
  }

  private async shine(show: Show, light: Light, until: number): Promise<void> {
    const began = performance.now();
    this.view.dataset["story"] = this.last;
    this.view.classList.add("lit");
    await new Promise<void>((over) => {
      const step = (): void => {
        const gone = performance.now() - began;
        show.at(gone / 1000, this.still.matches);
        light.screen(show);
        this.view.dataset["drawn"] = String(++this.drawn);
        this.caption(show.textAt(gone / 1000));
        if (gone > until - FADE_MS) this.view.classList.remove("lit"); // fades, see scene.css
        if (gone > until) over();
        else if (this.still.matches) setTimeout(() => requestAnimationFrame(step), 400);
        else requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    });
  }

  /** Without WebGL: the server's picture, and the words at the pace of reading. */
  private hang(story: Story): void {
    const picture = this.view.querySelector<HTMLImageElement>("[data-still]");
    if (picture === null) return;
    picture.src = story.still;
    picture.alt = story.sides.front ?? "";
    picture.hidden = false;
  }

  private async read(story: Story, until: number): Promise<void> {
    const began = performance.now();
    for (const phrase of story.phrases) {
      if (performance.now() - began > until) return;
      this.caption(phrase);
      await pause(Math.max(4_000, 1_600 + 77 * phrase.length));
    }
    await pause(Math.max(0, until - (performance.now() - began)));
  }

  private say(story: Story): void {
    const set = (name: string, text: string): void => {
      const place = this.room.querySelector(`[data-${name}]`);
      if (place) place.textContent = text;
    };
    set("title", story.title);
    set("teller", story.teller);
    set("said", [story.title, story.teller, ...Object.values(story.sides)].filter(Boolean).join(". "));
    this.view.setAttribute("aria-label", [story.title, story.sides.front].filter(Boolean).join(". "));
    const caption = this.room.querySelector<HTMLElement>("[data-caption]");
    if (caption) caption.lang = story.language;
  }

  private caption(text: string): void {
    const place = this.room.querySelector("[data-caption]");
    if (place && place.textContent !== text) place.textContent = text;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((over) => setTimeout(over, ms));
}

const room = document.querySelector<HTMLElement>("[data-evening]");
const view = room?.querySelector<HTMLElement>("[data-view]");
if (room && view) void new Evening(room, view).run();
