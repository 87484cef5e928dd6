// node recipes.mjs REPOSITORY PACKAGES WORK NAME...: pastes each recipe into a project of its own, runs it, and does in Chromium
// as the page says. WORK is an empty directory.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { breakable, withBrowser, withoutIcon } from "./browser.mjs";
import { Recipe, filesOf } from "./recipe.mjs";
import { end, endWithMe, freePort, said } from "./server.mjs";

const [repository, packages, work, ...names] = process.argv.slice(2);
const places = { repository, packages, work };
const REFUSED = /WebSocket|Failed to load|net::ERR/; // Chromium logs each connection that fails
const text = async page => (await page.locator("pre").innerText()).trimEnd();
const shows = (page, words) => page.locator("pre").getByText(words).waitFor()
  .catch(async error => { throw new Error(`The page shows: ${await text(page)}`, { cause: error }); });
const isOpen = page => page.getByText("open", { exact: true }).waitFor();

async function open(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function say(page, words) {
  await page.locator("[name=text]").fill(words);
  await page.getByRole("button", { name: "Add" }).click();
}

// --- the recipes ---

async function validation(context) {
  const server = await new Recipe("validation", places).build().start();
  const page = await open(context, server.url);
  await shows(page, "Connected");
  for (const [count, answer] of [["0", /Count must be from 1 to 100/], ["60", /only 50 pieces/], ["", /not the expected JSON/], ["2", /Order [0-9a-f-]{36}/]]) {
    await page.locator("[name=count]").fill(count);
    await page.getByRole("button").click();
    await shows(page, answer);
  }
  assert.doesNotMatch(await text(page), /Closed/);
  await server.stop();
}

// On a busy machine, the first reply takes longer than the second for which the page waits.
const patient = file => file.replace("target.value }, 1000)", "target.value }, 15_000)").replace("Delay(2000", "Delay(60_000");

async function requestAndReply(context) {
  const server = await new Recipe("request-and-reply", places, patient).build().start();
  const page = await open(context, server.url);
  for (const [button, answer] of [["TEA", "TEA: 30"], ["COFFEE", "COFFEE: 60"], ["nothing", "nothing: No symbol."], ["SLOW", "SLOW: No reply in time."]]) {
    await page.getByRole("button", { name: button, exact: true }).click();
    await shows(page, answer);
  }

  // Two at once, and a connection that ends before the reply.
  await page.evaluate(async () => {
    const { Requests } = await import("/requests.js");
    window.requests = new Requests("/prices");
    await window.requests.opened;
  });
  const both = await page.evaluate(() => Promise.all(["TEA", "COFFEE"].map(symbol => window.requests.send({ symbol }, 60_000).then(reply => reply.value))));
  assert.deepEqual(both, [30, 60]);
  await page.evaluate(() => { window.waiting = window.requests.send({ symbol: "SLOW" }, 60_000).catch(error => error.message); });
  await server.stop();
  assert.match(await page.evaluate(() => window.waiting), /^The connection is closed: \d+\.$/);
  assert.equal(await page.evaluate(() => window.requests.send({ symbol: "TEA" }).catch(error => error.message)), "The connection is closed.");
}

async function authentication(context) {
  const server = await new Recipe("authentication", places).build().start();
  const page = await open(context, server.url);
  await page.getByRole("button", { name: "Without" }).click();
  await shows(page, "Closed: 1006");
  await page.getByRole("button", { name: "With a token" }).click();
  await shows(page, "Hello, Ada!");
  assert.deepEqual(await context.cookies(), []);
  await page.getByRole("button", { name: "With a cookie" }).click();
  await page.waitForFunction(() => document.querySelector("pre").innerText.match(/Hello, Ada!/g)?.length === 2);
  await server.stop();
}

async function reconnecting(context) {
  const server = await new Recipe("reconnecting", places).build().start();
  const ada = await context.newPage();
  const connection = await breakable(ada, "**/lines*");
  await ada.goto(server.url);
  const bob = await open(context, server.url);
  await Promise.all([isOpen(ada), isOpen(bob)]);
  await say(bob, "one");
  await shows(ada, "one");

  await connection.lose(async () => {
    await say(bob, "two");
    await shows(bob, "two");
  });
  await shows(ada, "two");
  assert.equal(await text(ada), "one\ntwo");

  await server.stop();
  await Promise.all([ada, bob].map(page => page.getByText("waiting", { exact: true }).waitFor()));
  await server.start();
  await Promise.all([isOpen(ada), isOpen(bob)]);
  await say(ada, "three");
  await shows(bob, "three");
  assert.equal(await text(bob), "three"); // the room of the new server had no lines
  assert.deepEqual(await delays(ada), expectedDelays);
  await server.stop();
}

// How long the client waits after each close code, with sockets and timers that do nothing: [least, most] in milliseconds if Math.random
// is 0 and 1, or where it ends.
const delays = page => page.evaluate(async () => {
  const { WebSocket, setTimeout, Math: { random } } = window;
  const { connect } = await import("/reconnecting.js");
  const wait = (code, chance, { message, isClosed } = {}) => {
    let socket, milliseconds, state;
    window.WebSocket = class { constructor() { socket = this; } close() {} };
    window.setTimeout = (_, delay) => milliseconds = delay;
    Math.random = () => chance;
    const connection = connect("/lines", () => {}, value => state = value);
    if (message) socket.onmessage({ data: JSON.stringify(message) });
    if (isClosed) connection.close();
    socket.onclose({ code });
    return milliseconds ?? state;
  };
  const result = [1000, 1001, 1006, 1008, 1012, 1013, 4401].map(code => [code, wait(code, 0), wait(code, 1)]);
  result.push(["goAway", wait(1012, 0, { message: { $type: "goAway", seconds: 2.5 } })]);
  result.push(["closed while connecting", wait(1006, 0, { isClosed: true })]);
  Object.assign(window, { WebSocket, setTimeout });
  Math.random = random;
  return result;
});

const expectedDelays = [
  [1000, "closed: 1000", "closed: 1000"],
  [1001, 1000, 10_000],
  [1006, 500, 1000],
  [1008, "closed: 1008", "closed: 1008"],
  [1012, 1000, 10_000],
  [1013, 5000, 10_000],
  [4401, "closed: 4401", "closed: 4401"],
  ["goAway", 2500],
  ["closed while connecting", "closed: 1006"],
];

async function backgroundService(context) {
  const server = await new Recipe("background-service", places).build().start();
  const pages = [await open(context, server.url), await open(context, server.url)];
  for (const page of pages) await page.getByText(/^kitchen: 2[01](\.\d+)? °C$/).waitFor();
  await fetch(`${server.url}/readings/cellar?celsius=12.5`, { method: "POST" });
  for (const page of pages) await page.getByText("cellar: 12.5 °C", { exact: true }).waitFor();
  await server.stop();
}

async function fromSignalr(context) {
  const server = await new Recipe("from-signalr", places).build().start();
  const hears = (page, words) => page.getByText(words, { exact: true }).waitFor();
  const sends = async (page, words) => {
    await page.waitForFunction("socket.readyState === WebSocket.OPEN");
    await page.locator("[name=text]").fill(words);
    await page.getByRole("button", { name: "Send" }).click();
  };

  const ada = await open(context, `${server.url}/?name=Ada`);
  await sends(ada, "Is anybody here?");
  await hears(ada, "Ada: Is anybody here?");
  const bob = await open(context, `${server.url}/?name=Bob`);
  await hears(ada, "Bob joined");
  await sends(bob, "Hello, Ada");
  await hears(bob, "Bob: Hello, Ada");
  await hears(ada, "Bob: Hello, Ada");
  await fetch(`${server.url}/announce/kitchen?text=Dinner`, { method: "POST" });
  await hears(ada, "server: Dinner");
  await bob.close();
  await hears(ada, "Bob left");
  await server.stop();
}

async function pageOnAnotherOrigin(context) {
  const vitePort = await freePort();
  const recipe = new Recipe("page-on-another-origin", places, file => file.replaceAll("5173", vitePort)).build();
  const server = await recipe.start("--environment=Development");
  recipe.write("page/vite.config.mjs", recipe.files.get("page/vite.config.mjs").replace("5173", vitePort).replace("http://localhost:5080", server.url));

  const vite = run("node", [join(import.meta.dirname, "node_modules/vite/bin/vite.js")], {
    cwd: join(recipe.directory, "page"),
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NO_COLOR: "1" }, // with CI set, Vite would colour the word for which this waits
  });
  await said(vite, /Local:/);
  const page = await open(context, `http://localhost:${vitePort}`);
  await shows(page, "Connected");
  await page.getByRole("button").click();
  await shows(page, "You said hello");
  const direct = url => page.evaluate(address => new Promise(resolve => {
    const socket = new WebSocket(address);
    socket.onmessage = ({ data }) => resolve(data);
    socket.onclose = ({ code }) => resolve(code);
  }), url);
  assert.equal(await direct(`${server.url.replace("http", "ws")}/ws/echo`), "Connected"); // the origin is among AllowedOrigins
  await end(vite);
  await server.stop();
}

