// The records that are open: their pages tell their names, the shell shows them as tabs.
import { useEffect, useSyncExternalStore } from "react";

export interface Tab {
  path: string;
  name: string;
}

const STORED = "zhiliu.tabs";
const MOST = 12;
const listeners = new Set<() => void>();
let tabs: Tab[] = read();

function read(): Tab[] {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? "[]") as Tab[];
  } catch {
    return [];
  }
}

function keep(next: Tab[]): void {
  tabs = next;
  sessionStorage.setItem(STORED, JSON.stringify(next));
  for (const listener of listeners) listener();
}

export function useTabs(): Tab[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => tabs,
  );
}

export function closeTab(path: string): void {
  keep(tabs.filter((tab) => tab.path !== path));
}

/** A record's page says under which number it is open. */
export function useTab(path: string, name: string | undefined): void {
  useEffect(() => {
    if (!name) return;
    document.title = `${name} · Zhiliu 质流`;
    if (tabs.some((tab) => tab.path === path && tab.name === name)) return;
    keep([...tabs.filter((tab) => tab.path !== path), { path, name }].slice(-MOST));
  }, [path, name]);
}
