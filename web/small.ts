// Small conveniences; every page works without them, so their buttons are born hidden.

function reveal(root: ParentNode, selector: string, act: (button: HTMLButtonElement) => void): void {
  root.querySelectorAll<HTMLButtonElement>(selector).forEach((button) => {
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

function equip(root: ParentNode): void {
  reveal(root, "button[data-print]", () => window.print());
  reveal(root, "button[data-copy]", (button) => {
    copy(button).catch(() => selectInstead(button));
  });
}

export function startSmallThings(): void {
  equip(document);
  document.addEventListener("harmonia:swapped", (event) => equip(event.target as HTMLElement));
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}
