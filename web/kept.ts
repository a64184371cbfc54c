// What was weighed in on this phone and has not reached the site: a queue in IndexedDB that survives a restart.

export interface Kept {
  id?: number; // in the order of weighing
  person: string; // whose it is: never sent in another name
  fields: Record<string, string>;
  at: string; // when it was weighed, ISO 8601
  words: string; // what the list shows
  refused?: string; // why the site did not take it
}

const STORE = "drop-offs";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("harmonia", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("IndexedDB"));
  });
}

async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      // "strict": the browser answers only when the disk has it.
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const asked = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB"));
    });
  } finally {
    database.close();
  }
}

export const keep = async (item: Kept): Promise<number> => Number(await run("readwrite", (store) => store.add(item)));
export const change = async (item: Kept): Promise<void> => void (await run("readwrite", (store) => store.put(item)));
export const drop = async (id: number): Promise<void> => void (await run("readwrite", (store) => store.delete(id)));
export const all = (): Promise<Kept[]> => run<Kept[]>("readonly", (store) => store.getAll() as IDBRequest<Kept[]>);
