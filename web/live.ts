// Live sections: `<section id="x" data-live="nexus">` is fetched again when its topic advances.
// The server draws every page; this file only asks for it again and swaps what changed.

const SETTLE_MS = 400;
const RETURN_MS = 3_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

const sources = new Map<string, EventSource>();
const waits = new Map<string, number>();
// A section as the server wrote it, before islands drew into it.
const written = new WeakMap<HTMLElement, string>();
let settling: number | undefined;
let missed = false;

function sections(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-live][id]")];
}

function topics(): Set<string> {
  return new Set(sections().map((section) => section.dataset["live"] ?? "").filter(Boolean));
}

function isBeingUsed(section: HTMLElement): boolean {
  const active = document.activeElement;
  return active !== null && section.contains(active) && active.matches("input, select, textarea");
}

function keepOpen(old: HTMLElement, fresh: HTMLElement): void {
  const before = old.querySelectorAll("details");
  fresh.querySelectorAll("details").forEach((details, index) => {
    details.open = before[index]?.open ?? details.open;
  });
}

function focusLike(previous: Element, fresh: HTMLElement): void {
  const href = previous.getAttribute("href");
  const twin = previous.id
    ? document.getElementById(previous.id)
    : [...fresh.querySelectorAll<HTMLElement>(previous.tagName)].find(
        (candidate) =>
          candidate.getAttribute("href") === href && candidate.textContent === previous.textContent,
      );
  twin?.focus({ preventScroll: true });
}

function swap(old: HTMLElement, fresh: HTMLElement): boolean {
  const source = fresh.outerHTML;
  if (written.get(old) === source) return false;
  if (isBeingUsed(old)) {
    missed = true;
    return false;
  }
  const active = document.activeElement;
  const focused = active !== null && old.contains(active) ? active : null;
  keepOpen(old, fresh);
  const placed = document.importNode(fresh, true);
  written.set(placed, source);
  old.replaceWith(placed);
  if (focused) focusLike(focused, placed);
  placed.dispatchEvent(new CustomEvent("harmonia:swapped", { bubbles: true }));
  return true;
}

function announce(): void {
  const notice = document.getElementById("live-notice");
  if (notice) notice.textContent = document.body.dataset["liveNotice"] ?? "";
  window.setTimeout(() => notice?.replaceChildren(), 5_000);
}

async function refresh(): Promise<void> {
  const answer = await fetch(location.href, { headers: { "X-Live": "1" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const changed = sections().filter((old) => {
    const fresh = page.getElementById(old.id);
    return fresh !== null && swap(old, fresh);
  });
  if (changed.length > 0) announce();
}

function refreshSoon(wait = SETTLE_MS): void {
  if (document.hidden) {
    missed = true;
    return;
  }
  window.clearTimeout(settling);
  settling = window.setTimeout(() => {
    refresh().catch(() => {
      missed = true;
    });
  }, wait);
}

function catchUp(wait = SETTLE_MS): void {
  if (!missed) return;
  missed = false;
  refreshSoon(wait);
}

function listen(topic: string): void {
  const source = new EventSource(`/live/${encodeURIComponent(topic)}`);
  sources.set(topic, source);
  source.onmessage = () => refreshSoon();
  source.onopen = () => {
    waits.delete(topic);
    // After a restart everybody comes back at once: spread what they ask.
    catchUp(Math.random() * RETURN_MS);
  };
  source.onerror = () => {
    missed = true;
    // The browser itself retries a broken stream, with Last-Event-ID; a refused one it gives up.
    if (source.readyState === EventSource.CLOSED) retryLater(topic);
  };
}

function retryLater(topic: string): void {
  const wait = waits.get(topic) ?? FIRST_WAIT_MS;
  waits.set(topic, Math.min(2 * wait, LONGEST_WAIT_MS));
  sources.delete(topic);
  window.setTimeout(() => {
    if (!document.hidden && !sources.has(topic) && topics().has(topic)) listen(topic);
  }, wait * (0.5 + Math.random()));
}

function hush(): void {
  sources.forEach((source) => source.close());
  sources.clear();
}

function resume(): void {
  topics().forEach((topic) => {
    if (!sources.has(topic)) listen(topic);
  });
  catchUp();
}

// A browser holds six connections to a site: pages nobody looks at give theirs back.
function followVisibility(): void {
  if (document.hidden) {
    hush();
    missed = true;
  } else {
    resume();
  }
}

export function startLive(): void {
  if (topics().size === 0) return;
  sections().forEach((section) => written.set(section, section.outerHTML));
  resume();
  document.addEventListener("visibilitychange", followVisibility);
  document.addEventListener("focusout", () => {
    catchUp();
  });
  window.addEventListener("pagehide", hush);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) followVisibility();
  });
}
