// `<form data-queue="/bring/queue/">`: what is weighed in is kept on this phone first and sent when the site answers.
// Each item carries its key, so that what is sent twice is booked once. Without script the form works as any form.

import { language } from "./language";
import { all, change, drop, keep, type Kept } from "./kept";

const PATIENCE_MS = 8_000;
const AGAIN_MS = 20_000;
type Outcome = { state: "sent"; link: string } | { state: "refused"; words: string } | { state: "later" };

interface Door {
  person: string;
  token: string;
}

class Queue {
  private readonly form: HTMLFormElement;
  private readonly list: HTMLElement;
  private readonly address: string;
  private sending = Promise.resolve();

  constructor(form: HTMLFormElement, list: HTMLElement) {
    this.form = form;
    this.list = list;
    this.address = form.dataset["queue"] ?? "";
  }

  start(): void {
    this.choose(new URLSearchParams(location.search));
    this.form.addEventListener("input", () => this.sumUp());
    this.sumUp();
    this.form.addEventListener("submit", (event) => {
      if (!this.form.reportValidity()) return;
      event.preventDefault();
      void this.weighIn();
    });
    this.list.addEventListener("click", (event) => void this.pressed(event.target as HTMLElement));
    window.addEventListener("online", () => this.sendAll());
    document.addEventListener("visibilitychange", () => this.sendAll());
    window.setInterval(() => this.sendAll(), AGAIN_MS);
    this.sendAll();
  }

  private choose(scanned: URLSearchParams): void {
    // The code on a bin was scanned: a page that was kept for later does not know of it, so it is read here.
    const points = JSON.parse(this.form.dataset["points"] || "{}") as Record<string, number>;
    const bins = JSON.parse(this.form.dataset["bins"] || "{}") as Record<string, [number | null, number | null]>;
    const bin = scanned.get("bin") ?? "";
    const [stands, material] = bins[bin] ?? [null, null];
    this.tick("point", points[scanned.get("at") ?? ""] ?? stands);
    this.tick("substance", material);
    const list = this.form.elements.namedItem("container");
    if (list instanceof HTMLSelectElement && bin in bins) list.value = bin;
  }

  private tick(name: string, value: number | null): void {
    const tile = value === null ? null : this.form.querySelector<HTMLInputElement>(`[name="${name}"][value="${value}"]`);
    if (tile) tile.checked = true;
  }

  private get person(): string {
    return this.form.dataset["person"] ?? "";
  }

