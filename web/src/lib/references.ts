// Work orders are not kept here yet: a person names one by its number. The same number is the same
// order for everybody, so its id is made of the number (RFC 9562 section 5.5, SHA-1, own name space).

export interface Reference {
  kind: string;
  id: string;
  number: string;
}

const NAME_SPACE = "7b1f5f0e-5a0e-4d8a-9a53-2f9c2c1d6b10";

export async function workOrder(typed: string): Promise<Reference> {
  const number = typed.trim().toUpperCase();
  const space = NAME_SPACE.replaceAll("-", "").match(/../g) ?? [];
  const name = new TextEncoder().encode(number);
  const digest = await crypto.subtle.digest("SHA-1", new Uint8Array([...space.map((hex) => parseInt(hex, 16)), ...name]));
  const bytes = new Uint8Array(digest).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { kind: "production.work_order", id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"), number };
}
