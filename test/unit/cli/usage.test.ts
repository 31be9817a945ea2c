import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProgram } from '../../../src/main/hosts/headless/program.ts';
import { vario } from './run-vario.ts';

let dir: string;
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'vario-cli-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const run = {
  env: {},
  stop: new AbortController().signal,
  onEnter: () => () => undefined,
  streams: { out: () => undefined, err: () => undefined, isScreen: false },
};
const COMMANDS = createProgram(run).commands.flatMap((command) =>
  command.commands.length > 0 ? command.commands.map((each) => [command.name(), each.name()]) : [[command.name()]],
);

describe('help', () => {
  test('names every command', async () => {
    const { code, out } = await vario(['--help']);
    expect(code).toBe(0);
    for (const [name] of COMMANDS) expect(out).toContain(name);
  });

  test.each(COMMANDS)('vario %s %s has examples and the options of all commands', async (...names) => {
    const { code, out } = await vario([...names.filter((name) => typeof name === 'string'), '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/Examples:\n +.*vario /);
    expect(out).toContain('--data-dir');
    expect(out).toContain('--passphrase-file');
  });
});

describe('wrong usage ends with 2', () => {
  test.each([
    [['nonsense']],
    [['metrics', '--month', '2026-13']],
    [['metrics', '--as-of', 'yesterday']],
    [['metrics', '--currency', 'XXX']],
    [['movements', '--from', '2026-01-01']],
    [['serve', '--port', '70000']],
    [['customers', '--where', 'planet=earth']],
    [['connect', 'stripe', '--set', 'novalue']],
    [['report', 'board']],
    [['bridge']],
    [['metrics', '--month', '2026-10', '--as-of', '2026-08-01']],
    [['metrics', '--as-reported']],
    [['metrics', '--by', 'plan', '--policy', 'stripe']],
    [['movements', '--from', '2026-10-31', '--to', '2026-10-01']],
    [['revrec', '--from', '2026-10', '--to', '2026-08']],
  ])('vario %j', async (args) => {
    const { code, out, err } = await vario([...args, '--data-dir', dir]);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^error: /);
  });
});

test('wrong usage with --json is one document as well', async () => {
  const { code, out } = await vario(['metrics', '--month', '2026-13', '--json', '--data-dir', dir]);
  expect(code).toBe(2);
  expect(JSON.parse(out).error).toMatchObject({
    code: 'wrong_usage',
    message: expect.stringContaining('“2026-13” is not a month'),
  });
});

describe('failing ends with 1 and a sentence', () => {
  test('a folder without a database, which is not created', async () => {
    const missing = join(dir, 'missing');
    const { code, out, err } = await vario(['metrics', '--data-dir', missing]);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(missing);
    expect(existsSync(missing)).toBe(false);
  });

  test('with --json also as a document', async () => {
    const { code, out, err } = await vario(['metrics', '--json', '--data-dir', join(dir, 'missing')]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({ error: { code: 'not_found', message: err.trim() } });
  });

  test('a new database without a passphrase', async () => {
    const { code, err } = await vario(['config', 'set', 'timeZone', 'UTC', '--data-dir', join(dir, 'new')]);
    expect(code).toBe(1);
    expect(err).toContain('VARIO_PASSPHRASE');
  });

  test('a setting that does not exist, or a value that does not fit', async () => {
    expect((await vario(['config', 'set', 'colour', 'red', '--data-dir', dir])).err).toContain('timeZone');
    const zone = await vario(['config', 'set', 'timeZone', 'Mars/Olympus', '--data-dir', dir]);
    expect(zone).toMatchObject({ code: 1, err: expect.stringContaining('time zone') });
  });

  test('a passphrase file that cannot be read, or is empty', async () => {
    const empty = join(dir, 'empty');
    writeFileSync(empty, '');
    for (const file of [join(dir, 'none'), empty]) {
      const { code, err } = await vario(['config', 'get', '--data-dir', dir, '--passphrase-file', file]);
      expect(code).toBe(1);
      expect(err).toContain(file);
    }
  });
});

describe('policies', () => {
  test('are listed without a database: every switch and every named policy', async () => {
    const { code, out } = await vario(['policies', '--json', '--data-dir', join(dir, 'none')]);
    expect(code).toBe(0);
    const { switches, policies } = JSON.parse(out);
    expect(Object.keys(policies)).toEqual(['vario', 'stripe', 'chartmogul', 'profitwell', 'baremetrics']);
    for (const { name, meaning, values } of switches) {
      expect(policies.vario).toHaveProperty(name);
      expect([meaning, values[0].value, values[0].meaning].every((text) => text.length > 0)).toBe(true);
    }
    expect((await vario(['policies'])).out).toMatch(/\nweek +52\/12 .* 4\.33\n/);
  });

  test.each([
    ['{', 'is not JSON'],
    ['{ "base": "acme" }', 'vario, stripe, chartmogul'],
    ['{ "base": "vario", "weeks": "4" }', 'weeks'],
    ['{ "base": "vario", "week": "often" }', '52/12'],
  ])('a file with %s is refused, saying %s', async (text, why) => {
    const file = join(dir, 'policy.json');
    writeFileSync(file, text);
    const { code, err } = await vario(['metrics', '--policy', file, '--data-dir', dir]);
    expect(code).toBe(1);
    expect(err).toContain(file);
    expect(err).toContain(why);
  });

  test('a name that is none, or a file that is not there', async () => {
    expect((await vario(['bridge', '--to-policy', 'acme', '--data-dir', dir])).err).toContain('baremetrics');
    expect((await vario(['bridge', '--to-policy', 'none.json', '--data-dir', dir])).err).toContain('cannot be read');
  });
});

test('a passphrase is no option, so that no process list shows it', async () => {
  expect((await vario(['metrics', '--passphrase', 'x', '--data-dir', dir])).code).toBe(2);
});
