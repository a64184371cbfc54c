// *My voice*: what one's own ballot did, worked out here from a copy on this device. The site knows only what everybody
// can read: what was chosen, in which order, and what each supporter paid.

import { eraseCopies, readCopy } from "./copies";

interface Decided {
  vote: string;
  mark: string;
  title: string;
  currency: string;
  endowment: string | null;
  rounds: { project: string; title: string; price: string | null }[];
  lost: { project: string; title: string }[];
  scored: boolean;
}

function amount(text: string): number {
  const [top, bottom] = text.split("/");
  return Number(top) / Number(bottom ?? 1);
}

// Whoever supports what is bought pays the price of the round, or all they have left: Equal Shares, one purse.
export function paid(decided: Decided, points: Record<string, number>): { title: string; price: number | null }[] {
  let purse = decided.endowment === null ? Infinity : amount(decided.endowment);
  return decided.rounds
    .filter((round) => (points[round.project] ?? 0) > 0)
    .map((round) => {
      if (round.price === null || decided.scored) return { title: round.title, price: null };
      const price = Math.min(purse, amount(round.price));
      purse -= price;
      return { title: round.title, price };
    });
}

function tell(card: HTMLElement, decided: Decided, points: Record<string, number>): void {
  const money = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
  const list = document.createElement("ul");
  const line = (text: string): void => {
    const item = document.createElement("li");
    item.textContent = text;
    list.append(item);
  };
  const said = (name: string, values: Record<string, string>): string =>
    Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), card.dataset[name] ?? "");
  for (const { title, price } of paid(decided, points)) {
    if (price === null) line(said("helped", { title }));
    else line(said("paid", { title, price: `${decided.currency}\u00a0${money.format(price)}` }));
  }
  decided.lost.filter((lost) => (points[lost.project] ?? 0) > 0).forEach(({ title }) => line(said("lost", { title })));
  if (!list.children.length) line(card.dataset["nothing"] ?? "");
  card.querySelector("[data-effect]")?.replaceChildren(list);
}

function show(): void {
  document.querySelectorAll<HTMLElement>("[data-decided]").forEach((card) => {
    const decided = JSON.parse(card.dataset["decided"] ?? "{}") as Decided;
    const copy = readCopy(decided.vote, decided.mark);
    const effect = card.querySelector<HTMLElement>("[data-effect]");
    if (copy) tell(card, decided, copy.points);
    else if (effect) effect.textContent = card.dataset["nocopy"] ?? "";
  });
}

show();
const erase = document.querySelector<HTMLButtonElement>("button[data-erase]");
if (erase) {
  erase.hidden = false;
  erase.addEventListener("click", () => {
    eraseCopies();
    erase.textContent = erase.dataset["done"] ?? erase.textContent;
    show();
  });
}
