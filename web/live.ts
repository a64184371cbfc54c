// Live sections: `<section id="x" data-live="nexus">` is fetched again when its topic advances.
// The server draws every page; this file only asks for it again and swaps what changed.

const SETTLE_MS = 400;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

const lastSeen = new Map<string, string>();
const sources = new Map<string, EventSource>();
const waits = new Map<string, number>();
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
  if (old.dataset["drawn"] === fresh.outerHTML || isBeingUsed(old)) return false;
  const active = document.activeElement;
  const focused = active !== null && old.contains(active) ? active : null;
  keepOpen(old, fresh);
  const source = fresh.outerHTML;
  const placed = document.importNode(fresh, true);
  placed.dataset["drawn"] = source;
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

function refreshSoon(): void {
  if (document.hidden) {
    missed = true;
    return;
  }
  window.clearTimeout(settling);
  settling = window.setTimeout(() => {
    refresh().catch(() => {
      missed = true;
    });
  }, SETTLE_MS);
}

function listen(topic: string): void {
  const since = lastSeen.get(topic);
  const query = since === undefined ? "" : `?last-event-id=${encodeURIComponent(since)}`;
  const source = new EventSource(`/live/${encodeURIComponent(topic)}${query}`);
  sources.set(topic, source);
  const heard = (event: MessageEvent): void => {
    if (event.lastEventId) lastSeen.set(topic, event.lastEventId);
    refreshSoon();
  };
  source.onmessage = heard;
  source.addEventListener("advanced", heard);
  source.onopen = () => waits.delete(topic);
  source.onerror = () => {
    // The browser itself retries a broken stream; a refused one it gives up.
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
  if (missed) {
    missed = false;
    refreshSoon();
  }
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
  resume();
  document.addEventListener("visibilitychange", followVisibility);
  document.addEventListener("focusout", () => {
    if (missed) resume();
  });
  window.addEventListener("pagehide", hush);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) followVisibility();
  });
}
