// node closing.mjs URL PROFILE: a browser whose message is too large learns why its connection closes, and that it closed cleanly.

import { withBrowser } from "./browser.mjs";

const [url, profile] = process.argv.slice(2);
const TIMES = 10;

// Runs in the page.
const sendTooMuch = address => new Promise(resolve => {
  const socket = new WebSocket(address);
  socket.onopen = () => socket.send("x".repeat(1024 * 1024));
  socket.onclose = close => resolve(`${close.code}, clean: ${close.wasClean}`);
});

await withBrowser(profile, async context => {
  const page = await context.newPage();
  await page.goto(url);
  for (let time = 0; time < TIMES; time++) {
    const close = await page.evaluate(sendTooMuch, `${url.replace("http", "ws")}/chat/closing?name=Ada`);
    if (close !== "1009, clean: true") throw new Error(`The connection closed with ${close}.`);
  }
});
console.log("A browser is told that its message is too large.");
