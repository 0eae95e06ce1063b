import { expect, it } from "vitest";
import { firstPassword } from "./passwords";

it("makes passwords that differ and can be read out", () => {
  const made = Array.from({ length: 200 }, firstPassword);

  expect(new Set(made).size).toBe(200);
  for (const one of made) expect(one).toMatch(/^[a-hjkmnp-z2-9]{4}(?:-[a-hjkmnp-z2-9]{4}){3}$/);
});
