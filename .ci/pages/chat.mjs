// node chat.mjs URL PROFILE [OTHER_URL]: two windows chat with each other, and one that loses its connection comes back and gets
// what it missed. With OTHER_URL the second window is on another server of the chat.

import { breakable, withBrowser } from "./browser.mjs";

const [url, profile, otherUrl = url] = process.argv.slice(2);
const room = `ci-${Date.now()}`; // nothing was said there

async function enter(context, server, name) {
  const page = await context.newPage();
  await page.goto(`${server}/#${room}`);
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Enter" }).click();
  await page.getByText("connected", { exact: true }).waitFor();
  return page;
}

async function say(page, text) {
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.getByRole("button", { name: "Send" }).click();
}

const hears = (page, text) => page.getByRole("log").getByText(text, { exact: true }).waitFor();

await withBrowser(profile, async context => {
  const ada = await enter(context, url, "Ada");
  const bo = await enter(context, otherUrl, "Bo");
  await hears(ada, "Bo came in");

  await say(ada, "Hello, Bo");
  await hears(bo, "Hello, Bo");
  await say(bo, "<b>Hello</b>, Ada");
  await hears(ada, "<b>Hello</b>, Ada");

  const network = await breakable(ada, "**/chat/**");
  await ada.reload();
  await hears(ada, "Hello, Bo"); // of the history
  await network.lose(async () => {
    await ada.getByText(/connection lost|connecting/).waitFor();
    await say(bo, "Are you there?");
    await hears(bo, "Are you there?");
  });
  await ada.getByText("connected", { exact: true }).waitFor();
  await hears(ada, "Are you there?");
  await hears(ada, "Connected again");
  const lines = await ada.getByRole("log").locator(".text").allTextContents();
  if (lines.join() !== "Hello, Bo,<b>Hello</b>, Ada,Are you there?") throw new Error(`Ada's page shows: ${lines}`);
  await bo.getByRole("button", { name: "Leave" }).click();
  await hears(ada, "Bo left");
});
console.log("Two windows chat with each other, and one comes back by itself and shows what it missed.");
