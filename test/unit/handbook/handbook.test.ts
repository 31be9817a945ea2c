import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sourceCatalogue } from '../../../src/main/engine/api/source-list.ts';
import { listRules } from '../../../src/main/engine/alerts/index.ts';
import { mayOpenOutside } from '../../../src/main/hosts/desktop/outside.ts';
import { createProgram } from '../../../src/main/hosts/headless/program.ts';
import { readHandbook } from '../../../src/renderer/features/handbook/library.ts';
import { targetOf } from '../../../src/renderer/features/handbook/links.ts';
import { knownTokens } from '../../../src/renderer/features/handbook/text.ts';
import { HELP_TOPICS, helpTopicOf } from '../../../src/renderer/lib/address/help-topics.ts';
import { ROOM_LIST } from '../../../src/shared/contract/actions.ts';
import { ERROR_CODES } from '../../../src/shared/kernel/errors.ts';
import { testStore } from '../../support/store.ts';
import { handbookFiles, written } from './handbook-text.ts';

const files = handbookFiles();
const metrics = readFileSync(new URL('../../../docs/metrics.md', import.meta.url), 'utf8');
const handbook = readHandbook({ files, metrics });

/** Every link of a page, wherever it stands in it. */
function linksOf(tokens: readonly unknown[]): string[] {
  return tokens.flatMap((token) => {
    if (typeof token !== 'object' || token === null) return [];
    const own = 'type' in token && token.type === 'link' && 'href' in token ? [String(token.href)] : [];
    const inner = Object.values(token).filter((value) => Array.isArray(value));
    return [...own, ...inner.flatMap((value) => linksOf(value.flat()))];
  });
}

const links = handbook.pages.flatMap((page) =>
  linksOf(knownTokens([...page.blocks])).map((href) => [page.id, href] as const),
);

describe('the handbook', () => {
  test('has pages of its own and the rules of every number', () => {
    expect(handbook.pages.length).toBeGreaterThan(35);
    expect(handbook.page('metrics-definitions-of-every-metric')?.headings.length).toBeGreaterThan(60);
    expect(handbook.page('metrics-closing-and-restatements')?.title).toBe('Closing and restatements');
  });

  test('has no dead link, neither within nor to a room', () => {
    expect(links.length).toBeGreaterThan(150);
    const rooms = ROOM_LIST.map(({ path }): string => path);
    for (const [page, href] of links) {
      const target = targetOf(handbook, page, href);
      if (target.kind === 'room') expect(rooms, `${page} links to ${href}`).toContain(target.path);
    }
  });

  test('links to no place outside that the desktop program would not open', () => {
    const own = links.filter(([page, href]) => !page.startsWith('metrics-') && href.startsWith('https://'));
    for (const [page, href] of own) expect(mayOpenOutside(href), `${page} links to ${href}`).toBe(true);
  });

  test('refuses a link to nothing', () => {
    expect(() => targetOf(handbook, 'glossary', 'nowhere.md')).toThrow(/glossary.*nowhere\.md/);
    expect(() => targetOf(handbook, 'glossary', 'closing.md#no-such-heading')).toThrow(/no-such-heading/);
  });

  test('has a page for every room, with the room’s name', () => {
    for (const { path, title } of ROOM_LIST) {
      const topic = helpTopicOf(path);
      expect(topic, `${path} needs a topic of its own in lib/address/help-topics.ts`).not.toBe('getting-started');
      expect(handbook.page(topic.split('#')[0] ?? '')?.title).toBe(title);
    }
  });

  test('has every passage that a «?» opens', () => {
    const source = fileURLToPath(new URL('../../../src/renderer', import.meta.url));
    const named = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.tsx') && !/^(node_modules|gallery)/.test(name))
      .flatMap((name) => [
        ...readFileSync(join(source, name), 'utf8').matchAll(/<Help(?:Button|Link)[^>]* topic="([^"]+)"/g),
      ])
      .map(([, topic = '']) => topic);
    expect(named.length).toBeGreaterThan(3);
    for (const topic of [...HELP_TOPICS, ...named]) {
      const [page = '', heading] = topic.split('#');
      const found = handbook.page(page);
      expect(found, topic).toBeDefined();
      if (heading !== undefined) expect(found?.headings.map(({ id }) => id)).toContain(heading);
    }
  });

  test('says of every error code what to do', () => {
    const headings = handbook.page('troubleshooting')?.headings.map(({ text }) => text) ?? [];
    for (const code of ERROR_CODES) expect(headings).toContain(code);
    for (const code of ERROR_CODES) {
      const passage = handbook.passages.find(({ page, title }) => page === 'troubleshooting' && title === code);
      expect(passage?.text.length, code).toBeGreaterThan(60);
    }
  });

  test('says of every source what to enter and what it may read', () => {
    const texts = Object.values(files).join('');
    for (const { vendor } of sourceCatalogue())
      expect(texts, `write <!-- written: source:${vendor} --> into a page`).toContain(
        `<!-- written: source:${vendor} -->`,
      );
  });

  test('names no command that there is not', () => {
    const named = Object.values(files).flatMap((text) =>
      [...text.matchAll(/`vario ([a-z]+)/g)].map(([, name]) => name),
    );
    const known = createProgram({
      env: {},
      stop: new AbortController().signal,
      onEnter: () => () => undefined,
      streams: { out: () => undefined, err: () => undefined, isScreen: false },
    }).commands.map((command) => command.name());
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(known).toContain(name);
  });

  test('names every alert rule as the program does', () => {
    const { db } = testStore();
    for (const { title } of listRules(db)) expect(files['room-alerts']).toContain(title);
  });

  test.each(Object.keys(files))(
    'has its keys, permissions and columns from the program: %s (write them with `node test/unit/handbook/handbook-text.ts`)',
    (name) => {
      expect(files[name]).toBe(written(files[name] ?? ''));
    },
  );
});
