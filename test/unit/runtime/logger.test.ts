import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLogger, openLogFile } from '../../../src/main/engine/runtime/index.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';

function linesOf(dir: string, name = 'vario.log'): Record<string, unknown>[] {
  const text = readFileSync(join(dir, name), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function fileIn(dir: string, maxBytes?: number) {
  const file = openLogFile(dir, maxBytes);
  onTestFinished(() => file.close());
  return file;
}

describe('the logger', () => {
  it('writes one JSON object per line: time, level, message, fields', () => {
    const dir = temporaryFolder();
    const logger = createLogger({ file: fileIn(dir), stderrLevel: null });
    logger.info('Sync done', { stream: 'invoices', fetched: 40 });
    expect(linesOf(dir)).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        message: 'Sync done',
        stream: 'invoices',
        fetched: 40,
      },
    ]);
  });

  it('redacts messages, fields, and the fields of a derived logger', () => {
    const dir = temporaryFolder();
    const logger = createLogger({ file: fileIn(dir), stderrLevel: null }).with({ sourceId: 3, secret: 'canary-1' });
    logger.warn('Refused ada@canary.example', { customerName: 'canary-2', note: 'Bearer canary-3' });
    const text = readFileSync(join(dir, 'vario.log'), 'utf8');
    expect(text).not.toContain('canary');
    expect(linesOf(dir)[0]).toMatchObject({ sourceId: 3, secret: '[removed]', note: '[removed]' });
  });

  it('leaves out what is below its level', () => {
    const dir = temporaryFolder();
    const logger = createLogger({ file: fileIn(dir), level: 'warn', stderrLevel: null });
    logger.info('no');
    logger.debug('no');
    logger.warn('yes');
    logger.error('yes');
    expect(linesOf(dir).map(({ level }) => level)).toEqual(['warn', 'error']);
  });

  it('tells stderr from its own level on, also where the file keeps less', () => {
    const dir = temporaryFolder();
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => written.mockRestore());
    const logger = createLogger({ file: fileIn(dir), level: 'error', stderrLevel: 'info' });
    logger.info('hello');
    logger.debug('no');
    expect(written.mock.calls.map(([line]) => JSON.parse(String(line)).message)).toEqual(['hello']);
    expect(linesOf(dir)).toEqual([]);
  });

  it('works without a file', () => {
    expect(() => createLogger({ file: null, stderrLevel: null }).error('nowhere')).not.toThrow();
  });
});

describe('the log file', () => {
  it('is turned over at its size, and the oldest goes', () => {
    const dir = temporaryFolder();
    const file = fileIn(dir, 100);
    for (let n = 0; n < 60; n += 1) file.write(`line ${n} ${'x'.repeat(20)}\n`);
    expect(readdirSync(dir).sort()).toEqual(['vario.1.log', 'vario.2.log', 'vario.3.log', 'vario.4.log', 'vario.log']);
    for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).size).toBeLessThanOrEqual(100);
    expect(readFileSync(join(dir, 'vario.log'), 'utf8')).toContain('line 59');
  });

  it('is continued after a restart', () => {
    const dir = temporaryFolder();
    const first = openLogFile(dir);
    first.write('one\n');
    first.close();
    fileIn(dir).write('two\n');
    expect(readFileSync(join(dir, 'vario.log'), 'utf8')).toBe('one\ntwo\n');
  });

  it('is readable by its owner only', () => {
    const dir = join(temporaryFolder(), 'logs');
    fileIn(dir).write('x\n');
    expect(statSync(dir).mode & 0o077).toBe(0);
    expect(statSync(join(dir, 'vario.log')).mode & 0o077).toBe(0);
  });

  it('that cannot be written is complained about once, and never stops the program', () => {
    const dir = temporaryFolder();
    const file = openLogFile(dir, 10);
    // The next turn-over has a folder in its way.
    mkdirSync(join(dir, 'vario.1.log', 'in the way'), { recursive: true });
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => told.mockRestore());
    for (let n = 0; n < 5; n += 1) file.write('a line of more than ten bytes\n');
    expect(told).toHaveBeenCalledTimes(1);
    expect(String(told.mock.calls[0]?.[0])).toContain('cannot be written');
  });
});
