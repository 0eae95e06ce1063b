// What is entered and not on the server, and where the cursor was, in this browser: a reload, a lost
// session or a crash loses nothing. Kept by person, since readings are recorded in his name.
import type { Entry } from "./cells";

const PREFIX = "zhiliu.readings";

export interface Keeper {
  read(): Entry[];
  keep(entries: Entry[]): void;
  place(): { code: string; unit: number } | null;
  keepPlace(code: string, unit: number): void;
}

function parsed<T>(text: string | null): T | null {
  try {
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

export function keeperOf(userId: string, inspectionId: string, storage: Storage = localStorage): Keeper {
  const entries = `${PREFIX}.${userId}.${inspectionId}`;
  const place = `${entries}.at`;
  return {
    read: () => parsed<Entry[]>(storage.getItem(entries)) ?? [],
    keep: (all) => (all.length ? storage.setItem(entries, JSON.stringify(all)) : storage.removeItem(entries)),
    place: () => parsed<{ code: string; unit: number }>(storage.getItem(place)),
    keepPlace: (code, unit) => storage.setItem(place, JSON.stringify({ code, unit })),
  };
}
