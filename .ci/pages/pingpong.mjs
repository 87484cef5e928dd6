// node pingpong.mjs URL PROFILE: the page sends, and answers a ping of the server's.

import { withBrowser } from "./browser.mjs";

const [url, profile] = process.argv.slice(2);

await withBrowser(profile, async context => {
  const page = await context.newPage();
  await page.goto(url);
  const log = page.getByRole("log");
  await page.getByText("connected", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Send" }).click();
  await log.getByText("PONG: hello", { exact: true }).waitFor();

  const ping = await log.getByText(/^PING: [A-Za-z0-9]{5,10}$/).first().textContent();
  await log.getByText(ping.replace("PING", "PONG"), { exact: true }).waitFor();
});
console.log("Ping and pong.");