async function nginx(context) {
  const recipe = new Recipe("nginx", places).build();
  const servers = [await recipe.start(), await recipe.start()];
  const proxy = await Nginx.start(recipe, servers);
  const page = await open(context, proxy.url);
  const seen = async () => {
    await page.reload();
    await shows(page, /on port \d+/);
    const line = await text(page);
    assert.match(line, /^127\.0\.0\.1 connected over https to the server on port \d+$/);
    return line.split(" ").at(-1);
  };
  const ports = new Set();
  for (let i = 0; i < 20 && ports.size < 2; i++) ports.add(await seen());
  assert.equal(ports.size, 2);

  await servers[0].stop();
  assert.equal(await seen(), servers[1].url.split(":")[2]);
  await proxy.stop();
  await servers[1].stop();
}

async function severalInstances(context) {
  const recipe = new Recipe("several-instances", places).build("Krait.Redis");
  const port = await freePort();
  const redis = run("redis-server", ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], { stdio: ["ignore", "pipe", "inherit"] });
  await said(redis, /Ready to accept connections/i);
  const pages = filesOf(readFileSync(join(repository, "docs/recipes/reconnecting.md"), "utf8"));
  recipe.write("wwwroot/reconnecting.js", pages.get("wwwroot/reconnecting.js"));
  const servers = [await recipe.start("--redis", `127.0.0.1:${port}`), await recipe.start("--redis", `127.0.0.1:${port}`)];
  const proxy = await Nginx.start(recipe, servers);

  // least_conn gives each window a server of its own.
  const ada = await open(context, proxy.url);
  await isOpen(ada);
  const bob = await open(context, proxy.url);
  await isOpen(bob);
  await say(ada, "from ada");
  await say(bob, "from bob");
  await Promise.all([ada, bob].flatMap(page => [shows(page, "from ada"), shows(page, "from bob")]));
  const [, process] = /process (\d+): from ada/.exec(await text(bob));
  assert.notEqual(process, /process (\d+): from bob/.exec(await text(bob))[1]);

  await servers.find(server => server.id === Number(process)).stop();
  await say(bob, "meanwhile");
  await shows(ada, "meanwhile");
  assert.equal(await text(ada), await text(bob));
  await proxy.stop();
  for (const server of servers) await server.stop();
  await end(redis);
}

