// The cloth on a screen that stands somewhere for days: keeps itself, goes home when left alone, and lets stories rest
// once it has been without the site for a day, because somebody may have taken theirs back meanwhile.
import { Lease } from "./cloth/lease";
import { Loom, type Thread } from "./cloth/loom";

const ASK_MS = 45_000;
const ALONE_MS = 60_000;

class Kiosk {
  private readonly room: HTMLElement;
  private readonly loom: Loom;
  private readonly lease = new Lease();
  private resting = false;
  private left: number | undefined;

  constructor(room: HTMLElement, view: HTMLElement) {
    this.room = room;
    this.loom = new Loom(view, {
      cloth: room.dataset["cloth"] ?? "",
      threads: room.dataset["threads"] ?? "",
      pyramid: room.dataset["pyramid"] ?? "",
      bare: room.dataset["bare"] ?? "",
      mine: [],
      pictures: false,
      onChoose: (thread) => this.tell(thread),
    });
  }

  async start(): Promise<void> {
    if (!this.lease.holds()) await this.lease.end();
    await this.keep();
    await this.loom.start(!this.lease.holds() && !(await this.reach()));
    this.rest(!this.lease.holds());
    for (const kind of ["pointerdown", "keydown", "wheel"]) this.room.addEventListener(kind, () => this.touched(), { passive: true });
    this.room.querySelector("[data-close]")?.addEventListener("click", () => this.goHome());
    window.setInterval(() => void this.ask(), ASK_MS);
    window.addEventListener("online", () => void this.ask());
    this.room.classList.add("woven");
  }

  private touched(): void {
    window.clearTimeout(this.left);
    this.left = window.setTimeout(() => this.goHome(), ALONE_MS);
  }

  private goHome(): void {
    this.loom.goHome();
    this.room.querySelector<HTMLElement>("[data-view]")?.focus({ preventScroll: true });
  }

  /** Ask the site what there is now; without an answer the lease runs on. */
  private async ask(): Promise<void> {
    const there = await this.reach();
    if (there) {
      await this.loom.refresh().catch(() => undefined);
      this.rest(false);
    } else if (!this.lease.holds() && !this.resting) {
      await this.lease.end();
      await this.loom.forget();
      this.rest(true);
    }
  }

  private async reach(): Promise<boolean> {
    const there = await this.lease.renew(this.room.dataset["threads"] ?? "");
    return there;
  }

  private rest(resting: boolean): void {
    this.resting = resting;
    const invitation = this.room.querySelector<HTMLElement>("[data-invitation]");
    const alone = this.room.querySelector<HTMLElement>("[data-alone]");
    if (invitation) invitation.hidden = resting;
    if (alone) alone.hidden = !resting;
  }

  private tell(thread: Thread | undefined): void {
    const story = this.room.querySelector<HTMLElement>("[data-story]");
    const words = this.room.querySelector<HTMLElement>("[data-words]");
    const name = this.room.querySelector<HTMLElement>("[data-name]");
    if (story === null || words === null || name === null) return;
    story.hidden = thread === undefined;
    name.textContent = thread?.name ?? "";
    words.lang = thread?.language ?? "";
    words.replaceChildren(...paragraphs(thread?.words ?? ""));
    words.scrollTop = 0;
  }

  /** Have the service worker keep this page and all it is made of. */
  private async keep(): Promise<void> {
    if (!("serviceWorker" in navigator)) return;
    await navigator.serviceWorker.register("/worker.js");
    const registration = await navigator.serviceWorker.ready;
    const parts = performance.getEntriesByType("resource").map(({ name }) => name);
    const own = parts.filter((name) => new URL(name).origin === location.origin);
    registration.active?.postMessage({ kiosk: [location.pathname, this.room.dataset["bare"], ...own] });
  }
}

function paragraphs(text: string): HTMLElement[] {
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = part.replaceAll("*", "");
      return paragraph;
    });
}

const room = document.querySelector<HTMLElement>("[data-kiosk]");
const view = room?.querySelector<HTMLElement>("[data-view]");
if (room && view) void new Kiosk(room, view).start();
