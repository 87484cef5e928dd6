// Debian's Chromium with a profile of its own. A page that logs an error fails the check.

import { chromium } from "playwright-core";

export async function withBrowser(profile, check) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: "/usr/bin/chromium",
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const errors = [];
  context.on("weberror", error => errors.push(error.error()));
  context.on("console", message => message.type() === "error" && errors.push(message.text()));
  context.setDefaultTimeout(15_000);
  try {
    await check(context);
    if (errors.length) throw new Error(`The page logged: ${errors.join("; ")}`);
  } finally {
    await context.close();
  }
}
