// The service worker: keeps the page for weighing in and what it is built of, nothing else, and forgets it at sign-out.

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
const BRING = "/bring/";

scope.addEventListener("install", (event) => (event as Waiting).waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => (event as Waiting).waitUntil(scope.clients.claim()));
scope.addEventListener("message", (event) => {
  const { data, ports } = event as MessageEvent<{ keep?: string[] }>;
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
  }
});

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
    const kept = await (await caches.open(PAGES)).match(BRING, { ignoreVary: true });
    if (kept === undefined) throw failure;
    return address.pathname === BRING ? kept : Response.redirect(BRING);
  }
}
