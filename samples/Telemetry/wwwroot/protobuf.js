// As much of the Protocol Buffers encoding as telemetry.proto needs, by hand. A page with more messages takes a library, such
// as protobufjs or protobuf-es.

// Seven bits in each byte, the lowest first. The top bit says that another byte follows.
function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push(value % 128 + 128);
  return [...bytes, value];
}

const tag = (field, wireType) => varint(field << 3 | wireType);

export const uint = (field, value) => [...tag(field, 0), ...varint(value)];

export function double(field, value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return [...tag(field, 1), ...bytes];
}

// A message in a message, too.
export const bytes = (field, value) => [...tag(field, 2), ...varint(value.length), ...value];

export const string = (field, text) => bytes(field, new TextEncoder().encode(text));

// The fields of a message, by number: a varint as a number, all else as bytes. The server sends no other wire types.
export function read(message) {
  const fields = {};
  let at = 0;
  const next = () => {
    let value = 0;
    let factor = 1;
    for (; message[at] > 127; factor *= 128) value += (message[at++] - 128) * factor;
    return value + message[at++] * factor;
  };
  while (at < message.length) {
    const tag = next();
    if (tag % 8 === 0) {
      fields[tag >> 3] = next();
    } else {
      const length = next();
      fields[tag >> 3] = message.subarray(at, at += length);
    }
  }
  return fields;
}
