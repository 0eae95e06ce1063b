// Times are shown in the zone of the browser; `YYYY-MM-DD` in both languages.
import { currentLanguage } from "./i18n";
import { halfWidth } from "./quantities";

const two = (n: number) => String(n).padStart(2, "0");

export function day(value: string | Date): string {
  const at = new Date(value);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export function clockTime(value: string | Date): string {
  const at = new Date(value);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

export function moment(value: string | Date): string {
  return `${day(value)} ${clockTime(value)}`;
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "3 hours ago", "in 2 days", in the language shown; under a minute "now". */
export function fromNow(value: string | Date, now: Date = new Date()): string {
  const seconds = (new Date(value).getTime() - now.getTime()) / 1000;
  const words = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: "auto", style: "short" });
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
  }
  return words.format(0, "second");
}

/** What a person typed as a day, "2026-12-31"; null when it is none. Full-width digits are taken. */
export function asDay(typed: string): string | null {
  const found = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(halfWidth(typed).trim());
  if (!found) return null;
  const [year = 0, month = 0, date = 0] = found.slice(1).map(Number);
  const at = new Date(year, month - 1, date);
  return at.getMonth() === month - 1 && at.getDate() === date ? day(at) : null;
}

/** The day that is so many days from now. */
export function dayFromNow(days: number, now: Date = new Date()): string {
  return day(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
}

/** The day after a day. */
export function nextDay(of: string): string {
  const [year = 0, month = 1, date = 1] = of.split("-").map(Number);
  return day(new Date(year, month - 1, date + 1));
}

/** The first moment of a day here, as the API takes times. */
export function startOf(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}

/** The last minute of a day here. */
export function endOf(day: string): string {
  return new Date(`${day}T23:59:00`).toISOString();
}

/** Hours until then; below zero once it is over. */
export function hoursUntil(value: string | Date, now: Date = new Date()): number {
  return (new Date(value).getTime() - now.getTime()) / 3_600_000;
}
