// `<figure class="chart" data-chart>`: draws the figure's own table with uPlot. Without it the table shows.
import uPlot from "uplot";
import { language } from "./language";
import { type Figures, type Series, readTable } from "./table";

const HEIGHT = 300;
const DAY_S = 86_400;
const DAYS_BETWEEN_NAMES = [1, 2, 3, 5, 7, 10, 14, 28, 60, 90, 180, 365].map((days) => days * DAY_S);
const TOKENS = ["glow", "ember", "leaf", "alarm", "text"] as const;
const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 4 });
/** Who knows a range does not know the fourth digit. */
const rough = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
const fullDate = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short" });
const shortDate = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });

/** How many values a column really has: a meter read every ten days draws dots, not a line nobody sees. */
function known(values: readonly (number | null | undefined)[]): number {
  return values.filter((value) => value !== null && value !== undefined).length;
}

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function veil(colour: string, share: number): string {
  return `${colour}${Math.round(share * 255).toString(16).padStart(2, "0")}`;
}

// Columns of one name share a colour: gas measured, foreseen, lowest and highest are one thing.
function colours(names: string[]): Map<string, string> {
  return new Map(names.map((name, index) => [name, token(TOKENS[index % TOKENS.length] ?? "glow")]));
}

function drawn(one: Series, colour: string): uPlot.Series {
  const common: uPlot.Series = { label: one.label, scale: one.unit || "y", spanGaps: false };
  switch (one.kind) {
    case "bar":
      return { ...common, stroke: colour, fill: veil(colour, 0.4), width: 0, paths: bars(), points: { show: false } };
    case "low":
    case "high":
      return { ...common, stroke: "transparent", width: 0, points: { show: false } };
    case "forecast":
      return { ...common, stroke: colour, width: 2, dash: [6, 5], points: { show: false } };
    case "line":
      return { ...common, stroke: colour, width: 2, points: { show: known(one.values) < 15, size: 6, fill: colour } };
  }
}

function bars(): uPlot.Series.PathBuilder {
  const build = uPlot.paths.bars;
  if (build === undefined) throw new Error("uPlot was built without bars");
  return build({ size: [0.7, 48], radius: 0.15 });
}

function bands(series: Series[], palette: Map<string, string>): uPlot.Band[] {
  return series.flatMap((high, index) => {
    if (high.kind !== "high") return [];
    const low = series.findIndex((one) => one.kind === "low" && one.name === high.name);
    if (low < 0) return [];
    return [{ series: [index + 1, low + 1] as [number, number], fill: veil(palette.get(high.name) ?? "", 0.22) }];
  });
}

function axes(units: string[]): uPlot.Axis[] {
  const plain = { stroke: token("muted"), font: `13px ${token("sans")}`, ticks: { show: false } };
  const grid = { stroke: token("line"), width: 1 };
  return [
    { ...plain, grid: { show: false }, size: 34, space: 70, incrs: DAYS_BETWEEN_NAMES, values: (_, splits) => splits.map((s) => shortDate.format(s * 1000)) },
    ...units.map((unit, index) => ({
      ...plain,
      grid: index === 0 ? grid : { show: false },
      scale: unit,
      side: index === 0 ? (3 as const) : (1 as const),
      size: 44,
      values: (_: uPlot, splits: number[]) => splits.map((split) => number.format(split)),
    })),
  ];
}

/** Half of what lies between two bars: the first and the last need that much room. */
function halfABar(times: number[], series: Series[]): number {
  if (!series.some(({ kind }) => kind === "bar")) return 0;
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return Math.min(...steps) / 2;
}

function scales({ times, series }: Figures): uPlot.Scales {
  const room = halfABar(times, series);
  const found: uPlot.Scales = {
    x: { time: true, range: (_, first, last) => [first - room, last + room] },
  };
  for (const one of series) {
    const mates = series.filter((other) => other.unit === one.unit);
    const fromZero = mates.some((mate) => mate.kind === "bar" || mate.unit !== "pH");
    found[one.unit || "y"] = {
      range: (_, low, high) => {
        const room = 0.16 * ((high ?? 1) - (low ?? 0) || 1);
        return [fromZero && (low ?? 0) >= 0 ? 0 : (low ?? 0) - room, (high ?? 1) + room];
      },
    };
  }
  return found;
}

function edge(series: Series[], of: Series, kind: "low" | "high", index: number): number | null {
  return series.find((other) => other.kind === kind && other.name === of.name)?.values[index] ?? null;
}

interface Mark {
  x: number;
  y: number;
  side: "left" | "right";
  words: string;
  colour: string;
}

function labelled(series: Series[]): Series[] {
  const named = series.filter((one) => one.kind !== "low" && one.kind !== "high");
  return named.filter((one) => one.values.some((value) => value !== null));
}

/** How high a line and its band reach [px] between `left` and where it ends. */
function inkUnder(plot: uPlot, { times, series }: Figures, one: Series, at: number, left: number): number {
  const ink = (index: number): number =>
    plot.valToPos(edge(series, one, "high", index) ?? one.values[index] ?? 0, one.unit || "y", true);
  const across = (index: number): number => plot.valToPos(times[index] ?? 0, "x", true);
  let top = ink(at);
  for (let index = at; index > 0 && across(index) > left && (one.values[index - 1] ?? null) !== null; index -= 1) {
    const [before, after] = [ink(index - 1), ink(index)];
    const part = Math.max(0, (left - across(index - 1)) / (across(index) - across(index - 1)));
    top = Math.min(top, before + part * (after - before));
  }
  return top;
}

