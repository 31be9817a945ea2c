/** A page of the handbook, drawn as elements of React: text never becomes HTML. */
import type { MarkedToken, Tokens } from 'marked';
import { Fragment, type ReactNode } from 'react';
import { ExternalLink } from '../../../lib/address/index.ts';
import { classNames } from '../../../lib/class-names.ts';
import { HANDBOOK } from '../handbook.ts';
import type { HandbookPage } from '../library.ts';
import { targetOf, type LinkTarget } from '../links.ts';
import { marksOf } from '../search.ts';
import { knownTokens, plainText } from '../text.ts';

/** Links stand within text: a line and not the colour alone tells them. */
export const PROSE_LINK = 'text-accent underline decoration-accent/50 underline-offset-2 hover:decoration-current';

/** Draws a link to another passage or to a room; what it does depends on where the page stands. */
export type InsideLink = (
  target: Exclude<LinkTarget, { kind: 'outside' | 'document' }>,
  children: ReactNode,
) => ReactNode;

interface Drawing {
  readonly page: HandbookPage;
  /** Words that are marked. */
  readonly words: readonly string[];
  readonly link: InsideLink;
}

export interface ProseProps extends Drawing {
  /** Level of the page's own headings of depth 2; default 2. */
  level?: 2 | 3;
}

export function Prose({ level = 2, ...drawing }: ProseProps): ReactNode {
  const { page } = drawing;
  return (
    <div className="flex max-w-[44rem] flex-col gap-3 text-sm leading-relaxed text-pretty text-ink">
      {page.blocks.map((block, at) => {
        const anchor = page.anchors.get(at);
        if (block.type !== 'heading' || anchor === undefined)
          // The text does not change while it is shown: its place is its name.
          return <Fragment key={at}>{blockOf(block, drawing)}</Fragment>;
        const shift = page.id.startsWith('metrics-') ? block.depth - 3 : block.depth - 2;
        return (
          <HeadingOf key={anchor} id={anchor} level={level + Math.max(0, shift)} large={shift <= 0}>
            {inline(block.tokens, drawing)}
          </HeadingOf>
        );
      })}
    </div>
  );
}

function HeadingOf(props: { id: string; level: number; large: boolean; children: ReactNode }): ReactNode {
  const { id, level, large, children } = props;
  const Tag = level <= 2 ? 'h2' : level === 3 ? 'h3' : 'h4';
  return (
    <Tag
      id={id}
      tabIndex={-1}
      className={classNames(
        'scroll-mt-4 font-semibold tracking-tight text-ink outline-none',
        large ? 'mt-4 text-base' : 'mt-2 text-sm',
      )}
    >
      {children}
    </Tag>
  );
}

function blockOf(token: MarkedToken, drawing: Drawing): ReactNode {
  switch (token.type) {
    case 'paragraph':
      return <p>{inline(token.tokens, drawing)}</p>;
    case 'text':
      return token.tokens === undefined ? marked(token.text, drawing.words) : inline(token.tokens, drawing);
    case 'list':
      return <ListOf list={token} drawing={drawing} />;
    case 'table':
      return <TableOf table={token} drawing={drawing} />;
    case 'code':
      return (
        <pre className="rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs [overflow-wrap:anywhere] whitespace-pre-wrap text-ink">
          <code>{marked(token.text, drawing.words)}</code>
        </pre>
      );
    case 'blockquote':
      return (
        <blockquote className="border-l-2 border-accent pl-3 text-muted">
          {knownTokens(token.tokens).map((block, at) => (
            <Fragment key={at}>{blockOf(block, drawing)}</Fragment>
          ))}
        </blockquote>
      );
    case 'hr':
      return <hr className="border-line" />;
    case 'heading':
      return <p className="font-semibold">{inline(token.tokens, drawing)}</p>;
    default:
      return inline([token], drawing);
  }
}

function ListOf({ list, drawing }: { list: Tokens.List; drawing: Drawing }): ReactNode {
  const Tag = list.ordered ? 'ol' : 'ul';
  return (
    <Tag className={classNames('flex flex-col gap-1 pl-5', list.ordered ? 'list-decimal' : 'list-disc')}>
      {list.items.map((item, at) => (
        <li key={at} className="marker:text-subtle">
          {knownTokens(item.tokens).map((token, place) => (
            <Fragment key={place}>{blockOf(token, drawing)}</Fragment>
          ))}
        </li>
      ))}
    </Tag>
  );
}

function TableOf({ table, drawing }: { table: Tokens.Table; drawing: Drawing }): ReactNode {
  const label = table.header.map((cell) => plainText(knownTokens(cell.tokens))).join(', ');
  return (
    <div className="overflow-x-auto rounded-md border border-line">
      <table aria-label={label} className="w-full border-collapse text-left text-xs wrap-break-word">
        <thead className="bg-sunken text-muted">
          <tr>
            {table.header.map((cell, at) => (
              <th key={at} scope="col" className="px-2.5 py-1.5 font-medium">
                {inline(cell.tokens, drawing)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={at} className="border-t border-line align-top">
              {row.map((cell, place) => (
                <td key={place} className="px-2.5 py-1.5">
                  {inline(cell.tokens, drawing)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(tokens: readonly Tokens.Generic[] | readonly MarkedToken[], drawing: Drawing): ReactNode {
  return knownTokens([...tokens]).map((token, at) => <Fragment key={at}>{inlineOf(token, drawing)}</Fragment>);
}

function inlineOf(token: MarkedToken, drawing: Drawing): ReactNode {
  switch (token.type) {
    case 'text':
      return token.tokens === undefined ? marked(token.text, drawing.words) : inline(token.tokens, drawing);
    case 'escape':
      return token.text;
    case 'strong':
      return <strong className="font-semibold">{inline(token.tokens, drawing)}</strong>;
    case 'em':
      return <em>{inline(token.tokens, drawing)}</em>;
    case 'codespan':
      return (
        <code className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-[0.92em]">
          {marked(token.text, drawing.words)}
        </code>
      );
    case 'link':
      return <LinkOf link={token} drawing={drawing} />;
    case 'br':
      return <br />;
    default:
      return plainText([token]);
  }
}

function LinkOf({ link, drawing }: { link: Tokens.Link; drawing: Drawing }): ReactNode {
  const target = targetOf(HANDBOOK, drawing.page.id, link.href);
  const children = inline(link.tokens, drawing);
  if (target.kind === 'outside')
    return (
      <ExternalLink href={target.href} className={PROSE_LINK}>
        {children}
      </ExternalLink>
    );
  return target.kind === 'document' ? children : drawing.link(target, children);
}

/** Text with the words that were searched for. */
export function marked(text: string, words: readonly string[]): ReactNode {
  if (words.length === 0) return text;
  const marks = marksOf(text, words);
  if (marks.length === 0) return text;
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { from, to } of marks) {
    parts.push(
      text.slice(at, from),
      <mark key={from} className="rounded-sm bg-warn-soft px-0.5 text-ink">
        {text.slice(from, to)}
      </mark>,
    );
    at = to;
  }
  parts.push(text.slice(at));
  return parts;
}
