// Debian's Chromium with a profile of its own. A page that logs an error fails the check, unless the check expects it: Chromium
// logs each failed request, such as those to a server that is away.

import { chromium } from "playwright-core";

export async function withBrowser(profile, check, expected = /^$/, options = {}) {
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
    ...options,
  });
  const errors = [];
  context.on("weberror", error => errors.push(error.error()));
  context.on("console", message => message.type() === "error" && !expected.test(message.text()) && errors.push(message.text()));
  context.setDefaultTimeout(60_000);
  try {
    await check(context);
    if (errors.length) throw new Error(`The page logged: ${errors.join("; ")}`);
  } finally {
    await context.close();
  }
}

// For pages without an icon: a browser asks for it, and would log that it is missing.
export const withoutIcon = context => context.route("**/favicon.ico", route => route.fulfill({ status: 204 }));

// Lets the check break the page's next connections as a network would. `lose` breaks the one that is open, and lets no other
// through before `meanwhile` is done.
export async function breakable(page, url) {
  let carriers;
  let allowed = Promise.resolve();
  await page.routeWebSocket(url, async socket => {
    await allowed;
    carriers = [socket, socket.connectToServer()];
  });
  return {
    lose: async meanwhile => {
      let allow;
      allowed = new Promise(resolve => allow = resolve);
      await Promise.all(carriers.map(carrier => carrier.close({ code: 3000 })));
      await meanwhile();
      allow();
    },
  };
}
