// node chat.mjs URL PROFILE: two windows chat with each other, and one that loses its connection comes back.

import { withBrowser } from "./browser.mjs";

const [url, profile] = process.argv.slice(2);

async function enter(context, name) {
  const page = await context.newPage();
  await page.goto(`${url}/#ci`);
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

// Lets the check break the page's next connections as a network would; returns what breaks the one that is open.
async function breakable(page) {
  let carriers;
  await page.routeWebSocket("**/chat/**", socket => carriers = [socket, socket.connectToServer()]);
  return () => Promise.all(carriers.map(carrier => carrier.close({ code: 3000 })));
}

await withBrowser(profile, async context => {
  const ada = await enter(context, "Ada");
  const bo = await enter(context, "Bo");
  await hears(ada, "Bo came in");

  await say(ada, "Hello, Bo");
  await hears(bo, "Hello, Bo");
  await say(bo, "<b>Hello</b>, Ada");
  await hears(ada, "<b>Hello</b>, Ada");

  const loseConnection = await breakable(ada);
  await ada.reload();
  await hears(ada, "Hello, Bo");
  await loseConnection();
  await ada.getByText(/connection lost/).waitFor();
  await ada.getByText("connected", { exact: true }).waitFor();
  await bo.getByRole("button", { name: "Leave" }).click();
  await hears(ada, "Bo left");
});
console.log("Two windows chat with each other, and one comes back by itself.");
