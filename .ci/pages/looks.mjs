// Checks that a page fits its window, on a desktop and on a phone, and takes pictures of it there, in light and dark.

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

// Leaves pictures in `directory`, or none if there is no directory.
export async function looks(page, name, directory) {
  for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    await page.setViewportSize(viewport);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) throw new Error(`At a width of ${viewport.width} the page is ${overflow} px too wide.`);
    if (directory) await pictures(page, `${directory}/${name}-${size}`);
  }
}

async function pictures(page, path) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${path}-${colorScheme}.png`, fullPage: true });
  }
  await page.emulateMedia({ colorScheme: "light" });
}