  private async weighIn(): Promise<void> {
    const fields: Record<string, string> = {};
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") fields[name] = value;
    }
    fields["key"] = newKey();
    const item: Kept = { person: this.person, fields, at: new Date().toISOString(), words: this.describe() };
    try {
      item.id = await keep(item);
    } catch {
      this.form.submit(); // no room on this phone: the plain way, while the site is there
      return;
    }
    const waiting = (await this.own()).filter((other) => other.refused === undefined);
    const outcome = waiting.length === 1 ? await this.send(item, true) : ({ state: "later" } as const);
    if (outcome.state === "sent") location.assign(outcome.link);
    else if (outcome.state === "refused") {
      await drop(item.id); // the site is there and says why beside the field, with what was typed
      this.form.submit();
    } else {
      this.empty();
      await this.show(true);
      this.sendAll();
    }
  }

  private empty(): void {
    const weight = this.form.elements.namedItem("kilograms");
    if (weight instanceof HTMLInputElement) {
      weight.value = "";
      weight.focus();
      this.sumUp();
    }
  }

  private describe(): string {
    const weight = (this.form.elements.namedItem("kilograms") as HTMLInputElement).value;
    return `${weight} kg · ${this.chosen("substance")}`;
  }

  private chosen(name: string): string {
    const label = this.form.querySelector<HTMLInputElement>(`[name="${name}"]:checked`)?.closest("label");
    const words = label?.cloneNode(true) as HTMLElement | undefined;
    words?.querySelector(".note")?.remove();
    return words?.textContent?.trim() ?? "";
  }

  /** The button lies at hand wherever one reads, so what was chosen elsewhere stands beside it. */
  private sumUp(): void {
    const place = this.form.querySelector<HTMLElement>("[data-summary]");
    if (place === null) return;
    const weight = (this.form.elements.namedItem("kilograms") as HTMLInputElement).value;
    const parts = [weight && `${weight} kg`, ...["substance", "point", "foreign_kind"].map((name) => this.chosen(name))];
    place.textContent = parts.filter(Boolean).join(" · ");
    place.hidden = false;
  }

  private async own(): Promise<Kept[]> {
    return (await all()).filter((item) => item.person === this.person);
  }

  private sendAll(): void {
    // One after the other, in the order of weighing; a second call waits for the first.
    this.sending = this.sending.then(() => this.sendWaiting()).catch(() => undefined);
  }

  private async sendWaiting(): Promise<void> {
    let moved = false;
    for (const item of await this.own()) {
      if (item.refused !== undefined) continue;
      const outcome = await this.send(item);
      if (outcome.state === "later") break;
      moved = true;
    }
    await this.show(moved);
  }

  private async send(item: Kept, now = false): Promise<Outcome> {
    const outcome = await this.post(item, now).catch((): Outcome => ({ state: "later" }));
    if (outcome.state === "sent" && item.id !== undefined) await drop(item.id);
    if (outcome.state === "refused") await change({ ...item, refused: outcome.words });
    return outcome;
  }

  private async post(item: Kept, now: boolean): Promise<Outcome> {
    const door = now ? this.here() : await this.ask();
    if (door === null || door.person !== item.person) return { state: "later" };
    const answer = await fetch(this.address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": door.token },
      body: JSON.stringify({ ...item.fields, at: item.at, ...(now ? { say: "thanks" } : {}) }),
      keepalive: now, // who leaves the page at once is not kept waiting, and nothing is lost
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status !== 200 && answer.status !== 409) return { state: "later" };
    return (await answer.json()) as Outcome;
  }

  private here(): Door {
    // The token this page came with; where it is too old the site says no, and the queue asks for a new one.
    const field = this.form.elements.namedItem("csrfmiddlewaretoken");
    return { person: this.person, token: field instanceof HTMLInputElement ? field.value : "" };
  }

  private async ask(): Promise<Door | null> {
    const answer = await fetch(this.address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.ok ? ((await answer.json()) as Door) : null;
  }

  private async pressed(target: HTMLElement): Promise<void> {
    const button = target.closest<HTMLButtonElement>("button[data-item]");
    const item = (await this.own()).find((found) => found.id === Number(button?.dataset["item"]));
    if (button === null || item?.id === undefined) return;
    if (button.name === "drop") await drop(item.id);
    else {
      const { refused: _refused, ...again } = item;
      await change(again);
      this.sendAll();
    }
    await this.show(true);
  }

  private async show(say: boolean): Promise<void> {
    const everything = await all();
    const own = everything.filter((item) => item.person === this.person);
    const others = everything.length - own.length;
    const rows = own.map((item) => this.row(item));
    const list = this.list.querySelector("ul");
    list?.replaceChildren(...rows);
    const foreign = this.list.querySelector<HTMLElement>("[data-others]");
    if (foreign) {
      foreign.hidden = others === 0;
      const count = foreign.querySelector("b");
      if (count) count.textContent = String(others);
    }
    const waits = this.list.querySelector<HTMLElement>("[data-waits]");
    if (waits) waits.hidden = own.every((item) => item.refused !== undefined);
    this.list.hidden = everything.length === 0;
    const heading = this.list.querySelector<HTMLElement>("[data-count]");
    if (heading) heading.textContent = String(own.length);
    if (say && own.length > 0) this.list.scrollIntoView({ block: "nearest" });
  }

  private row(item: Kept): HTMLElement {
    const template = this.list.querySelector<HTMLTemplateElement>(item.refused === undefined ? "#kept-waiting" : "#kept-refused");
    const row = template?.content.firstElementChild?.cloneNode(true) as HTMLElement;
    const put = (name: string, words: string): void => {
      const place = row.querySelector(`[data-${name}]`);
      if (place) place.textContent = words;
    };
    put("words", item.words);
    put("when", new Date(item.at).toLocaleString(language, { dateStyle: "short", timeStyle: "short" }));
    put("why", item.refused ?? "");
    row.querySelectorAll<HTMLButtonElement>("button").forEach((button) => {
      button.dataset["item"] = String(item.id);
    });
    return row;
  }
}

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function keepPage(): Promise<void> {
  // What this page needs is fetched again by the service worker, so that it opens without a network.
  const registration = await navigator.serviceWorker.register("/worker.js");
  await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  const addresses = parts.filter((name) => new URL(name).pathname.startsWith("/static/"));
  const told = new MessageChannel();
  told.port1.onmessage = () => {
    document.documentElement.dataset["offline"] = "ready";
  };
  registration.active?.postMessage({ keep: ["/bring/", ...new Set(addresses)] }, [told.port2]);
}

const form = document.querySelector<HTMLFormElement>("form[data-queue]");
const list = document.getElementById("kept");
if (form !== null && list !== null) {
  new Queue(form, list).start();
  if ("serviceWorker" in navigator) void keepPage().catch(() => undefined);
}
const insecure = document.getElementById("insecure");
if (insecure !== null) insecure.hidden = window.isSecureContext;
