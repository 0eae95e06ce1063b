// A browser and its system by name, from the line with which it announces itself.

const BROWSERS: [RegExp, string][] = [
  [/Edg\/(\d+)/, "Edge"],
  [/(?:MicroMessenger)\/(\d+)/, "WeChat"],
  [/Firefox\/(\d+)/, "Firefox"],
  [/Chrom(?:e|ium)\/(\d+)/, "Chromium"],
  [/Version\/(\d+).*Safari/, "Safari"],
];

const SYSTEMS: [RegExp, string][] = [
  [/Windows/, "Windows"],
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Mac OS X/, "macOS"],
  [/Linux|X11/, "Linux"],
];

export function browserOf(agent: string): { name: string; system: string } {
  let name = "";
  for (const [pattern, known] of BROWSERS) {
    const found = pattern.exec(agent);
    if (found) {
      name = `${known} ${found[1]}`;
      break;
    }
  }
  return { name, system: SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1] ?? "" };
}
