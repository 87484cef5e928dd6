// A server that a check can stop and start again on the same port, which the system has picked.

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

export class Server {
  #command;
  #process;

  static async start([program, ...args]) {
    const server = new Server();
    const socket = createServer().listen(0, "127.0.0.1");
    await once(socket, "listening");
    server.url = `http://127.0.0.1:${socket.address().port}`;
    socket.close();
    await once(socket, "close");
    server.#command = [program, [...args, "--urls", server.url]];
    await server.start();
    return server;
  }

  async start() {
    this.#process = endWithMe(spawn(...this.#command, { stdio: ["ignore", "pipe", "inherit"] }));
    const lines = createInterface(this.#process.stdout);
    const said = [];
    await new Promise((resolve, reject) => {
      lines.on("line", line => {
        said.push(line);
        if (line.includes("Now listening on")) resolve();
      });
      lines.on("close", () => reject(new Error(`The server did not start:\n${said.join("\n")}`)));
    });
  }

  get id() {
    return this.#process.pid;
  }

  // As systemd and Kubernetes do: the server drains before it ends.
  async stop() {
    if (this.#process.exitCode !== null) return;
    this.#process.kill("SIGTERM");
    await once(this.#process, "exit");
  }
}
