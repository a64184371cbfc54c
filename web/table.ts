// Reads a chart's numbers from the table beside it: the table is the truth, the drawing follows.

export type Kind = "line" | "bar" | "low" | "high" | "forecast";

export interface Series {
  name: string;
  label: string;
  unit: string;
  kind: Kind;
  values: (number | null)[];
}

export interface Figures {
  times: number[];
  series: Series[];
  /** In the table's own order: the first name gets the first colour, the first unit the axis on the left. */
  names: string[];
  units: string[];
}

const KINDS: readonly string[] = ["line", "bar", "low", "high", "forecast"];

function kindOf(text: string | undefined): Kind {
  return KINDS.includes(text ?? "") ? (text as Kind) : "line";
}

// `<td data-value="1.62">1,62</td>`: the attribute is the number, the text its local spelling.
function valueOf(cell: HTMLTableCellElement | undefined): number | null {
  if (cell === undefined) return null;
  const text = (cell.dataset["value"] ?? cell.textContent ?? "").trim().replace("−", "-");
  const value = text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

function timeOf(row: HTMLTableRowElement): number {
  const text = row.cells[0]?.querySelector("time")?.dateTime ?? "";
  // A bare date is that day where the reader is, not midnight in Greenwich.
  return new Date(text.length === 10 ? `${text}T00:00` : text).getTime() / 1000;
}

export function readTable(table: HTMLTableElement): Figures {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const rows = [...(table.tBodies[0]?.rows ?? [])]
    .map((row) => ({ row, time: timeOf(row) }))
    .filter(({ time }) => Number.isFinite(time))
    .sort((a, b) => a.time - b.time);
  const series = heads.flatMap((head, column) => {
    const name = head.dataset["series"];
    if (name === undefined) return [];
    return [
      {
        name,
        label: head.dataset["label"] ?? (head.textContent ?? name).trim(),
        unit: head.dataset["unit"] ?? "",
        kind: kindOf(head.dataset["kind"]),
        values: rows.map(({ row }) => valueOf(row.cells[column])),
      },
    ];
  });
  const names = [...new Set(series.map(({ name }) => name))];
  const units = [...new Set(series.map(({ unit }) => unit || "y"))];
  // Bars lie behind lines.
  series.sort((a, b) => Number(b.kind === "bar") - Number(a.kind === "bar"));
  return { times: rows.map(({ time }) => time), series, names, units };
}
