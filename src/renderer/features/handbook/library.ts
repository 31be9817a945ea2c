/** The handbook's pages, read off its files: docs/handbook and the rules of docs/metrics.md. */
import GithubSlugger from 'github-slugger';
import type { MarkedToken } from 'marked';
import { AppError } from '../../../shared/kernel/errors.ts';
import { blocksOf, knownTokens, plainText } from './text.ts';

export interface Heading {
  readonly id: string;
  readonly depth: number;
  readonly text: string;
}

export interface HandbookPage {
  /** Its file's name without the ending; `metrics-…` for a part of the metrics' rules. */
  readonly id: string;
  readonly title: string;
  /** One line: what it answers. */
  readonly about: string;
  readonly group: string;
  readonly blocks: readonly MarkedToken[];
  readonly headings: readonly Heading[];
  /** The ids of `blocks` that are headings, by their place. */
  readonly anchors: ReadonlyMap<number, string>;
}

/** What one heading stands over: what is found by a search. */
export interface Passage {
  readonly id: string;
  readonly page: string;
  readonly pageTitle: string;
  /** Null: the page's beginning. */
  readonly heading: string | null;
  readonly title: string;
  readonly text: string;
}

export interface Handbook {
  readonly pages: readonly HandbookPage[];
  readonly passages: readonly Passage[];
  page(id: string): HandbookPage | undefined;
  /** A topic as `page#heading`; `metric:mrr` stands for the definition of that metric. */
  topicOf(topic: string): string;
  /** Where an anchor of docs/metrics.md stands now that the document is cut into pages. */
  pageOfMetricsAnchor(anchor: string): string | undefined;
}

/** The texts that the handbook is made of: `files` by name without ending, the contents among them as `README`. */
export interface HandbookTexts {
  readonly files: Readonly<Record<string, string>>;
  readonly metrics: string;
}

const CONTENTS = 'README';
const DEFINITIONS_PAGE = 'metrics-definitions-of-every-metric';
const METRICS_GROUP = 'How every number is computed';
/** Marks the place in docs/metrics.md after which the definitions stand, written from the program's own list. */
const DEFINITIONS_MARK = /^<!-- Below: written from .*-->$/m;

/**
 * Reads the handbook. Its order and groups are those of README.md; the parts of docs/metrics.md follow.
 * @throws AppError `internal` for a page that the contents name and that does not exist, or the other way about.
 */
export function readHandbook({ files, metrics }: HandbookTexts): Handbook {
  const listed = contentsOf(files[CONTENTS] ?? '');
  const unlisted = Object.keys(files).filter((id) => id !== CONTENTS && !listed.some((entry) => entry.id === id));
  if (unlisted.length > 0) throw new AppError('internal', `The handbook's contents do not name ${unlisted.join(', ')}`);
  const own = listed.map(({ id, about, group }) => {
    const text = files[id];
    if (text === undefined) throw new AppError('internal', `The handbook's contents name “${id}”, which is no page`);
    return pageOf(id, about, group, blocksOf(text), new GithubSlugger());
  });
  const pages = [...own, ...metricsPages(metrics)];
  const byId = new Map(pages.map((page) => [page.id, page]));
  const metricsAnchors = new Map<string, string>();
  for (const page of pages.filter(({ group }) => group === METRICS_GROUP)) {
    metricsAnchors.set(slugOf(page.title), page.id);
    for (const heading of page.headings) metricsAnchors.set(heading.id, page.id);
  }
  const definitions = byId.get(DEFINITIONS_PAGE);
  return {
    pages,
    passages: pages.flatMap(passagesOf),
    page: (id) => byId.get(id),
    topicOf: (topic) => {
      const metric = topic.match(/^metric:(\w+)$/)?.[1];
      const heading = definitions?.headings.find(({ text }) => text.endsWith(`(${metric})`));
      return heading === undefined || definitions === undefined ? topic : `${definitions.id}#${heading.id}`;
    },
    pageOfMetricsAnchor: (anchor) => metricsAnchors.get(anchor),
  };
}

