// node picture.mjs PICTURE COMMAND...: starts the chat with the command, lets two windows talk, and draws them with the mistake.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withBrowser } from "./browser.mjs";
import { drawMistake } from "./editor.mjs";
import { Server } from "./server.mjs";

const WINDOW = { width: 372, height: 346 }; // the size of the images of picture.html
const PICTURE = { width: 800, height: 600 };

const [picture, ...command] = process.argv.slice(2);
const mistake = JSON.parse(await readFile("mistake.json", "utf8"));

async function enter(context, url, name) {
  const page = await context.newPage();
  await page.setViewportSize(WINDOW);
  await page.goto(`${url}/#garden`);
  await page.addStyleTag({ content: ":root { font: 13px/1.45 Inter, sans-serif }" }); // the same on every machine, and small
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Enter" }).click();
  await page.getByText("connected", { exact: true }).waitFor();
  return page;
}

async function say(text, speaker, listener) {
  await speaker.getByLabel("Message", { exact: true }).fill(text);
  await speaker.getByRole("button", { name: "Send" }).click();
  for (const page of [speaker, listener]) await page.getByRole("log").getByText(text, { exact: true }).waitFor();
}

async function talk(context, url) {
  const ada = await enter(context, url, "Ada");
  const bo = await enter(context, url, "Bo");
  await ada.getByRole("log").getByText("Bo came in").waitFor();
  await say("Does this run on three servers?", ada, bo);
  await say("Yes, with one more line of code.", bo, ada);
  await say("Then let us invite everybody!", ada, bo);
  const windows = [];
  for (const page of [ada, bo]) windows.push(await shoot(page));
  return windows;
}

async function shoot(page) {
  await page.bringToFront();
  await page.evaluate(() => document.activeElement.blur()); // no cursor that blinks
  return `data:image/png;base64,${(await page.screenshot()).toString("base64")}`;
}

async function draw(context, windows) {
  const page = await context.newPage();
  await page.setViewportSize(PICTURE);
  await page.goto(pathToFileURL("picture.html").href);
  await page.evaluate(drawMistake, mistake);
  await page.evaluate(async images => {
    for (const [index, image] of document.querySelectorAll("img").entries()) {
      image.src = images[index];
      await image.decode();
    }
    await document.fonts.ready;
  }, windows);
  await page.locator("main").screenshot({ path: picture });
}

const profile = await mkdtemp(join(tmpdir(), "krait-picture-"));
const server = await Server.start(command);
try {
  const options = { deviceScaleFactor: 2, colorScheme: "light" };
  await withBrowser(profile, async context => draw(context, await talk(context, server.url)), /^$/, options);
} finally {
  await server.stop();
  await rm(profile, { recursive: true });
}
