// A few questions "this or that?" put the outcomes in order: each is placed among those before it by halving, so six
// outcomes take ten questions at most. The answers only fill in the numbers below, which can be changed.

export function orderByPairs(box: HTMLElement, selects: HTMLSelectElement[]): void {
  const start = box.querySelector<HTMLButtonElement>("[data-start]");
  const one = box.querySelector<HTMLButtonElement>("[data-one]");
  const two = box.querySelector<HTMLButtonElement>("[data-two]");
  const question = box.querySelector<HTMLElement>("[data-question]");
  const words = box.querySelector<HTMLElement>("[data-words]");
  if (!start || !one || !two || !question || !words) return;
  box.hidden = false;
  const label = (select: HTMLSelectElement): string => select.labels?.[0]?.textContent?.trim() ?? select.name;

  const ask = (left: HTMLSelectElement, right: HTMLSelectElement): Promise<boolean> =>
    new Promise((resolve) => {
      question.textContent = words.dataset["ask"] ?? "";
      one.textContent = label(left);
      two.textContent = label(right);
      one.onclick = () => resolve(true);
      two.onclick = () => resolve(false);
    });

  const run = async (): Promise<void> => {
    start.hidden = true;
    one.hidden = two.hidden = false;
    one.focus();
    const order: HTMLSelectElement[] = [];
    for (const select of selects) {
      let [low, high] = [0, order.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (await ask(select, order[middle]!)) high = middle;
        else low = middle + 1;
      }
      order.splice(low, 0, select);
    }
    order.forEach((select, place) => (select.value = String(place + 1)));
    question.textContent = words.dataset["done"] ?? "";
    one.hidden = two.hidden = true;
    start.hidden = false;
    start.focus();
  };
  start.addEventListener("click", () => void run());
}
