// `<form data-check="/address/" data-check-into="id">`: while the form is filled in, the server says what it thinks of it.
// The server judges again when the form is sent; without script nothing is lost but the early word.

const PAUSE_MS = 500;

function listen(form: HTMLFormElement): void {
  const place = document.getElementById(form.dataset["checkInto"] ?? "");
  const address = form.dataset["check"];
  if (place === null || address === undefined) return;
  let pause: number | undefined;
  let newest = 0;
  const ask = async (): Promise<void> => {
    const own = ++newest;
    const answer = await fetch(address, { method: "POST", body: new FormData(form) });
    const words = answer.ok ? await answer.text() : "";
    // A slow answer to an older question is dropped.
    if (own === newest && words.trim() !== place.innerHTML.trim()) place.innerHTML = words;
  };
  form.addEventListener("input", () => {
    window.clearTimeout(pause);
    pause = window.setTimeout(() => void ask().catch(() => undefined), PAUSE_MS);
  });
}

export function startChecks(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-check]").forEach(listen);
}
