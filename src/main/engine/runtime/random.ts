/** The system's random source. */
import { randomBytes } from 'node:crypto';
import type { RandomSource } from './ports.ts';

export const systemRandom: RandomSource = {
  bytes: (length) => Uint8Array.from(randomBytes(length)),
  fraction: Math.random,
};
