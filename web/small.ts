// Small conveniences; every page works without them, so their buttons are born hidden.

function reveal(selector: string, act: (button: HTMLButtonElement) => void): void {
  document.querySelectorAll<HTMLButtonElement>(selector).forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => act(button));
  });
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const text = button.dataset["copy"] || location.href;
  await navigator.clipboard.writeText(text);
  const before = button.textContent;
  button.textContent = button.dataset["done"] ?? before;
  window.setTimeout(() => {
    button.textContent = before;
  }, 2_500);
}

function selectInstead(button: HTMLButtonElement): void {
  window.prompt(button.textContent ?? "", button.dataset["copy"] || location.href);
}

export function startSmallThings(): void {
  reveal("button[data-print]", () => window.print());
  reveal("button[data-copy]", (button) => {
    copy(button).catch(() => selectInstead(button));
  });
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}
