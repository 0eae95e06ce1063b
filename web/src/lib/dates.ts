// Times are shown in the zone of the browser; `YYYY-MM-DD` in both languages.
import { currentLanguage } from "./i18n";

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
