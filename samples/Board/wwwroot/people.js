// Avatars with initials. Several windows of one user are one avatar.

const MOST = 5;

const initials = name => {
  const words = name.split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)].map(word => [...word][0]) : [...name].slice(0, 1);
  return letters.join("").toUpperCase();
};

const hue = id => [...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);

export class People {
  #list;
  #members = []; // one for each window

  constructor(list) {
    this.#list = list;
  }

  set(people) {
    this.#members = people;
    this.#show();
  }

  change(joined, left) {
    for (const { id } of left) {
      const index = this.#members.findIndex(member => member.id === id); // one window, not all of this user
      if (index >= 0) this.#members.splice(index, 1);
    }
    this.#members.push(...joined);
    this.#show();
  }

  #show() {
    const users = [...new Map(this.#members.map(member => [member.id, member])).values()]
      .sort((one, other) => one.name.localeCompare(other.name));
    const avatars = users.slice(0, users.length > MOST ? MOST - 1 : MOST).map(({ id, name }) => avatar(initials(name), name, hue(id)));
    const rest = users.slice(avatars.length);
    if (rest.length) avatars.push(avatar(`+${rest.length}`, rest.map(({ name }) => name).join(", ")));
    this.#list.replaceChildren(...avatars);
  }
}

function avatar(text, label, hue) {
  const item = document.createElement("li");
  item.title = label;
  item.setAttribute("aria-label", label);
  item.textContent = text;
  if (hue !== undefined) item.style.setProperty("--hue", hue);
  return item;
}
