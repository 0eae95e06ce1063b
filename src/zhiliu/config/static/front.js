"use strict";

const TEXT = {
  zh: {
    sign_in: "登录", username: "用户名", password: "密码", second: "第二步验证",
    code: "动态码或恢复码", confirm: "确认", sign_out: "退出登录", lots: "批次", search: "查找",
    number: "批次号", material: "物料", status: "状态", quantity: "数量", place: "库位",
    empty: "没有批次。", more: "更多", hold: "冻结", other: "English",
    awaiting_inspection: "待检", released: "合格放行", restricted: "限制使用", blocked: "不可用",
    username_password_mismatch: "用户名或密码不正确，请重新输入。",
    too_many_login_attempts: "尝试次数过多，请五分钟后再试。",
    incorrect_code: "验证码不正确，请输入最新的动态码。",
    account_inactive: "该账号已停用，请联系管理员。",
    signed_out: "登录已结束，请重新登录。",
    no_connection: "无法连接服务器，请检查网络后重试。",
    failed: "操作失败（{status}），请稍后重试；如仍失败，请联系管理员。",
    passkey_only: "该账号需要通行密钥或其他验证方式，本页面仅支持动态码。",
  },
  en: {
    sign_in: "Sign in", username: "User name", password: "Password", second: "Second step",
    code: "Code from your app, or a recovery code", confirm: "Confirm", sign_out: "Sign out",
    lots: "Lots", search: "Search", number: "Lot", material: "Material", status: "Status",
    quantity: "Quantity", place: "Place", empty: "There are no lots.", more: "More",
    hold: "on hold", other: "中文", awaiting_inspection: "awaiting inspection",
    released: "released", restricted: "restricted", blocked: "blocked",
    username_password_mismatch: "The user name or the password is wrong. Please try again.",
    too_many_login_attempts: "Too many attempts. Please wait five minutes and try again.",
    incorrect_code: "The code is wrong. Please enter the one your app shows now.",
    account_inactive: "This account is not active. Please ask an administrator.",
    signed_out: "You are signed out. Please sign in again.",
    no_connection: "The server cannot be reached. Check the network and try again.",
    failed: "This failed ({status}). Try again; if it fails again, tell an administrator.",
    passkey_only: "This account needs a passkey or another method; this page takes codes only.",
  },
};
const ALLAUTH = "/_allauth/browser/v1/auth/";
const SHOWN = ["sign-in", "second", "lots"];

let language = localStorage.getItem("language")
  || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
let shownLots = [];
let nextCursor = null;
let shownMessage = null;

const byId = (id) => document.getElementById(id);
const text = (key) => TEXT[language][key];

function show(id) {
  for (const part of SHOWN) byId(part).hidden = part !== id;
  byId("sign-out").hidden = id !== "lots";
  if (id !== "lots") byId("person").textContent = "";
}

/** Show a sentence; `make` is asked again when the language changes. Null clears it. */
function say(make) {
  shownMessage = make;
  const message = byId("message");
  message.hidden = make === null;
  message.textContent = make === null ? "" : make();
}

function translate() {
  document.documentElement.lang = language;
  byId("language").textContent = text("other");
  byId("words").setAttribute("aria-label", text("search"));
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = text(element.dataset.text);
  }
  if (shownMessage) say(shownMessage);
  draw();
}

async function send(method, path, body) {
  const token = document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/);
  const headers = { Accept: "application/json", "Accept-Language": language };
  if (method !== "GET") {
    headers["Content-Type"] = "application/json";
    headers["X-CSRFToken"] = token ? token[1] : "";
  }
  const content = body === undefined ? undefined : JSON.stringify(body);
  const answer = await fetch(path, { method, headers, body: content });
  const type = answer.headers.get("Content-Type") || "";
  return { status: answer.status, body: type.includes("json") ? await answer.json() : null };
}

/** The sentence for an answer that is not what was asked for. */
function explain(answer) {
  const { status, body } = answer;
  const code = body && body.errors && body.errors.length ? body.errors[0].code : null;
  if (status === 429) return () => text("too_many_login_attempts");
  if (code && TEXT.en[code]) return () => text(code);
  if (code) return () => body.errors[0].message;
  if (body && body.detail) return () => `${body.detail} ${body.remedy}`;
  return () => text("failed").replace("{status}", status);
}

