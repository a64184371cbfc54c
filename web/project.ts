// A quilt without anybody watching: `harmonia project` serves this page to a headless browser on the same machine, and
// takes the picture back. Same show, same cameras as on the page of a scene.
import { PRESETS } from "./scene/frusta";
import { blobOf, Light } from "./scene/light";
import { Show, type Story } from "./scene/show";

async function project(): Promise<void> {
  const story = (await (await fetch("scene.json")).json()) as Story & { preset: string; second: number };
  const preset = PRESETS[story.preset];
  if (preset === undefined) throw new Error(`there is no preset ${story.preset}`);
  const show = new Show(story);
  await Promise.all([show.load(), document.fonts.load("56px Fraunces")]);
  const light = new Light(document.createElement("canvas"), false);
  const quilt = document.createElement("canvas");
  show.at(story.second, true);
  await light.quilt(show, preset, quilt, () => undefined);
  await fetch("picture", { method: "POST", body: await blobOf(quilt) });
}

project().catch((failure: unknown) => void fetch("failure", { method: "POST", body: String(failure) }));
