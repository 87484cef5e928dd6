// A tutorial's page, and the folder in which it is followed. Krait.Generators.Tests/Documentation/Tutorials/Tutorial.cs says by which rules a page is read.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

const fileSentence = /\b(?:Write|Replace) `([\w./-]+)`[^`.]*:$/;
const varying = /(?<=connection )[A-Za-z0-9_-]{20}|(?<="value":|rolled |roll is a |^\w+: )[1-6](?!\d)/gm;
const patience = 180_000; // as .ci/run waits for a server

/** The steps of a page, after what comes before the first: the files, the commands and the output of each. */
export async function read(page) {
  const steps = [{ title: "", files: [], commands: [], shown: [] }];
  let sentence = "";
  let block;
  for (const line of (await readFile(page, "utf8")).split("\n")) {
    const step = steps.at(-1);
    if (block && line === "```") {
      block.end(step, block.lines);
      block = undefined;
    } else if (block) {
      block.lines.push(line);
    } else if (line.startsWith("```")) {
      block = { lines: [], end: endOf(line.slice(3), sentence) };
    } else if (/^## \d+\. /.test(line)) {
      steps.push({ title: line.slice(3), files: [], commands: [], shown: [] });
    } else if (line) {
      sentence = line;
    }
  }
  return steps;
}

function endOf(language, sentence) {
  if (language === "text") return (step, lines) => step.shown.push(lines.join("\n"));
  if (language === "console") return (step, lines) => step.commands.push(...commandsOf(lines));
  const path = fileSentence.exec(sentence)?.[1];
  if (!path) throw new Error(`A block has no file: ${sentence}`);
  return (step, lines) => step.files.push({ path, text: lines.join("\n") + "\n" });
}

function commandsOf(lines) {
  const commands = [];
  for (const line of lines) {
    if (line.startsWith("$ ")) commands.push({ line: line.slice(2), output: [] });
    else if (line) commands.at(-1).output.push(line);
  }
  return commands;
}

/** Fails unless lines are those of a block. Ids and dice may differ; dice that are equal there must be equal here. */
export function same(shown, lines) {
  const dice = new Set();
  let pattern = "";
  let copied = 0;
  for (const { 0: text, index } of shown.matchAll(varying)) {
    pattern += escape(shown.slice(copied, index));
    pattern += text.length > 1 ? "[A-Za-z0-9_-]{20}" : dice.has(text) ? `\\k<die${text}>` : `(?<die${text}>[1-6])`;
    dice.add(text);
    copied = index + text.length;
  }
  const actual = lines.join("\n");
  if (!new RegExp(`^${pattern}${escape(shown.slice(copied))}$`).test(actual)) throw new Error(`The page shows\n${shown}\n\nThis came:\n${actual}`);
}

const escape = text => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** The folder of a reader, and the programs that the reader starts. */
export class Desk {
  #programs = new Set();

  /** @param folder The folder that has the clone. @param project The folder in it that has the project. */
  constructor(folder, project) {
    this.folder = folder;
    this.project = join(folder, project);
  }

  async write({ path, text }) {
    const file = join(this.project, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  /** Runs commands in one shell, and returns what they print. */
  async run(folder, ...commands) {
    const shell = this.start(folder, commands.join("\n"));
    await shell.ended;
    if (shell.exitCode !== 0) throw new Error(`${commands.join("\n")}\n${shell.lines.join("\n")}\nExit code ${shell.exitCode}`);
    return shell.lines;
  }

  start(folder, command) {
    const program = new Program(folder, command);
    this.#programs.add(program);
    program.ended.then(() => this.#programs.delete(program));
    return program;
  }

  /** `dotnet run` on a port that the system picks. */
  async serve() {
    const server = this.start(this.project, "dotnet run");
    const line = await server.find(/Now listening on: (http:\S+)/);
    server.url = /http:\S+/.exec(line)[0];
    return server;
  }

  async leave() {
    await Promise.all([...this.#programs].map(program => program.interrupt()));
  }
}

/** A command in a process group of its own, as in a terminal. */
class Program {
  #process;
  #read = 0;

  constructor(folder, command) {
    this.command = command;
    this.lines = [];
    this.#process = spawn("bash", ["-e", "-c", command], { cwd: folder, detached: true });
    for (const output of [this.#process.stdout, this.#process.stderr]) createInterface(output).on("line", line => this.lines.push(line));
    this.ended = once(this.#process, "close");
  }

  get exitCode() {
    return this.#process.exitCode;
  }

  type(line) {
    this.#process.stdin.write(line + "\n");
  }

  /** Waits for a line of its output. */
  find(pattern) {
    return this.#until(() => this.lines.find(line => pattern.test(line)), pattern);
  }

  /** Waits for the line after the one that it returned last. */
  async next() {
    await this.#until(() => this.lines.length > this.#read, "another line");
    return this.lines[this.#read++];
  }

  /** Presses Ctrl+C, and waits for the end. */
  async interrupt() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) process.kill(-this.#process.pid, "SIGINT");
    await this.ended;
  }

  async #until(condition, what) {
    for (const deadline = Date.now() + patience; ; ) {
      const result = condition();
      if (result) return result;
      if (Date.now() > deadline || this.#process.exitCode !== null) throw new Error(`${this.command} did not print ${what}:\n${this.lines.join("\n")}`);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}

/** A window of the browser on the tutorial's page. */
export class Window {
  static async open(context, url, path) {
    const window = new Window();
    window.page = await context.newPage();
    await window.page.goto(url + path);
    return window;
  }

  press = name => this.page.getByRole("button", { name }).click();

  type = text => this.page.getByRole("textbox").fill(text);

  /** Waits until the page has as many lines as the block, and compares them. */
  async shows(shown) {
    const count = shown.split("\n").length;
    const log = this.page.locator("pre");
    await this.page.waitForFunction(([log, count]) => log.textContent.split("\n").length > count, [await log.elementHandle(), count]);
    same(shown, (await log.textContent()).trimEnd().split("\n").map(line => line.trimEnd()));
  }
}
