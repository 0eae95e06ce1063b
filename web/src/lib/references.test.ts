import { expect, test } from "vitest";
import { workOrder } from "./references";

test("the same number is the same work order, however it is typed", async () => {
  const one = await workOrder("WO-31");

  expect(one).toEqual(await workOrder(" wo-31 "));
  expect(one.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect((await workOrder("WO-32")).id).not.toBe(one.id);
});
