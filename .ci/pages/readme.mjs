// node readme.mjs URL PROFILE: the page of the README's first program sends what is typed, and shows the answer.

import { withBrowser, withoutIcon } from "./browser.mjs";

const [url, profile] = process.argv.slice(2);

await withBrowser(profile, async context => {
  await withoutIcon(context);
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction("socket.readyState === WebSocket.OPEN");
  for (const text of ["hello", "<b>hello</b>"]) {
    await page.getByPlaceholder("Say something").fill(text);
    await page.keyboard.press("Enter");
    await page.getByText(`You said: ${text}`).waitFor();
  }
});
console.log("The README's first program serves a page that echoes.");
