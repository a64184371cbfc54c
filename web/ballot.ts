// `<form data-ballot>`: what is ticked is added up while one ticks, outcomes can be ordered in pairs, and who wants to
// keeps a copy of the ballot on this device. Without script the form works as any form.

import { keepCopy, readCopy } from "./copies";
import { orderByPairs } from "./pairs";

type Points = Record<string, number>;

function chosen(form: HTMLFormElement): Points {
  const points: Points = {};
  form.querySelectorAll<HTMLInputElement>("input[data-cost]:checked").forEach((field) => {
    const given = field.type === "radio" ? Number(field.value) : 1;
    if (given > 0) points[field.name.replace(/^option-/, "")] = given;
  });
  return points;
}

function cost(form: HTMLFormElement): number {
  const counted = [...form.querySelectorAll<HTMLInputElement>("input[data-cost]:checked")];
  return counted
    .filter((field) => field.type !== "radio" || Number(field.value) > 0)
    .reduce((sum, field) => sum + Number(field.dataset["cost"]), 0);
}

function startBar(form: HTMLFormElement): void {
  const bar = form.querySelector<HTMLElement>("[data-budget]");
  const sum = bar?.querySelector<HTMLElement>("[data-sum]");
  const progress = bar?.querySelector("progress");
  if (!bar || !sum || !progress) return;
  const budget = Number(bar.dataset["budget"]);
  const money = new Intl.NumberFormat(document.documentElement.lang);
  const pattern = sum.textContent ?? "";
  const words = pattern.match(/^(\D*)[\d.,\s\u00a0]*\d(.*)$/s);
  const show = (): void => {
    const total = cost(form);
    progress.value = Math.min(total, budget);
    sum.textContent = words ? `${words[1]}${money.format(total)}${words[2]}` : money.format(total);
    bar.classList.toggle("ember", total > budget);
    bar.querySelector<HTMLElement>("[data-over]")?.toggleAttribute("hidden", total <= budget);
  };
  form.addEventListener("change", show);
  show();
  form.querySelector<HTMLElement>("[data-no-script]")?.setAttribute("hidden", "");
}

function startCopy(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>("[data-copy-choice]");
  const wanted = box?.querySelector<HTMLInputElement>("input");
  const vote = form.dataset["ballot"] ?? "";
  const mark = form.dataset["mark"] ?? "";
  if (!box || !wanted) return;
  box.hidden = false;
  wanted.checked = readCopy(vote, mark) !== null;
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button instanceof HTMLButtonElement && button.name === "look") return;
    keepCopy(vote, mark, wanted.checked ? chosen(form) : null);
  });
}

document.querySelectorAll<HTMLFormElement>("form[data-ballot]").forEach((form) => {
  startBar(form);
  startCopy(form);
  const pairs = form.querySelector<HTMLElement>("[data-pairs]");
  if (pairs) orderByPairs(pairs, [...form.querySelectorAll<HTMLSelectElement>("select[data-rank]")]);
});
