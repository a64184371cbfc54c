// `<section data-scene="…">`: a story to walk around. Without WebGL the server's picture stays, and the words are below.
import { PRESETS, quiltName } from "./scene/frusta";
import { blobOf, drawsDepth, type Glass, Light } from "./scene/light";
import { Show, type Story } from "./scene/show";
import { enter, roomOf } from "./scene/xr";

class Page {
  private readonly section: HTMLElement;
  private readonly view: HTMLElement;
  private readonly caption: HTMLElement | null;
  private readonly canvas = document.createElement("canvas");
  private readonly calm = matchMedia("(prefers-reduced-motion: reduce)");
  private still = this.calm.matches;
  private glass: Glass | undefined;
  private began = performance.now();
  private seen = true;
  private busy = false;
  private drawn = 0;

  constructor(section: HTMLElement, view: HTMLElement) {
    this.section = section;
    this.view = view;
    this.caption = section.querySelector("[data-caption]");
  }

  async start(): Promise<void> {
    const answer = await fetch(this.section.dataset["scene"] ?? "");
    const story = (await answer.json()) as Story;
    const show = new Show(story);
    await Promise.all([show.load(), document.fonts.load("56px Fraunces")]);
    const light = new Light(this.canvas);
    this.view.append(this.canvas);
    this.section.classList.add("lit");
    const resize = (): void => light.resize(this.view.clientWidth, this.view.clientHeight);
    new ResizeObserver(() => {
      if (!this.busy) resize();
      this.draw(show, light);
    }).observe(this.view);
    new IntersectionObserver(([entry]) => (this.seen = entry?.isIntersecting ?? true)).observe(this.view);
    resize();
    this.draw(show, light);
    this.equip(story, show, light);
    const step = (): void => {
      if (this.seen && !document.hidden && !this.busy) this.draw(show, light);
      if (this.still) setTimeout(() => requestAnimationFrame(step), 500);
      else requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  private get seconds(): number {
    // Tests and stills can name their second.
    const fixed = this.section.dataset["second"];
    return fixed === undefined ? (performance.now() - this.began) / 1000 : Number(fixed);
  }

  private draw(show: Show, light: Light): void {
    show.at(this.seconds, this.still);
    if (this.glass) light.pepper(show, this.glass);
    else light.screen(show);
    const text = show.textAt(this.seconds);
    if (this.caption && this.caption.textContent !== text) this.caption.textContent = text;
    this.view.dataset["drawn"] = String(++this.drawn);
  }

  private equip(story: Story, show: Show, light: Light): void {
    document.querySelectorAll<HTMLElement>("[data-modes]").forEach((bar) => (bar.hidden = false));
    const deeds: Record<string, (button: HTMLElement) => void> = {
      full: () => void this.section.requestFullscreen().catch(() => undefined),
      still: (button) => this.hold(button),
      "pepper-above": () => this.intoGlass("above"),
      "pepper-below": () => this.intoGlass("below"),
      "pepper-sheet": () => this.intoGlass("sheet"),
      quilt: (button) => void this.quilt(story, show, light, button),
      xr: () => void roomOf().then((kind) => kind && enter(kind, light, show, () => this.seconds, this.still)),
    };
    document.querySelectorAll<HTMLButtonElement>("[data-mode]").forEach((button) => {
      const deed = deeds[button.dataset["mode"] ?? ""];
      button.hidden = button.dataset["mode"] === "xr";
      button.addEventListener("click", () => deed?.(button));
    });
    const turning = document.querySelector<HTMLElement>('[data-mode="still"]');
    if (turning && this.still) swapWords(turning);
    void roomOf().then((kind) => {
      const button = document.querySelector<HTMLButtonElement>('[data-mode="xr"]');
      if (button) button.hidden = kind === undefined;
    });
    document.addEventListener("fullscreenchange", () => {
      if (!document.fullscreenElement) this.leaveGlass();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.leaveGlass();
    });
  }

  private hold(button: HTMLElement): void {
    this.still = !this.still;
    swapWords(button);
  }

  private intoGlass(glass: Glass): void {
    this.glass = glass;
    this.section.classList.add("glass");
    this.section.classList.toggle("sheet", glass === "sheet");
    this.section.dataset["glass"] = glass;
    void this.section.requestFullscreen().catch(() => this.section.scrollIntoView());
  }

  private leaveGlass(): void {
    this.glass = undefined;
    this.section.classList.remove("glass", "sheet");
    delete this.section.dataset["glass"];
  }

  private async quilt(story: Story, show: Show, light: Light, button: HTMLElement): Promise<void> {
    const preset = PRESETS[button.dataset["preset"] ?? ""];
    if (preset === undefined || this.busy) return;
    this.busy = true;
    const words = button.textContent;
    const canvas = document.createElement("canvas");
    show.at(this.seconds, true);
    try {
      await light.quilt(show, preset, canvas, (share) => (button.textContent = `${Math.round(share * 100)} %`));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await blobOf(canvas));
      link.download = quiltName(story.code, preset);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } finally {
      this.busy = false;
      button.textContent = words;
    }
  }
}

function swapWords(button: HTMLElement): void {
  const other = button.dataset["other"] ?? "";
  button.dataset["other"] = button.textContent ?? "";
  button.textContent = other;
}

const section = document.querySelector<HTMLElement>("[data-scene]");
const view = section?.querySelector<HTMLElement>("[data-view]");
if (section && view) {
  const flat = (): void => document.querySelectorAll<HTMLElement>("[data-flat]").forEach((words) => (words.hidden = false));
  if (drawsDepth()) new Page(section, view).start().catch(flat);
  else flat();
}
