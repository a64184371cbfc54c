// `<section data-cloth="…" data-threads="…">`: the cloth to touch. Without script the picture inside it stays.
import { Loom, type Thread } from "./cloth/loom";

function start(section: HTMLElement): void {
  const view = section.querySelector<HTMLElement>("[data-view]");
  if (view === null) return;
  const card = section.querySelector<HTMLElement>("[data-chosen-card]");
  const said = section.querySelector<HTMLElement>("[data-said]");
  const loom = new Loom(view, {
    cloth: section.dataset["cloth"] ?? "",
    threads: section.dataset["threads"] ?? "",
    pyramid: section.dataset["pyramid"] ?? "",
    mine: (section.dataset["mine"] ?? "").split(" ").filter(Boolean),
    pictures: section.hasAttribute("data-pictures"),
    onChoose: (thread) => tell(card, said, thread),
  });
  loom
    .start()
    .then(() => {
      section.classList.add("woven");
      equip(section, view, loom);
    })
    .catch((failure: unknown) => {
      // The picture and the list below say the same.
      section.classList.add("unwoven");
      console.warn(failure);
    });
}

function tell(card: HTMLElement | null, said: HTMLElement | null, thread: Thread | undefined): void {
  if (said) said.textContent = thread?.name ?? "";
  if (card === null) return;
  card.hidden = thread === undefined;
  const link = card.querySelector("a");
  const name = card.querySelector("[data-name]");
  if (name) name.textContent = thread?.name ?? "";
  if (link) link.href = thread?.href ?? "#";
}

function equip(section: HTMLElement, view: HTMLElement, loom: Loom): void {
  const acts: Record<string, () => void> = {
    closer: () => loom.zoom(1.5),
    farther: () => loom.zoom(1 / 1.5),
    newest: () => loom.goHome(),
    whole: () => loom.goWhole(),
    large: () => void (document.fullscreenElement ? document.exitFullscreen() : section.requestFullscreen()),
    close: () => {
      loom.choose(-1);
      view.focus();
    },
  };
  document.addEventListener("click", (event) => {
    const pressed = (event.target as HTMLElement).closest<HTMLElement>("[data-act], [data-find]");
    if (pressed === null) return;
    const act = acts[pressed.dataset["act"] ?? ""];
    if (act && section.contains(pressed)) act();
    const code = pressed.dataset["find"];
    if (code && loom.find(code)) {
      event.preventDefault();
      view.focus({ preventScroll: true });
      section.scrollIntoView({ block: "nearest" });
    }
  });
  section.querySelectorAll<HTMLButtonElement>("[data-act]").forEach((button) => {
    button.hidden = button.dataset["act"] === "large" && !document.fullscreenEnabled;
  });
  // The list beside the cloth is live: when the server has drawn it anew, the cloth grows too.
  document.addEventListener("harmonia:swapped", () => void loom.refresh().catch(() => undefined));
  const wanted = /^#thread-(.+)$/.exec(location.hash)?.[1];
  if (wanted) loom.find(decodeURIComponent(wanted));
}

document.querySelectorAll<HTMLElement>("[data-cloth]").forEach(start);
