// Debian's Chromium with a profile of its own. A page that logs an error fails the check, unless the check expects it: Chromium
// logs each failed request, such as those to a server that is away.

import { chromium } from "playwright-core";

export async function withBrowser(profile, check, expected = /^$/, options = {}) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: "/usr/bin/chromium",
    headless: true,
    ignoreHTTPSErrors: true, // the recipe for nginx has a certificate of its own
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
    ...options,
  });
  const errors = [];
  context.on("weberror", error => errors.push(error.error()));
  context.on("console", message => message.type() === "error" && !expected.test(message.text()) && errors.push(message.text()));
  context.setDefaultTimeout(15_000);
  try {
    await check(context);
    if (errors.length) throw new Error(`The page logged: ${errors.join("; ")}`);
  } finally {
    await context.close();
  }
}
