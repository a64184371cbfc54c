// A live room from a phone's side: comes back by itself, keeps what is unsent, delivers it once, sees the exact present.
// `new Room("ritual-12", pseudonym, { state, event, … })`; the page draws, this file only talks.

export interface Fact {
  n: number;
  kind: string;
  data: Record<string, unknown>;
  at: string;
}
export interface Light {
  here: number;
  held: number;
}
// connecting: on its way · open: in the room · away: no network or no site · shut: the room is not open for this visitor
export type Standing = "connecting" | "open" | "away" | "shut";

export interface Ears<State> {
  state(state: State, n: number): void; // the whole present: forget what was known before
  event(fact: Fact): void; // the next event, in order, none twice, none missing
  standing?(standing: Standing): void;
  light?(light: Light): void;
  unsent?(count: number): void;
}

export interface Answer {
  taken: boolean;
  why: string; // a sentence, or a code of the hub
  data: Record<string, unknown>;
}

interface Waiting {
  id: string;
  kind: string;
  data: Record<string, unknown>;
}
type Message<State> =
  | { t: "state"; n: number; state: State }
  | ({ t: "event" } & Fact)
  | { t: "ack"; id: string; data: Record<string, unknown> }
  | { t: "no"; id: string; why: string }
  | ({ t: "light" } & Light)
  | { t: "ping" };

const PROTOCOL = "harmonia.room.1";
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const SILENCE_MS = 60_000; // the hub pings every 25 s
const AGAIN_MS = 1_500;
const AGAIN = new Set(["try-again", "too-fast"]); // the hub's own words for "keep it and ask me again"
const MOST_KEPT = 200;

export class Room<State> {
  private socket: WebSocket | undefined;
  private number: number | undefined;
  private wait = FIRST_WAIT_MS;
  private retry: number | undefined;
  private silence: number | undefined;
  private again: number | undefined;
  private sent: string | undefined;
  private ended = false;
  private connecting = false;
  private holding = false;
  private readonly answers = new Map<string, (answer: Answer) => void>();
  private outbox: Waiting[];

  constructor(
    readonly name: string,
    readonly who: string, // what one person left unsent is never sent in another's name
    private readonly ears: Ears<State>,
    private readonly storage: Storage = localStorage,
  ) {
    this.outbox = this.restore();
    window.addEventListener("online", this.comeBack);
    window.addEventListener("offline", this.goAway);
    document.addEventListener("visibilitychange", this.comeBack);
    this.tellUnsent();
    void this.connect();
  }

  // Keep an input and deliver it as soon as there is a way; the promise is kept across lost networks, not across reloads.
  say(kind: string, data: Record<string, unknown> = {}): Promise<Answer> {
    if (this.outbox.length >= MOST_KEPT) return Promise.resolve({ taken: false, why: "too-many", data: {} });
    const waiting = { id: newKey(), kind, data };
    this.outbox.push(waiting);
    this.keep();
    const answered = new Promise<Answer>((resolve) => this.answers.set(waiting.id, resolve));
    this.deliver();
    return answered;
  }

  // Light, not speech: what is held while nobody hears it is simply not seen.
  hold(on: boolean): void {
    if (this.holding === on) return;
    this.holding = on;
    this.send({ t: "hold", on });
  }

  close(): void {
    this.ended = true;
    window.removeEventListener("online", this.comeBack);
    window.removeEventListener("offline", this.goAway);
    document.removeEventListener("visibilitychange", this.comeBack);
    this.drop();
  }

  private readonly comeBack = (): void => {
    if (document.hidden || this.socket || this.ended) return;
    this.wait = FIRST_WAIT_MS;
    void this.connect();
  };

  private readonly goAway = (): void => {
    this.drop();
    this.ears.standing?.("away");
  };

  private async connect(): Promise<void> {
    if (this.connecting || this.socket || this.ended) return;
    this.connecting = true;
    window.clearTimeout(this.retry);
    this.ears.standing?.("connecting");
    try {
      const token = await this.token();
      if (token === undefined) this.ears.standing?.("shut");
      else if (!this.ended) this.open(token);
    } catch {
      this.later();
    } finally {
      this.connecting = false;
    }
  }

