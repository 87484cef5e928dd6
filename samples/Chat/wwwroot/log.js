// The messages on the page, grouped by speaker. It scrolls to the newest one, except while you read further up.

const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const NEAR = 80;

export class MessageLog {
  #list;
  #newer;
  #template;
  #lastSpeaker;

  constructor(list, newer, template) {
    this.#list = list;
    this.#newer = newer;
    this.#template = template;
    newer.addEventListener("click", () => this.#toEnd());
    list.addEventListener("scroll", () => this.#atEnd && (newer.hidden = true), { passive: true });
    new ResizeObserver(() => newer.hidden && this.#toEnd()).observe(list);
  }

  clear() {
    this.#list.replaceChildren();
    this.#lastSpeaker = undefined;
  }

  said({ by: { id, name }, text, time: at }, isOwn) {
    const item = this.#template.content.cloneNode(true).querySelector("li");
    const face = item.querySelector(".face");
    item.classList.toggle("own", isOwn);
    item.classList.toggle("again", id === this.#lastSpeaker);
    item.style.setProperty("--hue", hueOf(name));
    face.textContent = [...name][0].toUpperCase();
    item.querySelector("b").textContent = name;
    item.querySelector("time").textContent = time.format(new Date(at));
    item.querySelector("time").dateTime = at;
    item.querySelector(".text").textContent = text;
    this.#lastSpeaker = id;
    this.#append(item, isOwn);
  }

  note(text) {
    const item = document.createElement("li");
    item.className = "note";
    item.textContent = text;
    this.#lastSpeaker = undefined;
    this.#append(item);
  }

  #append(item, follow = false) {
    const wasAtEnd = this.#atEnd;
    this.#list.append(item);
    if (wasAtEnd || follow) this.#toEnd();
    else this.#newer.hidden = false;
  }

  get #atEnd() {
    return this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < NEAR;
  }

  #toEnd() {
    this.#list.scrollTop = this.#list.scrollHeight;
    this.#newer.hidden = true;
  }
}

// The same name has the same colour in every window.
function hueOf(name) {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)) % 360;
  return hash;
}