async function docker() {
  const recipe = new Recipe("docker", places);
  const target = join(recipe.directory, "app");
  recipe.write("Server.csproj", recipe.files.get("Server.csproj").replace('"0.1.0"', `"${recipe.version("Krait")}"`));
  const dockerfile = recipe.files.get("Dockerfile");
  for (const [, command] of dockerfile.matchAll(/^RUN (.*)$/gm))
    execFileSync("bash", ["-c", command.replaceAll("/app", target)], { cwd: recipe.directory, stdio: "inherit" });

  const port = await freePort();
  const argumentsOf = instruction => JSON.parse(new RegExp(`^${instruction} .*?(\\[.*\\])$`, "m").exec(dockerfile)[1]);
  const isHealthy = async () => {
    const [program, ...args] = argumentsOf("HEALTHCHECK").map(word => word.replace("localhost:8080", `127.0.0.1:${port}`));
    return (await once(spawn(program, args, { cwd: target, stdio: "inherit" }), "exit"))[0] === 0;
  };
  const server = run(argumentsOf("ENTRYPOINT")[0], ["--urls", `http://127.0.0.1:${port}`], { cwd: target, stdio: ["ignore", "pipe", "inherit"] });
  await said(server, /Application started/);
  assert.equal(await isHealthy(), true);

  const frames = closing(port);
  await frames.upgraded;
  const exited = once(server, "exit");
  server.kill("SIGTERM");
  assert.equal(await frames.status, 1012);
  assert.deepEqual(await exited, [0, null]);
  assert.equal(await isHealthy(), false);
}

