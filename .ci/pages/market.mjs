// node market.mjs URL PROFILE [DIRECTORY]: the page shows quotes as they come, watches what it is told to, comes back by itself,
// and shows how many quotes are conflated for a slow reader. The page of the meters shows what clients do to the server.
// With a directory it leaves pictures there.

import { withBrowser } from "./browser.mjs";

const [url, profile, pictures] = process.argv.slice(2);
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };

const card = (page, symbol) => page.getByRole("article").filter({ has: page.getByRole("heading", { name: symbol }) });
const pick = (page, symbol) => page.getByRole("checkbox", { name: symbol });
const price = (page, symbol) => card(page, symbol).locator("data").textContent();

async function changes(page, symbol) {
  const before = await price(page, symbol);
  await card(page, symbol).locator("data").filter({ hasNotText: before }).waitFor();
}

// Nothing is cut off or to be scrolled sideways.
async function fits(page, size) {
  await page.setViewportSize(size);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) throw new Error(`At a width of ${size.width} the page is ${overflow} px too wide.`);
}

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

const tile = (page, title) => page.getByRole("article").filter({ has: page.getByRole("heading", { name: title }) });

// A number of the page of the meters is at least this at some time.
async function reaches(page, title, least) {
  const data = await tile(page, title).locator("data").elementHandle();
  await page.waitForFunction(([data, least]) => Number(data.value) >= least, [data, least], { timeout: 30_000 });
}

async function meters(context) {
  const page = await context.newPage();
  await page.setViewportSize(DESKTOP);
  await page.goto(url + "/meters");
  await page.getByText("live", { exact: true }).waitFor();
  await page.getByText("client closed").waitFor(); // the page of the quotes was reloaded
  await reaches(page, "Connections open", 1);

  await page.getByRole("checkbox", { name: "Busy clients" }).check();
  await page.getByRole("checkbox", { name: "Slow reader" }).check();
  await reaches(page, "Connections open", 14);
  await reaches(page, "Messages in", 10);
  await reaches(page, "Messages out", 100);
  await reaches(page, "Handler p99", 1e-6);
  await reaches(page, "Lost or conflated", 1);
  await reaches(page, "Working set", 1e6);
  if ((await context.request.get(url + "/market")).status() !== 426) throw new Error("A request that is no upgrade was not refused.");
  await page.getByText("not web socket").waitFor();
  await looks(page);
  await page.getByRole("checkbox", { name: "Slow reader" }).uncheck();
  await page.getByRole("checkbox", { name: "Busy clients" }).uncheck();
  await page.waitForFunction(data => Number(data.value) < 14, await tile(page, "Connections open").locator("data").elementHandle());
  await page.close();
}

async function looks(page) {
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme });
    await fits(page, PHONE);
    await picture(page, `meters-phone-${colorScheme}`);
    await fits(page, DESKTOP);
    await picture(page, `meters-${colorScheme}`);
  }
}

await withBrowser(profile, async context => {
  const page = await context.newPage();
  let carriers;
  await page.routeWebSocket("**/market", socket => carriers = [socket, socket.connectToServer()]);
  await page.setViewportSize(DESKTOP);
  await page.goto(url);
  await page.getByText("live", { exact: true }).waitFor();
  await changes(page, "KRT");
  await page.getByRole("img", { name: /^Krait Snakes in the last minute/ }).waitFor();
  await picture(page, "desktop");

  await pick(page, "KRT").uncheck();
  await pick(page, "MMB").check();
  await card(page, "KRT").waitFor({ state: "detached" });
  await changes(page, "MMB");
  await fits(page, PHONE);
  await picture(page, "phone");
  await fits(page, DESKTOP);

  const slow = page.getByRole("checkbox", { name: "Slow reader" });
  await slow.check();
  await page.getByText(/quotes read, [1-9][\d,]* conflated/).waitFor({ timeout: 30_000 }); // first the buffers of both sides fill
  await changes(page, "MMB");
  await picture(page, "slow");
  await fits(page, PHONE);
  await picture(page, "slow-phone");
  await fits(page, DESKTOP);
  await slow.uncheck();
  await page.getByText(/^Opens a second connection/).waitFor();

  await Promise.all(carriers.map(carrier => carrier.close({ code: 3000 })));
  await page.getByText(/connection lost/).waitFor();
  await picture(page, "lost");
  await page.getByText("live", { exact: true }).waitFor();
  await changes(page, "MMB");
  await page.reload();
  await changes(page, "MMB");
  if (await pick(page, "KRT").isChecked()) throw new Error("What is watched was forgotten.");

  for (const symbol of ["ADR", "BOA", "MMB"]) await pick(page, symbol).uncheck();
  await page.getByText(/^Pick a stock/).waitFor();
  await picture(page, "nothing");
  await meters(context);
});
console.log("The page shows quotes as they come, comes back by itself, counts what is conflated for a slow reader, and shows the meters of its server.");
