/** What is kept on the phone: what waits to be sent, what is being typed or recorded, and what was seen last. */
export type Area = 'outbox' | 'drafts' | 'parts' | 'seen';

const NAME = 'sluice-phone';
const AREAS: readonly Area[] = ['outbox', 'drafts', 'parts', 'seen'];

export interface Store {
  get: <T>(area: Area, key: string) => Promise<T | undefined>;
  all: <T>(area: Area) => Promise<T[]>;
  put: (area: Area, key: string, value: unknown) => Promise<void>;
  remove: (area: Area, key: string) => Promise<void>;
  clear: (area: Area) => Promise<void>;
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the phone keeps nothing'));
  });
}

function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(NAME, 1);
  request.onupgradeneeded = () => AREAS.forEach((area) => request.result.createObjectStore(area));
  return answered(request);
}

/** Keeps things in the browser's database; what is written is on the disk before the answer comes. */
export function openStore(factory: IDBFactory = globalThis.indexedDB): Store {
  const opened = open(factory);
  const read = async <T>(area: Area, ask: (kept: IDBObjectStore) => IDBRequest<T>) => answered(ask((await opened).transaction(area).objectStore(area)));
  const write = async (area: Area, does: (kept: IDBObjectStore) => void) => {
    const transaction = (await opened).transaction(area, 'readwrite', { durability: 'strict' });
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('the phone is full'));
    });
    does(transaction.objectStore(area));
    await done;
  };
  return {
    get: (area, key) => read(area, (kept) => kept.get(key)),
    all: (area) => read(area, (kept) => kept.getAll()),
    put: (area, key, value) => write(area, (kept) => void kept.put(value, key)),
    remove: (area, key) => write(area, (kept) => void kept.delete(key)),
    clear: (area) => write(area, (kept) => void kept.clear()),
  };
}
