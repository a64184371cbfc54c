// Copies of one's own ballots, on this device only, because their owner asked for it. They prove nothing: anybody can
// write one. So nobody can demand to see one as a proof.

const PREFIX = "harmonia-ballot-copy:";

export interface Copy {
  vote: string;
  mark: string;
  points: Record<string, number>;
}

export function keepCopy(vote: string, mark: string, points: Record<string, number> | null): void {
  try {
    if (points === null) localStorage.removeItem(PREFIX + vote + mark);
    else localStorage.setItem(PREFIX + vote + mark, JSON.stringify({ vote, mark, points }));
  } catch {
    // A browser without room or permission keeps no copy; the ballot itself is not touched by that.
  }
}

export function readCopy(vote: string, mark: string): Copy | null {
  try {
    const text = localStorage.getItem(PREFIX + vote + mark);
    return text === null ? null : (JSON.parse(text) as Copy);
  } catch {
    return null;
  }
}

export function eraseCopies(): number {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  keys.forEach((key) => localStorage.removeItem(key));
  return keys.length;
}
