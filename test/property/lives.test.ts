/**
 * The ledger's invariants over random lives, held against an oracle of its own.
 * VARIO_LIVES sets how many customers' lives (2,400), VARIO_SEED repeats a run.
 * What is planted to see it fail: README.md.
 */
import { test } from 'vitest';
import { expectLives } from './lives/check.ts';

const seed = process.env['VARIO_SEED'];

test('random lives: the ledger agrees with the oracle and keeps its invariants', { timeout: 600_000 }, () => {
  expectLives({
    lives: Number(process.env['VARIO_LIVES'] ?? 2_400),
    perCompany: Number(process.env['VARIO_LIVES_PER_COMPANY'] ?? 60),
    seed: seed === undefined ? null : Number(seed),
    makesSmall: true,
  });
});
