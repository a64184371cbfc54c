// Builds the stylesheet and the islands into the folder given as the only argument.
import { build } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";

const out = process.argv[2];
if (!out) {
  console.error("usage: node build.mjs OUTPUT_FOLDER");
  process.exit(2);
}

// What of others' work ends up in the output. esbuild itself does not.
const BUNDLED = ["@fontsource-variable/fraunces", "@fontsource-variable/atkinson-hyperlegible-next", "three", "uplot"];

const common = {
  outdir: out,
  bundle: true,
  minify: true,
  sourcemap: false,
  format: "esm",
  target: ["es2022", "chrome109", "firefox115", "safari16"],
  loader: { ".woff2": "file" },
  assetNames: "[name]",
  legalComments: "none",
  logLevel: "warning",
};
await build({
  ...common,
  entryPoints: [
    "style.css",
    "app.ts",
    "ballot.ts",
    "bring.ts",
    "chart.ts",
    "ritual.ts",
    "ritual-replay.ts",
    "room.ts",
    "talk.ts",
    "voice.ts",
    "witness.ts",
    "worker.ts",
  ],
});
// Islands that draw in three dimensions share three.js in a piece of its own, fetched only where it is needed.
await build({
  ...common,
  entryPoints: ["cloth.ts", "evening.ts", "kiosk.ts", "project.ts", "ritual-screen.ts", "scene.ts"],
  splitting: true,
  chunkNames: "part-[hash]",
});

const texts = await Promise.all(
  BUNDLED.map(async (name) => {
    const { version } = JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8"));
    return `${name} ${version}\n\n${await readFile(`node_modules/${name}/LICENSE`, "utf8")}`;
  }),
);
await writeFile(`${out}/licences.txt`, texts.join(`\n\n${"-".repeat(72)}\n\n`));