function slugOf(text: string): string {
  return new GithubSlugger().slug(text);
}

interface ContentsEntry {
  readonly id: string;
  readonly about: string;
  readonly group: string;
}

/** The list in README.md: headings are groups, items are «[Title](file.md): what it answers». */
function contentsOf(readme: string): ContentsEntry[] {
  let group = '';
  return blocksOf(readme).flatMap((block) => {
    if (block.type === 'heading' && block.depth === 2) group = block.text;
    if (block.type !== 'list') return [];
    return block.items.flatMap((item) => {
      const link = inlineOf(knownTokens(item.tokens)).find((token) => token.type === 'link');
      const id = link?.href.match(/^([\w-]+)\.md$/)?.[1];
      if (id === undefined) return [];
      return [{ id, about: plainText(knownTokens(item.tokens)).slice(link?.text.length).replace(/^:\s*/, ''), group }];
    });
  });
}

function inlineOf(tokens: readonly MarkedToken[]): readonly MarkedToken[] {
  return tokens.flatMap((token) => ('tokens' in token ? knownTokens(token.tokens) : []));
}

/** A first heading of depth 1 is the title and no block of the page. */
function pageOf(
  id: string,
  about: string,
  group: string,
  read: readonly MarkedToken[],
  slugger: GithubSlugger,
): HandbookPage {
  const [first, ...rest] = read;
  if (first?.type !== 'heading' || first.depth > 2)
    throw new AppError('internal', `The handbook's page “${id}” does not begin with its title`);
  const anchors = new Map(
    rest.flatMap((block, at) =>
      block.type === 'heading' ? [[at, slugger.slug(plainText(knownTokens(block.tokens)))]] : [],
    ),
  );
  const headings = rest.flatMap((block, at) => {
    const anchor = anchors.get(at);
    if (block.type !== 'heading' || anchor === undefined) return [];
    return [{ id: anchor, depth: block.depth, text: plainText(knownTokens(block.tokens)) }];
  });
  return { id, title: plainText(knownTokens(first.tokens)), about, group, blocks: rest, headings, anchors };
}

/** docs/metrics.md, one page for each of its parts, anchors as they are in the whole document. */
function metricsPages(metrics: string): HandbookPage[] {
  const slugger = new GithubSlugger();
  const [rules = '', definitions] = metrics.split(DEFINITIONS_MARK);
  const parts: MarkedToken[][] = [];
  for (const block of blocksOf(rules)) {
    if (block.type === 'heading' && block.depth === 2) parts.push([]);
    parts.at(-1)?.push(block);
  }
  const pages = parts.map((part) => metricsPage(part, slugger));
  if (definitions === undefined) return pages;
  return [metricsPage(blocksOf(`## Definitions of every metric\n\n${definitions}`), slugger), ...pages];
}

function metricsPage(blocks: readonly MarkedToken[], slugger: GithubSlugger): HandbookPage {
  const [first] = blocks;
  const title = first?.type === 'heading' ? plainText(knownTokens(first.tokens)) : '';
  return pageOf(`metrics-${slugger.slug(title)}`, '', METRICS_GROUP, blocks, slugger);
}

function passagesOf(page: HandbookPage): Passage[] {
  const passages: Passage[] = [];
  let heading: Heading | null = null;
  let text: MarkedToken[] = [];
  const end = (): void => {
    passages.push({
      id: `${page.id}#${heading?.id ?? ''}`,
      page: page.id,
      pageTitle: page.title,
      heading: heading?.id ?? null,
      title: heading?.text ?? page.title,
      text: plainText(text),
    });
    text = [];
  };
  page.blocks.forEach((block, at) => {
    const anchor = page.anchors.get(at);
    if (anchor === undefined) return void text.push(block);
    end();
    heading = page.headings.find(({ id }) => id === anchor) ?? null;
  });
  end();
  return passages;
}