// Words beside the end of a line need no legend; they step aside for one another.
function labels(plot: uPlot, figures: Figures, palette: Map<string, string>): void {
  const { ctx, bbox } = plot;
  const ratio = window.devicePixelRatio || 1;
  ctx.save();
  ctx.font = `600 ${13 * ratio}px ${token("sans")}`;
  const marks = labelled(figures.series).map((one): Mark => {
    // Lines are named where they end, bars where they begin.
    const named = (value: number | null): boolean => value !== null;
    const at = one.kind === "bar" ? one.values.findIndex(named) : one.values.findLastIndex(named);
    const words = one.unit ? `${one.label}, ${one.unit}` : one.label;
    const x = one.kind === "bar" ? bbox.left : plot.valToPos(figures.times[at] ?? 0, "x", true);
    return {
      x,
      y: one.kind === "bar" ? bbox.top : inkUnder(plot, figures, one, at, x - ctx.measureText(words).width) - 8 * ratio,
      side: one.kind === "bar" ? "left" : "right",
      words,
      colour: palette.get(one.name) ?? "",
    };
  });
  ctx.lineJoin = "round";
  const above = { left: Number.NEGATIVE_INFINITY, right: Number.NEGATIVE_INFINITY };
  for (const mark of marks.sort((a, b) => a.y - b.y)) {
    const y = Math.max(mark.y, above[mark.side] + 18 * ratio, bbox.top + 4 * ratio);
    const room = bbox.left + ctx.measureText(mark.words).width + 4 * ratio;
    const x = mark.side === "left" ? mark.x : Math.max(mark.x, room);
    above[mark.side] = y;
    ctx.textAlign = mark.side;
    ctx.strokeStyle = token("surface");
    ctx.lineWidth = 4 * ratio;
    ctx.strokeText(mark.words, x, y);
    ctx.fillStyle = mark.colour;
    ctx.fillText(mark.words, x, y);
  }
  ctx.restore();
}

function sentence(figures: Figures, index: number): string {
  const when = fullDate.format((figures.times[index] ?? 0) * 1000);
  const parts = labelled(figures.series).flatMap((one) => {
    const value = one.values[index] ?? null;
    if (value === null) return [];
    const [low, high] = [edge(figures.series, one, "low", index), edge(figures.series, one, "high", index)];
    const known = low !== null && high !== null;
    const range = known ? ` (${rough.format(low)}–${rough.format(high)})` : "";
    return [`${one.label} ${(known ? rough : number).format(value)}${range}${one.unit ? ` ${one.unit}` : ""}`];
  });
  return `${when}: ${parts.join(" · ") || "–"}`;
}

function options(figures: Figures, width: number, readout: HTMLElement): uPlot.Options {
  const palette = colours(figures.names);
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { setScale: false, x: false, y: false } },
    scales: scales(figures),
    axes: axes(figures.units),
    bands: bands(figures.series, palette),
    series: [{}, ...figures.series.map((one) => drawn(one, palette.get(one.name) ?? ""))],
    hooks: {
      draw: [(plot) => labels(plot, figures, palette)],
      setCursor: [
        (plot) => {
          const index = plot.cursor.idx;
          if (index !== null && index !== undefined) readout.textContent = sentence(figures, index);
        },
      ],
    },
  };
}

function walk(event: KeyboardEvent, plot: uPlot, figures: Figures): void {
  const last = figures.times.length - 1;
  const here = plot.cursor.idx ?? last;
  const goals: Record<string, number> = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: last };
  const goal = goals[event.key];
  if (goal === undefined) return;
  event.preventDefault();
  const index = Math.min(Math.max(goal, 0), last);
  plot.setCursor({ left: plot.valToPos(figures.times[index] ?? 0, "x"), top: 10 });
}

function stage(figure: HTMLElement): { board: HTMLElement; readout: HTMLElement } {
  figure.querySelectorAll(".plot, .readout").forEach((old) => old.remove());
  const board = document.createElement("div");
  board.className = "plot";
  board.tabIndex = 0;
  board.setAttribute("role", "img");
  board.setAttribute("aria-label", figure.querySelector("figcaption, caption")?.textContent?.trim() ?? "");
  const readout = document.createElement("p");
  readout.className = "readout";
  readout.setAttribute("aria-live", "polite");
  figure.querySelector("details")?.before(board, readout);
  return { board, readout };
}

function draw(figure: HTMLElement): void {
  const table = figure.querySelector("table");
  if (table === null || figure.dataset["chart"] === "drawn") return;
  const figures = readTable(table);
  if (figures.times.length < 2) return;
  figure.dataset["chart"] = "drawn";
  const { board, readout } = stage(figure);
  const data: uPlot.AlignedData = [figures.times, ...figures.series.map(({ values }) => values)];
  const start = (): uPlot => new uPlot(options(figures, board.clientWidth, readout), data, board);
  let plot = start();
  const redraw = (): void => {
    plot.destroy();
    plot = start();
  };
  readout.textContent = sentence(figures, figures.times.length - 1);
  new ResizeObserver(() => plot.setSize({ width: board.clientWidth, height: HEIGHT })).observe(board);
  board.addEventListener("keydown", (event) => walk(event, plot, figures));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}

function drawAll(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("figure[data-chart]").forEach(draw);
}

// Canvas text needs the font to be there; tokens need the stylesheet.
document.fonts.ready.then(() => drawAll(document)).catch((reason: unknown) => console.error(reason));
document.addEventListener("harmonia:swapped", (event) => drawAll(event.target as HTMLElement));
