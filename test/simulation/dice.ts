/** 32 bits that depend on every part, the same on every machine. */
export function hashOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  const text = parts.join('\0');
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A share between 0 and 1 that depends on nothing but its parts: the same question always gets the same answer. */
export const shareOf = (...parts: readonly (string | number)[]): number => hashOf(...parts) / 2 ** 32;

/** Random choices, all of which follow from one seed and the name of what is chosen. */
export class Dice {
  readonly #seed: number;
  readonly #name: string;
  #throws = 0;

  constructor(seed: number, name: string) {
    this.#seed = seed;
    this.#name = name;
  }

  /** From 0, never 1. */
  share(): number {
    return shareOf(this.#seed, this.#name, this.#throws++);
  }

  chance(probability: number): boolean {
    return this.share() < probability;
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.share() * (to - from + 1));
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.share() * choices.length)] ?? choices[0];
  }

  /** So many of what `make` makes. */
  several<T>(count: number, make: () => T): T[] {
    return Array.from({ length: count }, make);
  }
}
