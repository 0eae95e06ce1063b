// What was typed into a form and not sent yet: kept in this browser tab, dropped when it was sent.

const PREFIX = "zhiliu.draft.";

export function readDraft(name: string): object {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name) ?? "{}") as object;
  } catch {
    return {};
  }
}

export function keepDraft(name: string, values: object): void {
  sessionStorage.setItem(PREFIX + name, JSON.stringify(values));
}

export function dropDraft(name: string): void {
  sessionStorage.removeItem(PREFIX + name);
}
