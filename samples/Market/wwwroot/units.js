// Values as [text, unit], so that the page can show the unit smaller.

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const three = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
const text = value => value < 100 ? three.format(value) : whole.format(value);

export const number = value => [whole.format(value), ""];
export const rate = value => [whole.format(value), "/s"];
export const percent = value => [text(value < 0.1 ? Math.round(value * 1000) / 10 : Math.round(value * 100)), "%"];
export const bytes = value => [text(value / 2 ** 20), "MiB"];

export function duration(seconds) {
  if (seconds < 1e-3) return [text(seconds * 1e6), "µs"];
  return seconds < 1 ? [text(seconds * 1e3), "ms"] : [text(seconds), "s"];
}
