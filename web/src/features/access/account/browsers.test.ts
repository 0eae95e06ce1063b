import { expect, it } from "vitest";
import { browserOf } from "./browsers";

it.each([
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36", "Chromium 150", "Linux"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0", "Edge 149", "Windows"],
  ["Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "Safari 18", "iOS"],
  ["Mozilla/5.0 (Linux; Android 14; CT45) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 MicroMessenger/8", "WeChat 8", "Android"],
  ["curl/8.9.1", "", ""],
])("names the browser of %s", (agent, name, system) => {
  expect(browserOf(agent)).toEqual({ name, system });
});