// --- what they use ---

const run = (...command) => endWithMe(spawn(...command));

// nginx with the configuration of the recipe, but with ports and folders of the check.
class Nginx {
  #process;

  static async start(recipe, servers) {
    const proxy = new Nginx();
    const [http, https] = [await freePort(), await freePort()];
    const directory = join(work, `nginx-${recipe.name}`);
    mkdirSync(directory);
    const page = readFileSync(join(repository, "docs/recipes/nginx.md"), "utf8");
    const certificate = /^\$ (openssl .*)$/m.exec(page)[1].replaceAll("/etc/nginx", directory);
    execFileSync("bash", ["-c", certificate], { stdio: "ignore" });
    const config = recipe.write("nginx.conf", filesOf(page).get("nginx.conf")
      .replace("5081", servers[0].url.split(":")[2]).replace("5082", servers[1].url.split(":")[2])
      .replace("listen 80", `listen 127.0.0.1:${http}`).replace("listen 443", `listen 127.0.0.1:${https}`)
      .replaceAll("/etc/nginx", directory)
      .replace("http {", `http { access_log off; ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(name => `${name}_temp_path ${directory};`).join(" ")}`));
    proxy.url = `https://127.0.0.1:${https}`;
    proxy.#process = run("nginx", ["-p", directory, "-c", config, "-e", "stderr", "-g", `daemon off; pid ${directory}/nginx.pid;`], { stdio: ["ignore", "ignore", "inherit"] });
    await listens(https, proxy.#process);
    return proxy;
  }

  stop() {
    return end(this.#process);
  }
}

async function listens(port, process) {
  const deadline = Date.now() + 60_000;
  while (process.exitCode === null && Date.now() < deadline) {
    const socket = connect(port, "127.0.0.1");
    const isOpen = await new Promise(resolve => socket.once("connect", () => resolve(true)).once("error", () => resolve(false)));
    socket.destroy();
    if (isOpen) return;
    await pause(50);
  }
  throw new Error(`Nothing listens on port ${port}.`);
}

// A WebSocket client of few words: it upgrades, and waits for the status of the close frame.
function closing(port) {
  const socket = connect(port, "127.0.0.1");
  socket.write(["GET /echo HTTP/1.1", `Host: 127.0.0.1:${port}`, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "", ""].join("\r\n"));
  let bytes = Buffer.alloc(0);
  let whenUpgraded, whenClosed;
  socket.on("data", data => {
    bytes = Buffer.concat([bytes, data]);
    const head = bytes.indexOf("\r\n\r\n");
    if (head < 0) return;
    whenUpgraded(assert.match(bytes.toString("latin1", 0, head), /^HTTP\/1\.1 101 /));
    const frame = bytes.subarray(head + 4);
    if (frame.length < 4 || frame[0] !== 0x88) return;
    whenClosed(frame.readUInt16BE(2));
    socket.end(Buffer.from([0x88, 0x82, 0, 0, 0, 0, frame[2], frame[3]]));
  });
  socket.on("close", () => whenClosed(undefined));
  return { upgraded: new Promise(resolve => whenUpgraded = resolve), status: new Promise(resolve => whenClosed = resolve) };
}

const checks = {
  validation,
  "request-and-reply": requestAndReply,
  authentication,
  reconnecting,
  "background-service": backgroundService,
  "from-signalr": fromSignalr,
  "page-on-another-origin": pageOnAnotherOrigin,
  nginx,
  "several-instances": severalInstances,
  docker,
};

const calm = ["validation", "background-service"]; // whose pages lose no connection
const encrypted = ["nginx", "several-instances"]; // with a certificate of their own

mkdirSync(work, { recursive: true });
for (const name of names) {
  const check = async context => {
    await withoutIcon(context);
    await checks[name](context);
  };
  await withBrowser(join(work, `browser-${name}`), check, calm.includes(name) ? undefined : REFUSED, { ignoreHTTPSErrors: encrypted.includes(name) });
  console.log(`${name}: works as its page says`);
}
