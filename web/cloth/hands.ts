// Hands on the cloth: drag, pinch, wheel, tap; and the keyboard.

export interface Touch {
  pan(x: number, y: number): void;
  zoom(x: number, y: number, factor: number): void;
  tap(x: number, y: number): void;
  hover(x: number, y: number): void;
  key(name: string, shift: boolean): boolean; // whether it was for the cloth
}

const STILL_PX = 8;

export function layHandsOn(view: HTMLElement, touch: Touch): void {
  const fingers = new Map<number, { x: number; y: number }>();
  let moved = 0;

  const at = (event: PointerEvent | WheelEvent): { x: number; y: number } => {
    const box = view.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const lift = (event: PointerEvent): void => {
    if (!fingers.delete(event.pointerId)) return;
    const { x, y } = at(event);
    if (event.type === "pointerup" && fingers.size === 0 && moved < STILL_PX) touch.tap(x, y);
  };

  view.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (fingers.size === 0) moved = 0;
    view.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, at(event));
  });
  view.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    const now = at(event);
    if (before === undefined) {
      if (event.pointerType === "mouse") touch.hover(now.x, now.y);
      return;
    }
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other !== undefined) pinch(before, now, other, touch);
    else touch.pan(now.x - before.x, now.y - before.y);
    moved += Math.hypot(now.x - before.x, now.y - before.y);
    fingers.set(event.pointerId, now);
  });
  view.addEventListener("pointerup", lift);
  view.addEventListener("pointercancel", lift);
  view.addEventListener(
    "wheel",
    (event) => {
      // The page scrolls on over a cloth that nobody has taken into their hands.
      if (!event.ctrlKey && document.activeElement !== view && !document.fullscreenElement) return;
      event.preventDefault();
      const { x, y } = at(event);
      touch.zoom(x, y, Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)));
    },
    { passive: false },
  );
  view.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (touch.key(event.key, event.shiftKey)) event.preventDefault();
  });
}

type Point = { x: number; y: number };

function pinch(before: Point, now: Point, other: Point, touch: Touch): void {
  const wide = Math.hypot(now.x - other.x, now.y - other.y);
  const narrow = Math.hypot(before.x - other.x, before.y - other.y);
  const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
  touch.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
  if (narrow > 4) touch.zoom(middle.x, middle.y, wide / narrow);
}
