// A day's lease on stories: renewed whenever the site answers. The worker's copies carry the same date and obey it too.

export const LEASE_MS = 24 * 3_600_000;
const KEY = "harmonia-lease";
const COPIES = "harmonia-kiosk-1";
const CLOCK_MS = 300_000; // a clock that was set back by more has lost the lease

export class Lease {
  holds(now = Date.now()): boolean {
    const since = Number(localStorage.getItem(KEY));
    return since > 0 && now < since + LEASE_MS && now > since - CLOCK_MS;
  }

  /** Whether the site answered; the worker is told not to answer in its place. */
  async renew(address: string): Promise<boolean> {
    try {
      const answer = await fetch(address, { method: "HEAD", cache: "no-store" });
      if (!answer.ok) return false;
      localStorage.setItem(KEY, String(Date.now()));
      return true;
    } catch {
      return false;
    }
  }

  /** Forget every copy of a story. */
  async end(): Promise<void> {
    localStorage.removeItem(KEY);
    await caches.delete(COPIES);
  }
}
