// Runs in the page: writes the code of the mistake with its underlined errors, the message, and the lines that the fix changes.

export function drawMistake(mistake) {
  const KEYWORDS = /^(?:public|sealed|partial|class|record|string|new|internal|typeof|using)$/;
  const TOKENS = /"[^"]*"|[A-Za-z_]\w*|\s+|[^\sA-Za-z_"]+/g;

  const element = (kind, className, ...children) => {
    const result = document.createElement(kind);
    result.className = className;
    result.append(...children);
    return result;
  };

  const kindOf = (token, before, rest) =>
    token.startsWith('"') ? "text"
    : KEYWORDS.test(token) ? "keyword"
    : !/^[A-Z]/.test(token) || before.endsWith(".") || rest.startsWith(" =") ? ""
    : /^\s*\(/.test(rest) && !/^(?:JsonSerializable|WebSocketController|RoomController)$/.test(token) ? "method"
    : "type";

  const colored = (line, errors = []) => [...line.matchAll(TOKENS)].map(({ 0: token, index }) => {
    const part = element("span", kindOf(token, line.slice(0, index), line.slice(index + token.length)), token);
    if (errors.some(error => index >= error.start && index < error.start + error.length)) part.classList.add("wrong");
    return part;
  });

  const row = (sign, className, children) => element("div", `row ${className}`, element("span", "sign", sign), element("code", "", ...children));

  const { code, errors, fix } = mistake;
  const lines = code.trimEnd().split("\n");
  const first = lines.findIndex(line => line.startsWith("["));
  const editor = document.querySelector("#code");
  for (const [index, line] of lines.entries()) {
    if (index >= first) editor.append(row(`${index + 1}`, "", colored(line, errors.filter(error => error.line === index))));
  }

  const after = fix.after.trimEnd().split("\n");
  const before = fix.before.trimEnd().split("\n");
  const added = after.findIndex((line, index) => line !== before[index]);
  const preview = document.querySelector("#preview");
  for (let index = added - 1; index <= added + 1; index++)
    preview.append(row(index === added ? "+" : "", index === added ? "added" : "", colored(after[index])));

  document.querySelector("#file").textContent = mistake.name;
  document.querySelector("#id").textContent = errors[0].id;
  document.querySelector("#message").append(...errors[0].message.split(/('[^']+'|\[[^\]]+\])/).map(part =>
    /^['[]/.test(part) ? element("code", "", part) : part));
  document.querySelector("#title").textContent = fix.title;
  document.querySelector("#fixed").textContent = fix.name;
}
