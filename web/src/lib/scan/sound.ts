// A scan is heard: one high tone when it was read, two low ones when it was refused. Sound is never
// the only sign, and it can be switched off in this browser.

const STORED = "zhiliu.scan-sound";
const listeners = new Set<() => void>();
let context: AudioContext | undefined;

export const sound = {
  get isOn(): boolean {
    return localStorage.getItem(STORED) !== "off";
  },
  set(isOn: boolean): void {
    localStorage.setItem(STORED, isOn ? "on" : "off");
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Hertz, start and length in seconds. */
const TONES = {
  read: [[1760, 0, 0.06]],
  asked: [[880, 0, 0.08], [1175, 0.1, 0.08]],
  refused: [[233, 0, 0.14], [233, 0.2, 0.2]],
} as const;

export function play(name: keyof typeof TONES): void {
  if (!sound.isOn || typeof AudioContext === "undefined") return;
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  if (context.state === "suspended") void context.resume();
  for (const [hertz, start, length] of TONES[name]) {
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = hertz;
    gain.gain.setValueAtTime(0.15, currentTime + start);
    gain.gain.exponentialRampToValueAtTime(0.001, currentTime + start + length);
    tone.connect(gain).connect(destination);
    tone.start(currentTime + start);
    tone.stop(currentTime + start + length);
  }
}
