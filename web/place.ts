// "Use where I am": the exact place is rounded here, before it leaves the phone; the site rounds it again.

const PLACES_KEPT = 3; // about 100 m: the site's own squares are larger still

export function startPlaces(): void {
  const button = document.querySelector<HTMLButtonElement>("button[data-here]");
  if (button === null || !("geolocation" in navigator) || !window.isSecureContext) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        fill("[data-latitude]", coords.latitude);
        fill("[data-longitude]", coords.longitude);
        say(button, button.dataset["done"]);
      },
      () => say(button, button.dataset["failed"]),
      { enableHighAccuracy: false, timeout: 20_000, maximumAge: 600_000 },
    );
  });
}

function fill(selector: string, value: number): void {
  const input = document.querySelector<HTMLInputElement>(`input${selector}`);
  if (input !== null) input.value = value.toFixed(PLACES_KEPT);
}

function say(button: HTMLButtonElement, text: string | undefined): void {
  button.textContent = text ?? button.textContent;
}
