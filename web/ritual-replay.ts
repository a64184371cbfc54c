// A ritual once more, event by event: the slider walks through the record, and the same function makes each present.
import { language } from "./language";
import { apply, NOTHING, type Present } from "./ritual/present";
import { count, readJson, say, type Words } from "./ritual/words";

interface Event {
  n: number;
  kind: string;
  data: Record<string, unknown>;
  at: string;
}

const STEP_MS = 1_400;
const when = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });

function presents(events: Event[]): { at: string; present: Present }[] {
  let present = NOTHING;
  return events.map((event) => {
    present = apply(present, event.kind, event.data);
    return { at: event.at, present };
  });
}

function tell(at: string, present: Present, words: Words): void {
  say("when", when.format(new Date(at)));
  say("news", words.news[present.state] ?? "");
  say("reason", present.reason);
  say("question", present.question);
  say("caption", present.caption);
  const counts = [
    ["offered", present.offered],
    ["answered", present.answered],
    ["voices", present.voices],
    ["presses", present.pressed],
  ] as const;
  say("count", counts.filter(([, n]) => n > 0).map(([what, n]) => count(words, what, n)).join(" · "));
}

async function start(section: HTMLElement): Promise<void> {
  const words = readJson<Words>("ritual-words");
  const answer = await fetch(section.dataset["ritualReplay"] ?? "", { credentials: "same-origin" });
  const moments = presents(((await answer.json()) as { events: Event[] }).events);
  const slider = section.querySelector<HTMLInputElement>("input[type=range]");
  const button = section.querySelector<HTMLButtonElement>("[data-play]");
  if (slider === null || moments.length === 0) return;
  slider.max = String(moments.length - 1);
  const show = (): void => {
    const moment = moments[Number(slider.value)];
    if (moment === undefined) return;
    tell(moment.at, moment.present, words);
    slider.setAttribute("aria-valuetext", when.format(new Date(moment.at)));
  };
  slider.addEventListener("input", show);
  if (button) equipPlay(button, slider, show);
  show();
  section.hidden = false;
}

function equipPlay(button: HTMLButtonElement, slider: HTMLInputElement, show: () => void): void {
  let clock: number | undefined;
  const set = (on: boolean): void => {
    window.clearInterval(clock);
    button.setAttribute("aria-pressed", String(on));
    button.querySelectorAll<HTMLElement>("[data-on], [data-off]").forEach((word) => {
      word.hidden = word.hasAttribute("data-on") !== on;
    });
    if (on) clock = window.setInterval(go, STEP_MS);
  };
  const go = (): void => {
    if (slider.value === slider.max) return set(false);
    slider.value = String(Number(slider.value) + 1);
    show();
  };
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    if (on && slider.value === slider.max) slider.value = "0";
    set(on);
    show();
  });
}

document.querySelectorAll<HTMLElement>("[data-ritual-replay]").forEach((section) => {
  start(section).catch(() => undefined); // the timeline below says the same
});
