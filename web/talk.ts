// A stance by one key or one swipe, and a count of characters while one writes. Without script: buttons and the server.

const FAR = 70; // [px] a swipe, not a touch

function startStance(card: HTMLElement): void {
  const button = (key: string): HTMLButtonElement | null => card.querySelector(`button[data-key="${key}"]`);
  card.querySelector<HTMLElement>("[data-hint]")?.removeAttribute("hidden");
  // Only while the card has the focus (it has when the page opens): single keys must not surprise anybody elsewhere.
  card.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const found = button(event.key.toLowerCase());
    if (found) {
      event.preventDefault();
      found.click();
    }
  });
  let from: { x: number; y: number } | null = null;
  card.addEventListener("touchstart", (event) => {
    const touch = event.changedTouches[0];
    from = touch && event.touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null;
  }, { passive: true });
  card.addEventListener("touchend", (event) => {
    const touch = event.changedTouches[0];
    if (!from || !touch) return;
    const [across, up] = [touch.clientX - from.x, from.y - touch.clientY];
    from = null;
    // Upwards is how one reads on: it is no stance.
    if (Math.abs(across) > FAR && Math.abs(across) > 2 * Math.abs(up)) button(across > 0 ? "a" : "d")?.click();
  }, { passive: true });
}

function startCounter(area: HTMLTextAreaElement): void {
  const counter = area.form?.querySelector<HTMLElement>("[data-counter]");
  if (!counter) return;
  const show = (): void => {
    const length = area.value.trim().replace(/\s+/g, " ").length;
    const missing = area.minLength - length;
    counter.textContent =
      missing > 0
        ? `${missing} ${counter.dataset["short"] ?? ""}`
        : `${area.maxLength - length} ${counter.dataset["left"] ?? ""}`;
  };
  counter.hidden = false;
  area.addEventListener("input", show);
  show();
}

document.querySelectorAll<HTMLElement>("[data-statement]").forEach(startStance);
document.querySelectorAll<HTMLTextAreaElement>("textarea[data-count]").forEach(startCounter);
