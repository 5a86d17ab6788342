/** A decimal number without rounding: `units` of 10^-`scale`. */
export interface Exact {
  units: bigint;
  scale: number;
}

/** `12.50` → 1250 of a hundredth; undefined when it is no plain decimal number. */
export function exact(text: string): Exact | undefined {
  const found = /^(-?\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!found) return undefined;
  const digits = found[2] ?? '';
  return { units: BigInt(`${found[1]}${digits}`), scale: digits.length };
}

export function times(one: Exact, other: Exact): Exact {
  return { units: one.units * other.units, scale: one.scale + other.scale };
}

function at(number: Exact, scale: number): bigint {
  return number.units * 10n ** BigInt(scale - number.scale);
}

export function plus(one: Exact, other: Exact): Exact {
  const scale = Math.max(one.scale, other.scale);
  return { units: at(one, scale) + at(other, scale), scale };
}

export function minus(one: Exact, other: Exact): Exact {
  return plus(one, { units: -other.units, scale: other.scale });
}

/** 5 → 0.05 */
export function fraction(percent: Exact): Exact {
  return { units: percent.units, scale: percent.scale + 2 };
}

/** Negative, zero or positive, as `one` is less than, the same as, or more than `other`. */
export function compared(one: Exact, other: Exact): number {
  const { units } = minus(one, other);
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

/** Rounded once, halves away from zero, as the services round money. */
export function rounded(number: Exact, scale: number): Exact {
  if (number.scale <= scale) return { units: at(number, scale), scale };
  const size = 10n ** BigInt(number.scale - scale);
  const half = number.units < 0n ? -size / 2n : size / 2n;
  return { units: (number.units + half) / size, scale };
}

export function text({ units, scale }: Exact): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${units < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
}
