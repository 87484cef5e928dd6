// node echo.mjs URL PROFILE [DIRECTORY]: text and files come back unchanged, and the page shows why the server closes a connection.
// With a directory it leaves pictures there.

import { withBrowser } from "./browser.mjs";
import { looks } from "./looks.mjs";

const [url, profile, pictures] = process.argv.slice(2);
const PATIENCE = { timeout: 120_000 }; // 32 MiB take long on a busy machine

const isConnected = page => page.getByText("connected", { exact: true }).waitFor();
const message = (page, content) => page.getByRole("log").getByRole("listitem").filter({ has: page.getByText(content, { exact: true }) });

async function comesBack(page, content, facts) {
  await message(page, content).getByText(facts).waitFor();
  await message(page, content).getByText(/^back unchanged after [\d.]+ ms$/).waitFor();
}

// As from a file manager: a DataTransfer with files cannot be made outside of the page.
const drop = (page, name, type, size) => page.evaluate(([name, type, size]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([new Uint8Array(size).fill(0xa5)], name, { type }));
  document.getElementById("drop").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}, [name, type, size]);

async function textComesBack(page) {
  await page.getByRole("button", { name: "Send" }).click();
  await comesBack(page, "hello", "text, 5 bytes");
  await page.getByLabel("Text").fill("<b>grüß dich 🐍</b>");
  await page.keyboard.press("Enter");
  await comesBack(page, "<b>grüß dich 🐍</b>", "text, 23 bytes");
}

async function filesComeBack(page) {
  await drop(page, "noise.bin", "", 300_000);
  await comesBack(page, "noise.bin", "binary, 300,000 bytes");
  const icon = await page.request.get(`${url}/icon.svg`);
  await page.getByLabel("File").setInputFiles({ name: "icon.svg", mimeType: "image/svg+xml", buffer: await icon.body() });
  await comesBack(page, "icon.svg", /^binary/);
  await page.getByRole("img", { name: "The image that came back" }).waitFor();
}

async function aFileThatIsTooLargeClosesTheConnection(page) {
  await drop(page, "large.bin", "", 32 * 1024 * 1024 + 1);
  await page.getByText(/^closed: 1009/).waitFor(PATIENCE);
  await message(page, "large.bin").getByText("lost with the connection").waitFor();
  await looks(page, "echo-closed", pictures);
  await page.getByRole("button", { name: "Connect" }).click();
  await isConnected(page);
}

await withBrowser(profile, async context => {
  const page = await context.newPage();
  await page.goto(url);
  await isConnected(page);
  await textComesBack(page);
  await filesComeBack(page);
  await looks(page, "echo", pictures);
  await aFileThatIsTooLargeClosesTheConnection(page);
});
console.log("Text and files come back unchanged, and the page shows why the server closes a connection.");
