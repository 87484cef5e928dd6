// A WebSocket that reconnects until you call close(): with growing delays, or when the server says.
// Dispatches "state" ({ state: "connecting" | "open" | "waiting", seconds }), "message" (the parsed JSON), and "lost"
// ({ code, wasOpen }) before it tries again. A listener of "lost" can call close().

const BEARER = "base64url.bearer.authorization.krait-board."; // BearerProtocol of BoardApplication.cs
const FIRST_DELAY = 0.5;
const LONGEST_DELAY = 15;

const base64url = text => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const between = (low, high) => low + Math.random() * (high - low);

export class Connection extends EventTarget {
  #url;
  #session;
  #socket;
  #timer;
  #attempt = 0;
  #goAway;
  #isClosed = false;

  constructor(url, session) {
    super();
    this.#url = url;
    this.#session = session;
    addEventListener("online", this.#hurry);
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  open() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tell("connecting");
    let wasOpen = false;
    const socket = new WebSocket(this.#url, ["board.v1", BEARER + base64url(this.#session.token)]);
    this.#socket = socket;
    socket.addEventListener("open", () => wasOpen = true);
    socket.addEventListener("message", ({ data }) => this.#take(JSON.parse(data)));
    socket.addEventListener("close", ({ code }) => this.#isClosed || this.#lose(code, wasOpen));
  }

  send(message) {
    this.#socket.send(JSON.stringify(message));
  }

  // The server stops soon. It says when to reconnect.
  goAway(seconds) {
    this.#goAway = seconds;
  }

  close() {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    removeEventListener("online", this.#hurry);
    this.#socket?.close(1000);
  }

  #take(message) {
    if (this.#isClosed) return;
    this.#attempt = 0; // a proxy may open a connection and then lose the server
    if (message.type === "welcome") this.#tell("open");
    this.dispatchEvent(new CustomEvent("message", { detail: message }));
  }

  #lose(code, wasOpen) {
    this.dispatchEvent(new CustomEvent("lost", { detail: { code, wasOpen } }));
    if (this.#isClosed) return;
    const seconds = this.#delay(code);
    this.#timer = setTimeout(() => this.open(), seconds * 1000);
    this.#tell("waiting", Math.ceil(seconds));
  }

  // docs/deploying.md explains the delay for each status.
  #delay(code) {
    const goAway = this.#goAway;
    this.#goAway = undefined;
    if (goAway !== undefined) return goAway;
    if (code === 1012 || code === 1001) return between(1, 10);
    if (code === 1013) return between(5, 10);
    return between(0.5, 1) * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#attempt++);
  }

  // Do not wait when the network is back.
  #hurry = () => {
    if (this.#timer !== undefined) this.open();
  };

  #tell(state, seconds) {
    this.dispatchEvent(new CustomEvent("state", { detail: { state, seconds } }));
  }
}
