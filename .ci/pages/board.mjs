// node board.mjs PROFILE PICTURES COMMAND...: two windows share a board. The server restarts, a session ends, and the board stays.
// It starts COMMAND itself and leaves pictures in the directory PICTURES, or none if that is empty.

import { rmSync } from "node:fs";
import { withBrowser } from "./browser.mjs";
import { Server } from "./server.mjs";

const [profile, pictures, ...command] = process.argv.slice(2);
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };

const column = (page, title) => page.getByRole("region", { name: title, exact: true });
const card = (page, title, text) => column(page, title).getByRole("button", { name: text, exact: true });
const isConnected = page => page.getByText("connected", { exact: true }).waitFor();

async function logIn(page, name, password = "krait") {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}

async function open(context, server, name) {
  const page = await context.newPage();
  await page.setViewportSize(DESKTOP);
  await page.goto(server.url);
  await logIn(page, name);
  await isConnected(page);
  return page;
}

async function add(page, title, text) {
  const field = page.getByLabel(`Add a card to ${title}`);
  await field.fill(text);
  await field.press("Enter");
}

async function shows(page, title, texts) {
  const shown = () => column(page, title).locator(".card:not(.pending)").allTextContents();
  const deadline = Date.now() + 15_000;
  while ((await shown()).join() !== texts.join()) {
    if (Date.now() > deadline) throw new Error(`${title} shows ${await shown()} in place of ${texts}.`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

async function picture(page, name) {
  if (!pictures) return;
  for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${pictures}/${name}-${size}-${colorScheme}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(DESKTOP);
}

// Nothing of the page is cut off; only the columns scroll sideways.
async function fits(page) {
  await page.setViewportSize(PHONE);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) throw new Error(`On a phone the page is ${overflow} px too wide.`);
  await page.setViewportSize(DESKTOP);
}

async function twoWindowsShareABoard(ada, bo) {
  await bo.getByRole("listitem", { name: "Ada" }).waitFor();
  for (const text of ["Draw the columns", "Write the messages", "Try it on a phone"]) await add(ada, "To do", text);
  await shows(bo, "To do", ["Draw the columns", "Write the messages", "Try it on a phone"]);

  await card(ada, "To do", "Draw the columns").dragTo(column(ada, "Doing"));
  await shows(bo, "Doing", ["Draw the columns"]);
  await bo.getByText("Ada moved “Draw the columns” to Doing").waitFor();
  await picture(bo, "board");
  await card(ada, "To do", "Try it on a phone").dragTo(card(ada, "To do", "Write the messages"), { targetPosition: { x: 20, y: 4 } });
  await shows(bo, "To do", ["Try it on a phone", "Write the messages"]);
}

async function keysDoWhatAMouseDoes(ada, bo) {
  await card(bo, "To do", "Write the messages").focus();
  await bo.keyboard.press("Enter");
  await picture(bo, "card");
  await bo.getByRole("button", { name: "Doing" }).press("Enter");
  await shows(ada, "Doing", ["Draw the columns", "Write the messages"]);
  await bo.locator("[data-column=doing][aria-pressed=true]:focus").waitFor();
  await bo.getByRole("button", { name: "↑ Up" }).press("Enter");
  await shows(ada, "Doing", ["Write the messages", "Draw the columns"]);
  await bo.locator("[data-action=up][aria-disabled=true]:focus").waitFor();
  await bo.keyboard.press("Enter"); // does nothing
  await bo.getByLabel("Title").fill("Write <b>all</b> messages");
  await bo.keyboard.press("Enter");
  await shows(ada, "Doing", ["Write <b>all</b> messages", "Draw the columns"]);

  await card(ada, "Doing", "Draw the columns").click();
  await ada.getByRole("button", { name: "Remove" }).click();
  await shows(bo, "Doing", ["Write <b>all</b> messages"]);
}

// More cards at once than the server takes: the page sends the refused ones again.
async function manyCardsArrive(ada, bo) {
  const many = Array.from({ length: 8 }, (_, index) => `Card ${index + 1}`);
  for (const text of many) await add(ada, "Done", text);
  await column(ada, "Done").locator(".pending").first().waitFor({ state: "detached" });
  const texts = await column(bo, "Done").locator(".card").allTextContents();
  if (texts.toSorted().join() !== many.join()) throw new Error(`Done shows ${texts}.`);
}

async function aRestartLosesNothing(server, ada, bo) {
  await server.stop();
  await ada.getByText(/reconnecting in/).waitFor();
  await picture(ada, "away");
  await add(ada, "To do", "Made while the server was away");
  await server.start();
  await isConnected(ada);
  await isConnected(bo);
  for (const page of [ada, bo]) await shows(page, "To do", ["Try it on a phone", "Write the docs", "Made while the server was away"]);
}

async function aSessionLastsWhileItIsRenewed(context) {
  const server = await start("15"); // seconds
  try {
    const ada = await open(context, server, "Ada");
    const isRenewal = response => response.url().endsWith("/renew") && response.ok();
    for (let renewals = 0; renewals < 2; renewals++) await ada.waitForResponse(isRenewal);
    await isConnected(ada);
    await ada.route("**/renew", route => route.abort());
    await ada.getByText("Your session has ended. Please log in again.").waitFor();
    await ada.unroute("**/renew");
    await logIn(ada, "Ada");
    await isConnected(ada);
    await ada.reload();
    await isConnected(ada);
    await anExpiredTokenLeadsToTheLogin(ada, server);
    await ada.close();
  } finally {
    await server.stop();
  }
}

// As when a laptop has slept.
async function anExpiredTokenLeadsToTheLogin(page, server) {
  const token = await page.evaluate(() => JSON.parse(sessionStorage.getItem("session")).token);
  await page.goto("about:blank");
  const headers = { Authorization: `Bearer ${token}` };
  while ((await fetch(`${server.url}/renew`, { method: "POST", headers })).ok) await new Promise(resolve => setTimeout(resolve, 250));
  await page.goBack();
  await page.getByText("Your session has ended. Please log in again.").waitFor();
}

async function aVisitorNeedsThePassword(context, server) {
  const visitor = await context.newPage();
  await visitor.goto(server.url);
  await logIn(visitor, "Ada", "wrong");
  await visitor.getByText("The password is wrong.").waitFor();
  await picture(visitor, "login");
  await visitor.close();
}

function start(sessionSeconds) {
  const database = `${profile}-${sessionSeconds}.db`;
  for (const end of ["", "-wal", "-shm"]) rmSync(database + end, { force: true });
  return Server.start([
    ...command,
    `--Board:Database=${database}`,
    `--Board:Key=${Buffer.alloc(32, 7).toString("base64")}`, // a restart keeps it, as it should in production
    `--Board:TokenLifetime=00:00:${sessionSeconds}`,
  ]);
}

// Chromium logs each request that fails while the server is away, drains (503), or refuses a password or a token (401).
const expected = /401 \(Unauthorized\)|code: 503|HTTP Authentication failed|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_FAILED/;

await withBrowser(profile, async context => {
  const server = await start("59");
  try {
    await aVisitorNeedsThePassword(context, server);
    const ada = await open(context, server, "Ada");
    const bo = await open(context, server, "Bo Lindqvist");
    await twoWindowsShareABoard(ada, bo);
    await keysDoWhatAMouseDoes(ada, bo);
    await add(bo, "To do", "Write the docs");
    await shows(ada, "To do", ["Try it on a phone", "Write the docs"]);
    await manyCardsArrive(ada, bo);
    await fits(ada);
    await aRestartLosesNothing(server, ada, bo);
    await Promise.all([ada.close(), bo.close()]);
  } finally {
    await server.stop();
  }
  await aSessionLastsWhileItIsRenewed(context);
}, expected);
console.log("Two windows share a board, with mouse and keys; it survives a restart of the server and the end of a session.");