function pending(answer) {
  const flows = (answer.body && answer.body.data && answer.body.data.flows) || [];
  return flows.find((flow) => flow.is_pending);
}

/** What follows an answer of the sign-in endpoints: the lots, the second step, or a sentence. */
async function afterSignIn(answer) {
  if (answer.status === 200) return enter();
  const flow = pending(answer);
  if (answer.status === 401 && flow) {
    const takesCodes = flow.types && flow.types.some((t) => t === "totp" || t === "recovery_codes");
    if (!takesCodes) return say(() => text("passkey_only"));
    show("second");
    return byId("code").focus();
  }
  // 401 without a pending step: the password was right, but the account may not sign in
  say(answer.status === 401 ? () => text("account_inactive") : explain(answer));
}

async function enter() {
  const me = await send("GET", "/api/v1/me");
  if (me.status !== 200) {
    show("sign-in");
    return me.status === 401 ? undefined : say(explain(me));
  }
  if (!localStorage.getItem("language")) language = me.body.language;
  show("lots");
  translate();
  byId("person").textContent = me.body.name;
  await load(true);
}

async function load(fresh) {
  const query = new URLSearchParams({ limit: "50", search: byId("words").value.trim() });
  if (!fresh && nextCursor) query.set("cursor", nextCursor);
  const answer = await send("GET", `/api/v1/lots?${query}`);
  if (answer.status === 401) {
    show("sign-in");
    return say(() => text("signed_out"));
  }
  if (answer.status !== 200) return say(explain(answer));
  shownLots = fresh ? answer.body.items : shownLots.concat(answer.body.items);
  nextCursor = answer.body.next_cursor;
  byId("more").hidden = nextCursor === null;
  byId("empty").hidden = shownLots.length > 0;
  draw();
}

function cell(row, content, className) {
  const td = row.insertCell();
  if (className) td.className = className;
  td.append(content);
}

function statusOf(lot) {
  const status = document.createElement("span");
  status.className = `status ${lot.status}`;
  status.textContent = text(lot.status) || lot.status;
  return status;
}

/** The status, and beside it what a status alone does not say: open holds. */
function standing(lot) {
  const parts = document.createDocumentFragment();
  parts.append(statusOf(lot));
  if (lot.open_holds > 0) {
    const hold = document.createElement("span");
    hold.className = "hold";
    hold.textContent = ` ${text("hold")}`;
    parts.append(hold);
  }
  return parts;
}

function draw() {
  const rows = byId("rows");
  rows.replaceChildren();
  for (const lot of shownLots) {
    const row = rows.insertRow();
    cell(row, lot.number);
    cell(row, `${lot.material_number} ${lot.material_name}`);
    cell(row, standing(lot));
    cell(row, `${lot.quantity} ${lot.unit}`, "quantity");
    cell(row, lot.places.join(", "));
  }
}

/** Run what a person asked for, once at a time, and say in words when it fails. */
function on(id, event, run) {
  let busy = false;
  byId(id).addEventListener(event, async (happened) => {
    happened.preventDefault();
    if (busy) return;
    busy = true;
    say(null);
    try {
      await run();
    } catch {
      say(() => text("no_connection"));
    } finally {
      busy = false;
    }
  });
}

on("sign-in", "submit", async () => {
  const credentials = { username: byId("username").value.trim(), password: byId("password").value };
  byId("password").value = "";
  await afterSignIn(await send("POST", `${ALLAUTH}login`, credentials));
});
on("second", "submit", async () => {
  const code = byId("code").value.trim();
  byId("code").value = "";
  await afterSignIn(await send("POST", `${ALLAUTH}2fa/authenticate`, { code }));
});
on("sign-out", "click", async () => {
  const answer = await send("DELETE", `${ALLAUTH}session`);
  if (answer.status !== 401) return say(explain(answer)); // allauth says "signed out" by 401
  shownLots = [];
  draw();
  show("sign-in");
  byId("username").focus();
});
on("search", "submit", () => load(true));
on("more", "click", () => load(false));
byId("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
  translate();
});

translate();
// The session endpoint answers 401 to nobody; it also sets the CSRF cookie that sign-in needs.
send("GET", `${ALLAUTH}session`).then(
  (answer) => (answer.status === 200 ? enter() : show("sign-in")),
  () => say(() => text("no_connection")),
);