  private async token(): Promise<string | undefined> {
    const address = `/rooms/${encodeURIComponent(this.name)}/token/`;
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
    if (answer.status === 404 || answer.status === 403) return undefined;
    if (!answer.ok) throw new Error(String(answer.status));
    return ((await answer.json()) as { token: string }).token;
  }

  private open(token: string): void {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const since = this.number === undefined ? "" : `?since=${this.number}`;
    const socket = new WebSocket(`${scheme}//${location.host}/live/rooms/${this.name}${since}`, [PROTOCOL, token]);
    this.socket = socket;
    socket.onopen = () => {
      this.wait = FIRST_WAIT_MS;
      this.ears.standing?.("open");
      this.listenForSilence();
      if (this.holding) this.send({ t: "hold", on: true });
      this.deliver();
    };
    socket.onmessage = (said: MessageEvent<string>) => {
      if (socket === this.socket) this.take(JSON.parse(said.data) as Message<State>);
    };
    socket.onclose = () => {
      if (socket !== this.socket) return;
      this.drop();
      this.later();
    };
  }

  private take(message: Message<State>): void {
    this.listenForSilence();
    switch (message.t) {
      case "state":
        if (this.number !== undefined && message.n < this.number) return;
        this.number = message.n;
        return this.ears.state(message.state, message.n);
      case "event":
        return this.takeEvent(message);
      case "ack":
        return this.settle(message.id, { taken: true, why: "", data: message.data });
      case "no":
        return this.refused(message.id, message.why);
      case "light":
        return this.ears.light?.(message);
      case "ping":
        return this.send({ t: "here" });
    }
  }

  private takeEvent(fact: Fact): void {
    if (this.number === undefined || fact.n <= this.number) return;
    if (fact.n > this.number + 1) return this.send({ t: "sync" });
    this.number = fact.n;
    this.ears.event(fact);
  }

  // One at a time, oldest first: the order in which somebody spoke is the order in which they are heard.
  private deliver(): void {
    const first = this.outbox[0];
    if (first === undefined || this.sent !== undefined || this.socket?.readyState !== WebSocket.OPEN) return;
    this.sent = first.id;
    this.send({ t: "say", id: first.id, kind: first.kind, data: first.data });
  }

  private settle(id: string, answer: Answer): void {
    this.outbox = this.outbox.filter((waiting) => waiting.id !== id);
    this.keep();
    if (this.sent === id) this.sent = undefined;
    this.answers.get(id)?.(answer);
    this.answers.delete(id);
    this.deliver();
  }

  private refused(id: string, why: string): void {
    if (!AGAIN.has(why)) return this.settle(id, { taken: false, why, data: {} });
    window.clearTimeout(this.again);
    this.again = window.setTimeout(() => {
      this.sent = undefined;
      this.deliver();
    }, AGAIN_MS);
  }

  private listenForSilence(): void {
    window.clearTimeout(this.silence);
    this.silence = window.setTimeout(() => {
      this.drop();
      this.later();
    }, SILENCE_MS);
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = undefined;
    this.sent = undefined; // whether it arrived is not known: it is sent again under its key
    window.clearTimeout(this.silence);
    window.clearTimeout(this.again);
    window.clearTimeout(this.retry);
    socket?.close();
  }

  private later(): void {
    if (this.ended) return;
    this.ears.standing?.("away");
    this.retry = window.setTimeout(() => void this.connect(), this.wait * (0.5 + Math.random()));
    this.wait = Math.min(2 * this.wait, LONGEST_WAIT_MS);
  }

  private send(frame: Record<string, unknown>): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  private get shelf(): string {
    return `harmonia-room:${this.name}:${this.who}`;
  }

  private restore(): Waiting[] {
    try {
      const kept: unknown = JSON.parse(this.storage.getItem(this.shelf) ?? "[]");
      return Array.isArray(kept) ? (kept as Waiting[]) : [];
    } catch {
      return [];
    }
  }

  private keep(): void {
    try {
      this.storage.setItem(this.shelf, JSON.stringify(this.outbox));
    } catch {
      // A full or forbidden storage: the page still holds it while it is open.
    }
    this.tellUnsent();
  }

  private tellUnsent(): void {
    this.ears.unsent?.(this.outbox.length);
  }
}

function newKey(): string {
  // Not randomUUID: a site on a home network may be served without TLS.
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
