// The cloth on the page: looks, touches, finds and grows. Whatever paints it, this is what it does.

import { Camera, fly, type View } from "./camera";
import { decode, type Fabric, type Place, placesOf, threadAt } from "./fabric";
import { layHandsOn } from "./hands";
import type { Colour, Painter, Shown } from "./painter";
import { TilePainter } from "./tiles";

export interface Thread {
  code: string;
  name: string;
  href: string;
  words?: string;
  language?: string;
}

export interface Woven {
  digest: string;
  threads: Thread[]; // in the order of the patches
}

export interface Options {
  cloth: string; // address of the arrays
  threads: string; // address of the words
  pyramid: string; // address of the tiles' names
  bare?: string; // address of a cloth without stories
  mine: string[];
  pictures: boolean; // tiles even where there is WebGL
  onChoose?: (thread: Thread | undefined) => void;
}

const STEP_PX = 120;
const WEAVE_MS = 2_400;
const UNRAVEL_MS = 1_200;
const STORY_SCALE = 9; // [px a crossing]

export class Loom {
  readonly camera = new Camera();
  threads: Thread[] = [];
  fabric: Fabric | undefined;
  private digest = "";
  private places: Place[] = [];
  private painter: Painter | undefined;
  private readonly shown: { chosen: number; wall: Colour; edge: Colour } = { chosen: -1, wall: [7, 23, 26], edge: [255, 213, 138] };
  private growth = { thread: -1, woven: 1 };
  private asked = 0;
  private drawn = 0;
  private halt: () => void = () => undefined;
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)");
  private readonly view: HTMLElement;
  private readonly options: Options;

  constructor(view: HTMLElement, options: Options) {
    this.view = view;
    this.options = options;
  }

  /** Show the cloth; `bare` shows one without stories. */
  async start(bare = false): Promise<void> {
    if (bare) await this.fetchBare();
    else await this.fetch();
    this.painter = await this.choosePainter();
    this.view.dataset["painter"] = this.painter.kind;
    this.dye();
    this.lay();
    this.measure();
    this.camera.look(this.camera.home());
    layHandsOn(this.view, {
      pan: (x, y) => this.move(() => this.camera.panBy(x, y)),
      zoom: (x, y, factor) => this.move(() => this.camera.zoomAt(x, y, factor)),
      tap: (x, y) => this.choose(this.threadUnder(x, y)),
      hover: (x, y) => this.view.classList.toggle("over-thread", this.threadUnder(x, y) >= 0),
      key: (name, shift) => this.pressed(name, shift),
    });
    new ResizeObserver(() => {
      this.measure();
      this.ask();
    }).observe(this.view);
    matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => {
      this.dye();
      this.ask();
    });
    this.ask();
  }

  /** Fetch the cloth again; what is new is woven before one's eyes, what was taken back unravels. */
  async refresh(): Promise<void> {
    const before = this.threads;
    const chosen = this.threads[this.shown.chosen]?.code;
    const old = this.fabric;
    if (!(await this.fetch()) || old === undefined) return;
    const known = new Set(before.map((thread) => thread.code));
    const here = new Set(this.threads.map((thread) => thread.code));
    const gone = before.findIndex((thread) => !here.has(thread.code));
    const fresh = this.threads.findIndex((thread) => !known.has(thread.code));
    if (gone >= 0) await this.grow(gone, 1, 0, UNRAVEL_MS);
    this.growth = { thread: fresh, woven: fresh >= 0 ? 0 : 1 };
    this.lay();
    this.choose(this.threads.findIndex((thread) => thread.code === chosen));
    if (fresh >= 0) {
      this.show(fresh, Math.min(this.camera.scale, STORY_SCALE));
      await this.grow(fresh, 0, 1, WEAVE_MS);
    }
    this.growth = { thread: -1, woven: 1 };
    this.ask();
  }

  /** Show a cloth without any story: what a kiosk does whose lease has run out. */
  async forget(): Promise<void> {
    this.choose(-1);
    await this.fetchBare();
    this.lay();
    this.camera.look(this.camera.home());
    this.ask();
  }

  choose(number: number): void {
    this.shown.chosen = number;
    this.view.dataset["chosen"] = this.threads[number]?.code ?? "";
    this.options.onChoose?.(this.threads[number]);
    this.ask();
  }

  find(code: string): boolean {
    const number = this.threads.findIndex((thread) => thread.code === code);
    if (number < 0) return false;
    this.choose(number);
    this.show(number, STORY_SCALE);
    return true;
  }

  goHome(): void {
    this.choose(-1);
    this.flyTo(this.camera.home());
  }

  goWhole(): void {
    this.flyTo(this.camera.whole());
  }

  zoom(factor: number): void {
    this.move(() => this.camera.zoomAt(this.camera.width / 2, this.camera.height / 2, factor));
  }

  held(): { textures: number; geometries: number } {
    return this.painter?.held() ?? { textures: 0, geometries: 0 };
  }

  private async fetch(): Promise<boolean> {
    const [words, cloth] = await Promise.all([
      fetch(this.options.threads, { cache: "no-cache" }),
      fetch(this.options.cloth, { cache: "no-cache" }),
    ]);
    if (!words.ok || !cloth.ok) throw new Error("the cloth did not come");
    const woven = (await words.json()) as Woven;
    if (woven.digest === this.digest) return false;
    this.fabric = decode(await cloth.arrayBuffer());
    this.digest = woven.digest;
    this.threads = woven.threads;
    this.places = placesOf(this.fabric);
    return true;
  }

  private async fetchBare(): Promise<void> {
    this.threads = [];
    this.places = [];
    this.digest = "";
    this.fabric = decode(await (await fetch(this.options.bare ?? "")).arrayBuffer());
  }

  private async choosePainter(): Promise<Painter> {
    const canvas = document.createElement("canvas");
    if (this.options.pictures || document.createElement("canvas").getContext("webgl2") === null) return this.tiles();
    try {
      const { ShaderPainter } = await import("./shader");
      const painter = new ShaderPainter(canvas, () => this.fallBack(canvas));
      this.view.append(canvas);
      return painter;
    } catch {
      return this.tiles();
    }
  }

  // A graphics card can be taken away at any moment; the cloth stays.
  private fallBack(canvas: HTMLCanvasElement): void {
    canvas.remove();
    this.painter = this.tiles();
    this.view.dataset["painter"] = this.painter.kind;
    this.lay();
    this.measure();
    this.ask();
  }

  private tiles(): Painter {
    return new TilePainter(this.view, this.options.pyramid, () => this.ask());
  }

  private lay(): void {
    if (this.fabric === undefined) return;
    const own = new Set(this.options.mine);
    const mine = new Set(this.threads.flatMap((thread, number) => (own.has(thread.code) ? [number] : [])));
    this.camera.spread(this.fabric.ends, this.fabric.picks);
    // A short cloth needs no tall room: on a phone the page would begin with a bare wall.
    this.view.style.setProperty("--tall", ((this.fabric.picks + 30) / (this.fabric.ends + 6)).toFixed(3));
    this.painter?.lay(this.fabric, mine);
  }

  private dye(): void {
    const style = getComputedStyle(this.view);
    this.shown.wall = colourOf(style.getPropertyValue("--ground"), this.shown.wall);
  }

  private measure(): void {
    const { clientWidth, clientHeight } = this.view;
    this.camera.measure(clientWidth, clientHeight);
    this.painter?.resize(clientWidth, clientHeight, Math.min(window.devicePixelRatio, 2));
  }

  private threadUnder(x: number, y: number): number {
    if (this.fabric === undefined) return -1;
    const { end, pick } = this.camera.at(x, y);
    return threadAt(this.fabric, end, pick);
  }

  private pressed(name: string, shift: boolean): boolean {
    const arrows: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const arrow = arrows[name];
    if (arrow && shift) this.move(() => this.camera.panBy(-arrow[0] * STEP_PX, -arrow[1] * STEP_PX));
    else if (arrow) this.step(arrow[0], arrow[1]);
    else if (name === "+" || name === "=") this.zoom(1.5);
    else if (name === "-") this.zoom(1 / 1.5);
    else if (name === "Home" || name === "0") this.goHome();
    else if (name === "Escape" && this.shown.chosen >= 0) this.choose(-1);
    else if (name === "Enter" && this.shown.chosen >= 0) this.open();
    else return false;
    return true;
  }

  private open(): void {
    const thread = this.threads[this.shown.chosen];
    if (thread?.href) location.assign(thread.href);
  }

  /** From thread to thread, the nearest in that direction; the first press takes the newest. */
  private step(x: number, y: number): void {
    const from = this.places[this.shown.chosen];
    if (from === undefined) return this.arrive(this.threads.length - 1);
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    this.places.forEach((place, number) => {
      const ahead = (place.lane - from.lane) * x + (place.row - from.row) * y;
      const aside = Math.abs((place.lane - from.lane) * y) + Math.abs((place.row - from.row) * x);
      if (ahead <= 0) return;
      const far = ahead + 2 * aside;
      if (far < least) [best, least] = [number, far];
    });
    if (best >= 0) this.arrive(best);
  }

  private arrive(number: number): void {
    if (number < 0) return;
    this.choose(number);
    this.show(number, Math.max(this.camera.scale, Math.min(STORY_SCALE, this.camera.width / 48)));
  }

  private show(number: number, scale: number): void {
    const place = this.places[number];
    if (place) this.flyTo({ end: place.end, pick: place.pick, scale });
  }

  private flyTo(view: View): void {
    this.halt();
    this.halt = fly(this.camera, view, this.still.matches, () => this.ask());
  }

  private move(act: () => void): void {
    this.halt();
    act();
    this.ask();
  }

  private async grow(thread: number, from: number, to: number, during: number): Promise<void> {
    if (this.still.matches || this.painter?.kind !== "shader" || document.hidden) return;
    const began = performance.now();
    await new Promise<void>((done) => {
      const step = (now: number): void => {
        const part = Math.min(1, Math.max(0, (now - began) / during));
        this.growth = { thread, woven: from + (to - from) * part };
        this.ask();
        if (part < 1) requestAnimationFrame(step);
        else done();
      };
      requestAnimationFrame(step);
    });
  }

  private ask(): void {
    if (this.asked) return;
    this.asked = requestAnimationFrame(() => {
      this.asked = 0;
      this.painter?.draw(this.camera, this.shown satisfies Shown, this.growth);
      this.view.dataset["drawn"] = String(++this.drawn);
    });
  }
}

function colourOf(text: string, otherwise: Colour): Colour {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim());
  return found ? [Number.parseInt(found[1] ?? "", 16), Number.parseInt(found[2] ?? "", 16), Number.parseInt(found[3] ?? "", 16)] : otherwise;
}
