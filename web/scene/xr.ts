// Into the room: a headset, or a telephone that sees it (WebXR). Offered only where the browser says that it can.
import { Color } from "three";
import type { Light } from "./light";
import type { Show } from "./show";

type Kind = "immersive-ar" | "immersive-vr";

interface Rooms {
  isSessionSupported(kind: Kind): Promise<boolean>;
  requestSession(kind: Kind, options: object): Promise<XRSession>;
}

export async function roomOf(): Promise<Kind | undefined> {
  const rooms = (navigator as { xr?: Rooms }).xr;
  if (rooms === undefined) return undefined;
  for (const kind of ["immersive-ar", "immersive-vr"] as const) {
    if (await rooms.isSessionSupported(kind).catch(() => false)) return kind;
  }
  return undefined;
}

/** Show it a step away at the height of the chest, half a metre tall, until the person leaves. */
export async function enter(kind: Kind, light: Light, show: Show, now: () => number, still: boolean): Promise<void> {
  const rooms = (navigator as { xr?: Rooms }).xr;
  if (rooms === undefined) return;
  const session = await rooms.requestSession(kind, { optionalFeatures: ["local-floor"] });
  const { renderer } = light;
  renderer.xr.enabled = true;
  await renderer.xr.setSession(session);
  show.world.position.set(0, 1.2, -1.1);
  show.world.scale.setScalar(0.27);
  show.scene.background = kind === "immersive-vr" ? new Color(0x07171a) : null;
  renderer.setAnimationLoop(() => {
    show.at(now(), still);
    renderer.render(show.scene, renderer.xr.getCamera());
  });
  await new Promise((over) => session.addEventListener("end", over, { once: true }));
  renderer.setAnimationLoop(null);
  renderer.xr.enabled = false;
  show.world.position.set(0, 0, 0);
  show.world.scale.setScalar(1);
  show.scene.background = null;
}
