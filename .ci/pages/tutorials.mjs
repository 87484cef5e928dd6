// node tutorials.mjs DOCS FOLDER PROFILE [PICTURES]: follows both tutorials with `dotnet`, in the folder next to a clone with packages, and in Chromium
// where the text says page. Every step is built without a warning, run, and compared with the output that its page shows.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withBrowser, withoutIcon } from "./browser.mjs";
import { Desk, Window, read, same } from "./tutorial.mjs";

const [docs, folder, profile, pictures] = process.argv.slice(2);
const desk = new Desk(folder, "Dice");
let lastCommand;

// A reader packs 0.1.0. The packages of .ci/run are prereleases, and `dotnet add package` does not take these by itself.
const takePrereleases = line => line.replace("dotnet add package Krait ", "$&--prerelease ");

await withBrowser(profile, async context => {
  await withoutIcon(context);
  try {
    await follow("tutorial.md", context, {
      "1. A page and a controller": greet,
      "2. Typed messages": rollAndFail,
      "3. The others": reachTheTable,
      "4. The upgrade": refuse,
    });
    await follow("tutorial-messages.md", context, {
      "1. A union": rollAndTalk,
      "2. A client in a terminal": playInATerminal,
      "3. Questions and answers": askInATerminal,
      "4. Another format for the same conversation": speakInLines,
    });
  } finally {
    await desk.leave();
  }
}, /WebSocket connection to .* failed|net::ERR/);

async function follow(page, context, conversations) {
  const [start, ...steps] = await read(join(docs, page));
  if (start.commands.length) {
    await desk.run(folder, ...start.commands.map(command => takePrereleases(command.line)));
    await pickAnyPort();
  }
  for (const step of steps) {
    for (const file of step.files) await desk.write(file);
    await desk.run(desk.project, "dotnet build -warnaserror");
    const server = await desk.serve();
    const windows = [];
    const open = async path => {
      const window = await Window.open(context, server.url, path);
      windows.push(window);
      return window;
    };
    await conversations[step.title]({ ...step, server, open });
    if (pictures) await windows.at(-1)?.page.screenshot({ path: join(pictures, `${page}-${step.title[0]}.png`) });
    await server.interrupt();
    for (const window of windows) await window.page.close();
    console.log(`${page}: ${step.title}`);
  }
}

// The template picks a port once, and another program may have it here.
async function pickAnyPort() {
  const settings = join(desk.project, "Properties", "launchSettings.json");
  await writeFile(settings, (await readFile(settings, "utf8")).replace(/"applicationUrl": "http:[^"]*"/, '"applicationUrl": "http://127.0.0.1:0"'));
}

async function greet({ open, server, shown: [greeting, end] }) {
  const page = await open("/");
  await page.shows(greeting.split("\n").slice(0, 2).join("\n"));
  await page.press("Send");
  await page.shows(greeting);
  const stopped = server.interrupt();
  await page.shows(`${greeting}\n${end}`);
  await stopped;
}

async function rollAndFail({ open, shown: [roll, ...errors] }) {
  const page = await open("/");
  await page.shows("connected");
  await page.press("Roll");
  await page.shows(roll);
  for (const [index, text] of ['{"sides":0}', '{"sides":'].entries()) {
    await page.page.reload();
    await page.shows("connected");
    await page.type(text);
    await page.press("Roll");
    await page.shows(errors[index]);
  }
}

async function reachTheTable({ open, shown: [rolls] }) {
  const cleo = await open("/?table=red&name=Cleo");
  await cleo.shows("connected");
  await rollInTurn(rolls, open);
  await cleo.press("Roll");
  await cleo.shows("connected\nCleo: 1"); // and no roll of the other table before it
}

async function refuse({ open, server, commands, shown: [refused, logged] }) {
  await rollInTurn("connected\nAda: 6\nBo: 2", open);
  const blue = await open("/?table=blue&name=Ada");
  await blue.shows(refused);
  await server.find(new RegExp(logged.replace(/[[\].]/g, "\\$&")));

  const port = new URL(server.url).host;
  const functions = commands.filter(command => !command.output.length).map(command => command.line);
  for (const { line, output } of commands.filter(command => command.output.length)) {
    const printed = await desk.run(folder, ...functions, line.replace("localhost:PORT", port));
    if (!output.every(text => printed.includes(text))) throw new Error(`${line}\n${printed.join("\n")}`);
  }
}

async function rollInTurn(rolls, open) {
  const [ada, bo] = [await open("/?table=green&name=Ada"), await open("/?table=green&name=Bo")];
  for (const page of [ada, bo]) await page.shows("connected");
  await ada.press("Roll");
  await bo.shows(rolls.split("\n").slice(0, 2).join("\n"));
  await bo.press("Roll");
  for (const page of [ada, bo]) await page.shows(rolls);
}

async function rollAndTalk({ open, shown: [messages] }) {
  const page = await open("/?table=green&name=Ada");
  await page.shows("connected");
  await page.press("Roll");
  await page.press("Say");
  await page.shows(messages);
}

async function playInATerminal({ open, server, commands: [command], shown: [conversation] }) {
  const page = await open("/?table=green&name=Ada");
  await page.shows("connected");
  const terminal = openTerminal(server, command);
  await converse(terminal, conversation);
  await page.shows(conversation.split("\n").filter(line => !line.startsWith("{")).map(line => line.replace("< ", "")).join("\n"));
  await terminal.interrupt();
}

async function askInATerminal({ server, shown: conversations }) {
  const terminal = openTerminal(server, lastCommand);
  for (const conversation of conversations) await converse(terminal, conversation);
  await terminal.interrupt();
}

async function speakInLines({ open, server, commands: [command], shown: [conversation, messages] }) {
  const page = await open("/?table=green&name=Ada");
  await page.shows("connected");
  const terminal = openTerminal(server, command);
  await converse(terminal, conversation);
  await page.shows(messages);
  await terminal.interrupt();
}

function openTerminal(server, command) {
  lastCommand = command; // "connect the client again"
  return desk.start(folder, command.line.replace("localhost:PORT", new URL(server.url).host));
}

// Types the lines that do not begin with <, once what comes before them is there.
async function converse(terminal, conversation) {
  const lines = [];
  for (const line of conversation.split("\n")) {
    const isTyped = !line.startsWith("< ") && line !== "connected";
    if (isTyped) terminal.type(line);
    lines.push(isTyped ? line : await terminal.next());
  }
  same(conversation, lines);
}
