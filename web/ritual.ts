// The phone in a ritual: hold the light, answer, offer, press; everything else the server drew.
import { type Answer, Room } from "./room";
import { apply, NOTHING, type Present } from "./ritual/present";
import { count, readJson, say, showParts, type Words } from "./ritual/words";

function tell(present: Present, words: Words): void {
  say("news", words.news[present.state] ?? "");
  say("hint", words.hints[present.state] ?? "");
  say("reason", present.reason);
  say("question", present.question);
  say("caption", present.caption);
  say("pressed", present.pressed > 0 ? `${count(words, "presses", present.pressed)}.` : "");
  say("voices", present.vote === "voting" || present.voices > 0 ? count(words, "voices", present.voices) : "");
  showParts(present.state === "paused" ? "" : present.phase, present.question);
}

function light(section: HTMLElement, words: Words, here: number, held: number): void {
  section.style.setProperty("--light", String(here > 0 ? Math.min(held / here, 1) : 0));
  say("light", `${count(words, "here", here)} · ${count(words, "held", held)}`);
}

function equipHold(room: Room<Present>, button: HTMLButtonElement): void {
  const hold = (on: boolean) => (): void => {
    button.classList.toggle("held", on);
    room.hold(on);
  };
  button.addEventListener("pointerdown", (event) => {
    button.setPointerCapture(event.pointerId);
    hold(true)();
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture", "blur"]) button.addEventListener(end, hold(false));
  button.addEventListener("keydown", (event) => {
    if (event.key === " " || event.key === "Enter") hold(true)();
  });
  button.addEventListener("keyup", hold(false));
  // A long touch would open the phone's own menu.
  button.addEventListener("contextmenu", (event) => event.preventDefault());
}

function spoken(answer: Answer, words: Words): string {
  return answer.taken ? words.thanks : (words.why[answer.why] ?? words.why["unknown"] ?? answer.why);
}

function equipForm(room: Room<Present>, form: HTMLFormElement, words: Words): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = new FormData(form);
    const said = Object.fromEntries(
      ["kind", "words", "name", "artifact"].map((name) => [name, String(values.get(name) ?? "").trim()]),
    );
    const thanks = form.querySelector<HTMLElement>("[data-thanks]");
    const field = form.querySelector<HTMLTextAreaElement>("textarea");
    const before = field?.value ?? "";
    if (field) field.value = "";
    if (thanks) thanks.textContent = "…";
    void room.say("offer", said).then((answer) => {
      if (thanks) thanks.textContent = spoken(answer, words);
      if (!answer.taken && field && field.value === "") field.value = before;
    });
  });
}

function equipPress(room: Room<Present>, button: HTMLButtonElement, words: Words): void {
  button.addEventListener("click", () => {
    button.disabled = true;
    void room.say("press").then((answer) => {
      button.textContent = answer.taken ? words.pressed : spoken(answer, words);
      button.disabled = answer.taken;
    });
  });
}

function start(section: HTMLElement): void {
  const words = readJson<Words>("ritual-words");
  let present = readJson<Present | null>("ritual-present") ?? NOTHING;
  const room = new Room<Present>(section.dataset["ritualPhone"] ?? "", section.dataset["who"] ?? "", {
    state: (state) => {
      present = state;
      tell(present, words);
    },
    event: (fact) => {
      present = apply(present, fact.kind, fact.data);
      tell(present, words);
    },
    standing: (standing) => {
      section.dataset["standing"] = standing;
      say("standing", words.standing[standing] ?? "");
    },
    light: ({ here, held }) => light(section, words, here, held),
    unsent: (waiting) => say("unsent", waiting > 0 ? count(words, "unsent", waiting) : ""),
  });
  const hold = section.querySelector<HTMLButtonElement>("[data-hold]");
  if (hold) equipHold(room, hold);
  document.querySelectorAll<HTMLFormElement>("form[data-offer]").forEach((form) => equipForm(room, form, words));
  document.querySelectorAll<HTMLButtonElement>("[data-press]").forEach((button) => equipPress(room, button, words));
  tell(present, words);
}

document.querySelectorAll<HTMLElement>("[data-ritual-phone]").forEach(start);
