// One line that says what was done; it goes by itself, so nothing that asks for an act is said so.
import type { MessageInstance } from "antd/es/message/interface";

let instance: MessageInstance | undefined;

/** The frame of the page hands over what draws the lines. */
export function speakThrough(message: MessageInstance): void {
  instance = message;
}

export function say(words: string): void {
  void instance?.success({ content: words, duration: 8 });
}
