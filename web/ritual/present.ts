// How a ritual stands: old present + event = new present. `commons/rituals/present.py` says the same; a test holds them together.

export interface Present {
  state: string;
  phase: string;
  since: string;
  reason: string;
  question: string;
  caption: string;
  joined: number;
  offered: number;
  answered: number;
  pressed: number;
  shown: number[];
  upgrade: number | null;
  vote: string;
  voices: number;
  activation: string;
}

export const NOTHING: Present = {
  state: "announced",
  phase: "announced",
  since: "",
  reason: "",
  question: "",
  caption: "",
  joined: 0,
  offered: 0,
  answered: 0,
  pressed: 0,
  shown: [],
  upgrade: null,
  vote: "",
  voices: 0,
  activation: "",
};

// Which parts of the present each kind of event replaces.
const TOLD: Record<string, readonly (keyof Present)[]> = {
  announced: ["since", "question", "upgrade", "vote", "voices"],
  moved: ["state", "phase", "since", "reason", "joined"],
  counted: ["offered", "answered", "pressed"],
  asked: ["question", "answered"],
  captioned: ["caption"],
  vote: ["vote", "voices"],
  activation: ["activation"],
};

export function apply(present: Present, kind: string, data: Record<string, unknown>): Present {
  const offering = data["offering"] as number;
  if (kind === "shown") return { ...present, shown: [...present.shown, offering] };
  if (kind === "taken_back") return { ...present, shown: present.shown.filter((number) => number !== offering) };
  const told = (TOLD[kind] ?? []).filter((name) => name in data);
  return { ...present, ...Object.fromEntries(told.map((name) => [name, data[name]])) };
}
