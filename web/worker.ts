// The service worker: keeps the page for weighing in and what it is built of, and forgets it at sign-out. For a screen that
// shows the cloth it keeps that page as well, and stories for a day.

interface Waiting extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface Fetching extends Waiting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope extends EventTarget {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const scope = self as unknown as Scope;
const PAGES = "harmonia-pages-1";
const PARTS = "harmonia-parts-1";
const SHELL = "harmonia-kiosk-shell-1"; // a kiosk's page and a cloth without stories
const LEASED = "harmonia-kiosk-1"; // stories: for a day (cloth/lease.ts deletes it too)
const LEASE_MS = 24 * 3_600_000;
const KEPT_AT = "X-Kept-At";
const BRING = "/bring/";
const KIOSK = /^\/tapestry\/tour\/[^/]+\/kiosk\/$/;

scope.addEventListener("install", (event) => (event as Waiting).waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => (event as Waiting).waitUntil(scope.clients.claim()));
scope.addEventListener("message", (event) => {
  const { data, ports } = event as MessageEvent<{ keep?: string[]; kiosk?: string[] }>;
  if (data.kiosk) (event as unknown as Waiting).waitUntil(Promise.allSettled(data.kiosk.map(keepShell)));
  const kept = Promise.all((data.keep ?? []).map(keepOne)).then(() => ports[0]?.postMessage("kept"));
  (event as unknown as Waiting).waitUntil(kept);
});
scope.addEventListener("fetch", (event) => {
  const fetching = event as Fetching;
  const { request } = fetching;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.method === "POST" && address.pathname === "/sign-out/") {
    fetching.waitUntil(caches.delete(PAGES));
  } else if (request.method === "GET" && address.pathname.startsWith("/static/")) {
    fetching.respondWith(part(request));
  } else if (request.mode === "navigate" && request.method === "GET") {
    fetching.respondWith(page(request, address));
  } else if (request.method === "GET" && ofKiosk(request)) {
    fetching.respondWith(address.pathname.endsWith(".json") || address.pathname.endsWith("/cloth.bin") ? leased(request) : shell(request));
  }
});

function ofKiosk(request: Request): boolean {
  return request.referrer !== "" && KIOSK.test(new URL(request.referrer).pathname);
}

async function keepShell(address: string): Promise<void> {
  const { pathname } = new URL(address, location.origin);
  if (pathname.startsWith("/static/")) return keepOne(address);
  if (pathname.endsWith(".json") || pathname.endsWith("/cloth.bin")) return; // stories come with their lease
  const answer = await fetch(address, { credentials: "same-origin" });
  if (answer.ok && !answer.redirected) await (await caches.open(SHELL)).put(pathname, answer);
}

async function shell(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (failure) {
    const kept = await (await caches.open(SHELL)).match(new URL(request.url).pathname, { ignoreVary: true });
    if (kept === undefined) throw failure;
    return kept;
  }
}

// The site first; without it the copy, while its lease holds.
async function leased(request: Request): Promise<Response> {
  const cache = await caches.open(LEASED);
  const { pathname } = new URL(request.url);
  try {
    const answer = await fetch(request);
    if (answer.ok) {
      const headers = new Headers(answer.headers);
      headers.set(KEPT_AT, String(Date.now()));
      await cache.put(pathname, new Response(await answer.clone().arrayBuffer(), { headers }));
    } else await cache.delete(pathname);
    return answer;
  } catch (failure) {
    const kept = await cache.match(pathname, { ignoreVary: true });
    if (kept === undefined) throw failure;
    if (Date.now() < Number(kept.headers.get(KEPT_AT)) + LEASE_MS) return kept;
    await caches.delete(LEASED);
    throw failure;
  }
}

async function keepOne(address: string): Promise<void> {
  const path = new URL(address, location.origin).pathname;
  const cache = await caches.open(path === BRING ? PAGES : PARTS);
  const known = path === BRING ? undefined : await cache.match(address);
  if (known !== undefined) return;
  const answer = await fetch(address, { credentials: "same-origin" });
  if (answer.ok && !answer.redirected) await cache.put(path === BRING ? BRING : address, answer);
}

async function part(request: Request): Promise<Response> {
  // Built files carry their hash in their name: what is kept is never stale.
  const kept = await caches.match(request, { ignoreVary: true });
  return kept ?? fetch(request);
}

async function page(request: Request, address: URL): Promise<Response> {
  try {
    return await fetch(request);
  } catch (failure) {
    if (KIOSK.test(address.pathname)) {
      const kiosk = await (await caches.open(SHELL)).match(address.pathname, { ignoreVary: true });
      if (kiosk !== undefined) return kiosk;
    }
    const kept = await (await caches.open(PAGES)).match(BRING, { ignoreVary: true });
    if (kept === undefined) throw failure;
    return address.pathname === BRING ? kept : Response.redirect(BRING);
  }
}
