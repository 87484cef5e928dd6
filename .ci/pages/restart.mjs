// node restart.mjs PROFILE COMMAND...: a page of the chat says that the server has lost the history in a restart, and keeps its
// lines. It starts COMMAND itself.

import { withBrowser } from "./browser.mjs";
import { Server } from "./server.mjs";

const [profile, ...command] = process.argv.slice(2);

async function say(page, text) {
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("log").getByText(text, { exact: true }).waitFor();
}

async function loses(page, server) {
  await server.stop();
  await page.getByText(/connection lost|connecting/).waitFor();
  await server.start();
  await page.getByText("connected", { exact: true }).waitFor();
}

// Chromium logs each request that fails while the server is away.
const expected = /code: 503|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_FAILED/;

await withBrowser(profile, async context => {
  const server = await Server.start(command);
  try {
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByLabel("Name").fill("Ada");
    await page.getByRole("button", { name: "Enter" }).click();
    await page.getByText("connected", { exact: true }).waitFor();
    await loses(page, server);
    await page.getByText("Connected again", { exact: true }).waitFor(); // there was nothing to lose
    await say(page, "before");
    await loses(page, server);
    await page.getByText("a restart lost its history").waitFor();
    await say(page, "after");
    const lines = await page.getByRole("log").locator(".text").allTextContents();
    if (lines.join() !== "before,after") throw new Error(`The page shows: ${lines}`);
  } finally {
    await server.stop();
  }
}, expected);
console.log("The page of the chat says that the history was lost in a restart, and keeps its lines.");
