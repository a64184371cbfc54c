// This device watches a vote's log: it keeps a key of its own that never leaves it, checks that the log only grew since it
// last looked (RFC 9162, 2.1.4.2), and signs what it saw (c2sp.org/tlog-cosignature).

interface Told {
  size: number;
  note: string;
  key: string;
  proof: string[];
}

interface Seen {
  size: number;
  root: string; // base64
}

const STORE = "witness";
const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) as Uint8Array<ArrayBuffer>;
const fromHex = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16)) as Uint8Array<ArrayBuffer>;

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function sha256(...parts: Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}

const above = (left: Uint8Array, right: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  sha256(Uint8Array.of(1), left, right);

const equal = (one: Uint8Array, other: Uint8Array): boolean => toBase64(one) === toBase64(other);

export async function grew(old: Seen, size: number, root: Uint8Array, proof: Uint8Array[]): Promise<boolean> {
  const before = fromBase64(old.root);
  if (old.size > size || old.size < 1) return false;
  if (old.size === size) return proof.length === 0 && equal(before, root);
  const path = (old.size & (old.size - 1)) === 0 ? [before, ...proof] : proof;
  let [place, last] = [old.size - 1, size - 1];
  for (; place & 1; place >>= 1) last >>= 1;
  const first = path[0];
  if (!first) return false;
  let [was, is]: [Uint8Array, Uint8Array] = [first, first];
  for (const step of path.slice(1)) {
    if (last === 0) return false;
    if (place & 1 || place === last) {
      [was, is] = [await above(step, was), await above(step, is)];
      for (; !(place & 1) && place; place >>= 1) last >>= 1;
    } else is = await above(is, step);
    place >>= 1;
    last >>= 1;
  }
  return last === 0 && equal(was, before) && equal(is, root);
}

async function signedByLog(told: Told, body: string): Promise<boolean> {
  const [name, id, key] = [told.key.split("+")[0], told.key.split("+")[1], told.key.split("+").slice(2).join("+")];
  const line = told.note.split("\n").find((text) => text.startsWith(`— ${name} `));
  if (!line || !id) return false;
  const content = fromBase64(line.split(" ")[2] ?? "");
  if (![...content.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("").startsWith(id)) return false;
  const verifier = await crypto.subtle.importKey("raw", fromBase64(key).slice(1), "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", verifier, content.slice(4), encode(body));
}

// The key lies in IndexedDB, not extractable: no script, ours included, can read it out.
function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("harmonia-witness", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("IndexedDB"));
  });
}

async function stored<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opened = await database();
  try {
    return await new Promise<T>((resolve, reject) => {
      const asked = act(opened.transaction(STORE, mode).objectStore(STORE));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error ?? new Error("IndexedDB"));
    });
  } finally {
    opened.close();
  }
}

async function ownKey(): Promise<{ pair: CryptoKeyPair; name: string; raw: Uint8Array<ArrayBuffer> }> {
  let pair = (await stored("readonly", (store) => store.get("key") as IDBRequest<CryptoKeyPair | undefined>));
  if (!pair) {
    pair = (await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"])) as CryptoKeyPair;
    const made = pair;
    await stored("readwrite", (store) => store.put(made, "key"));
  }
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const mark = [...(await sha256(raw)).slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { pair, name: `device-${mark}`, raw };
}

async function cosigned(note: string, body: string, now: number): Promise<{ note: string; name: string; key: string }> {
  const { pair, name, raw } = await ownKey();
  const id = (await sha256(encode(`${name}\n`), Uint8Array.of(4), raw)).slice(0, 4);
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(now));
  const message = encode(`cosignature/v1\ntime ${now}\n${body}`);
  const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, message));
  const line = `— ${name} ${toBase64(joined(id, time, signature))}\n`;
  return { note: note + line, name, key: toBase64(raw) };
}

async function watch(box: HTMLElement): Promise<"good" | "bad" | "cannot"> {
  const address = box.dataset["witness"] ?? "";
  const seen = await stored("readonly", (store) => store.get(address) as IDBRequest<Seen | undefined>);
  const told = (await (await fetch(`${address}?from=${seen?.size ?? 0}`)).json()) as Told;
  const body = told.note.slice(0, told.note.indexOf("\n\n") + 1);
  const [, size, root] = body.split("\n");
  if (!(await signedByLog(told, body)) || Number(size) !== told.size) return "bad";
  if (seen && !(await grew(seen, told.size, fromBase64(root ?? ""), told.proof.map(fromHex)))) return "bad";
  const signed = await cosigned(told.note, body, Math.floor(Date.now() / 1000));
  const token = box.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  const answer = await fetch(box.dataset["cosign"] ?? "", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ ...signed, size: told.size }),
  });
  if (!answer.ok) return "cannot";
  await stored("readwrite", (store) => store.put({ size: told.size, root: root ?? "" }, address));
  return "good";
}

document.querySelectorAll<HTMLElement>("[data-witness]").forEach((box) => {
  const button = box.querySelector("button");
  const state = box.querySelector<HTMLElement>("[data-state]");
  if (!button || !state || !globalThis.crypto?.subtle) return;
  box.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    watch(box)
      .catch(() => "cannot" as const)
      .then((outcome) => {
        state.textContent = state.dataset[outcome] ?? "";
        button.disabled = false;
      });
  });
});
