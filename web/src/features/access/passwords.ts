// A first password that can be read out and typed without mistakes: no letters that look alike.

const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** Four groups of four, some 79 bits. */
export function firstPassword(): string {
  const groups = Array.from({ length: 4 }, () => {
    // thrown away above the last whole multiple, so that each letter is as likely as another
    const group: string[] = [];
    while (group.length < 4) {
      const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
      if (byte < 256 - (256 % LETTERS.length)) group.push(LETTERS[byte % LETTERS.length] ?? "");
    }
    return group.join("");
  });
  return groups.join("-");
}
