// What the room's pages say, in the reader's language: the server writes it into the page.

export interface Words {
  news: Record<string, string>;
  hints: Record<string, string>;
  why: Record<string, string>;
  standing: Record<string, string>;
  one: Counts;
  many: Counts;
  thanks: string;
  pressed: string;
}
export type Counts = Record<"here" | "held" | "unsent" | "presses" | "offered" | "answered" | "voices", string>;

const language = document.documentElement.lang || "en";
const number = new Intl.NumberFormat(language);

export function readJson<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null") as T;
}

export function count(words: Words, what: keyof Counts, n: number): string {
  return (n === 1 ? words.one : words.many)[what].replace("%(n)s", number.format(n));
}

/** Write into every `[data-say=name]`; what has nothing to say is hidden. */
export function say(name: string, text: string): void {
  document.querySelectorAll<HTMLElement>(`[data-say="${name}"]`).forEach((place) => {
    if (place.textContent !== text) place.textContent = text;
    if (["reason", "caption", "question"].includes(name)) place.hidden = text === "";
  });
}

/** Show the parts of the page that belong to a phase. */
export function showParts(phase: string, question: string): void {
  document.querySelectorAll<HTMLElement>("[data-in]").forEach((part) => {
    const phases = (part.dataset["in"] ?? "").split(" ");
    part.hidden = phases.includes("question") ? question === "" : !phases.includes(phase);
  });
}
