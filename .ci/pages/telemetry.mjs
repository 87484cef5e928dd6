// node telemetry.mjs URL PROFILE [DIRECTORY]: the page sends readings in Protocol Buffers, keeps them while it is disconnected,
// and shows acknowledgements, totals and a refusal. With a directory it leaves pictures there.

import { withBrowser } from "./browser.mjs";
import { looks } from "./looks.mjs";

const [url, profile, pictures] = process.argv.slice(2);

const button = (page, name) => page.getByRole("button", { name, exact: true });
const hears = (page, text) => page.getByRole("log").getByText(text, { exact: true }).waitFor();
const isConnected = page => page.getByText("connected", { exact: true }).waitFor();

async function totals(page, expected) {
  for (const [id, number] of Object.entries(expected)) await page.locator(`#${id}`).getByText(String(number), { exact: true }).waitFor();
}

async function readingsAreAcknowledged(page) {
  await hears(page, "Settings: a reading every 10 s");
  await page.getByLabel(/^Temperature/).fill("-3.5");
  await button(page, "Send reading").click();
  await hears(page, "Reading 1: celsius = -3.5");
  await hears(page, "Acknowledgement: everything up to 1");
  await totals(page, { taken: 1, acknowledged: 1, waiting: 0 });
  await page.getByText('{ "number": "1", "sensor": "celsius", "value": -3.5 }').waitFor();
}

async function readingsWaitForAConnection(page) {
  await button(page, "Disconnect").click();
  await page.getByText(/^closed: 1000/).waitFor();
  await button(page, "Send reading").evaluate(button => { for (let click = 0; click < 200; click++) button.click(); }); // numbers of two bytes
  await totals(page, { taken: 201, acknowledged: 1, waiting: 200 });
  await looks(page, "telemetry-waiting", pictures);
  await button(page, "Connect").click();
  await hears(page, "Acknowledgement: everything up to 201");
  await totals(page, { taken: 201, acknowledged: 201, waiting: 0 });
}

async function nonsenseIsRefused(page) {
  await button(page, "Send nonsense").click();
  await hears(page, "Refusal: The message is not the expected Protocol Buffers.");
  await isConnected(page);
}

async function aReloadGoesOn(page) {
  await page.reload();
  await isConnected(page);
  await button(page, "Send reading").click();
  await hears(page, "Acknowledgement: everything up to 202");
}

await withBrowser(profile, async context => {
  const page = await context.newPage();
  await page.goto(url);
  await isConnected(page);
  await readingsAreAcknowledged(page);
  await readingsWaitForAConnection(page);
  await nonsenseIsRefused(page);
  await aReloadGoesOn(page);
  await nonsenseIsRefused(page);
  await looks(page, "telemetry", pictures);
});
console.log("The page sends readings in Protocol Buffers, keeps them until they are acknowledged, and shows a refusal.");
