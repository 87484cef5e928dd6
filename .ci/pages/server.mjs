// Processes that a check starts, above all a server that it can stop and start again on the same port.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

const started = new Set();
process.on("exit", () => started.forEach(child => child.kill("SIGKILL")));

// Ends a process when this one ends, also if a check fails.
export function endWithMe(child) {
  started.add(child);
  child.once("exit", () => started.delete(child));
  return child;
}

// A port that the system picks.
export async function freePort() {
  const socket = createServer().listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  return port;
}

// Waits until a process says something, and reads on so that it never waits for us.
export async function said(child, words) {
  const lines = createInterface(child.stdout);
  const before = [];
  await new Promise((resolve, reject) => {
    lines.on("line", line => {
      before.push(line);
      if (words.test(line)) resolve();
    });
    lines.on("close", () => reject(new Error(`The process did not start:\n${before.join("\n")}`)));
  });
}

// Sends SIGTERM, as systemd and Kubernetes do, and waits for the end: a server drains before.
export async function end(child) {
  if (child.exitCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}

export class Server {
  #command;
  #process;

  static async start([program, ...args]) {
    const server = new Server();
    server.url = `http://127.0.0.1:${await freePort()}`;
    server.#command = [program, [...args, "--urls", server.url]];
    await server.start();
    return server;
  }

  async start() {
    this.#process = endWithMe(spawn(...this.#command, { stdio: ["ignore", "pipe", "inherit"] }));
    await said(this.#process, /Now listening on/);
  }

  get id() {
    return this.#process.pid;
  }

  stop() {
    return end(this.#process);
  }
}
