/** Markdown as tokens: read once, drawn as elements and searched as plain text. No HTML is ever made of it. */
import { lexer, type MarkedToken, type Token } from 'marked';

/** The blocks of a document; comments and other HTML are left out. */
export function blocksOf(markdown: string): readonly MarkedToken[] {
  return knownTokens(lexer(markdown, { gfm: true })).filter(({ type }) => type !== 'html' && type !== 'space');
}

/** The library's own tokens: no extension that could add others is in use. */
export function knownTokens(tokens: readonly Token[] | undefined): readonly MarkedToken[] {
  return (tokens ?? []) as readonly MarkedToken[];
}

/** What a reader sees of tokens, without their form. */
export function plainText(tokens: readonly MarkedToken[]): string {
  return tokens.map(plainOf).join('').replaceAll(/\s+/g, ' ').trim();
}

function plainOf(token: MarkedToken): string {
  switch (token.type) {
    case 'html':
    case 'def':
    case 'checkbox':
      return '';
    case 'space':
    case 'br':
    case 'hr':
      return ' ';
    case 'list':
      return token.items.map((item) => ` ${plainText(knownTokens(item.tokens))}`).join('');
    case 'table':
      return [token.header, ...token.rows]
        .flat()
        .map((cell) => ` ${plainText(knownTokens(cell.tokens))}`)
        .join('');
    case 'text':
      return token.tokens === undefined ? token.text : plainText(knownTokens(token.tokens));
    case 'code':
    case 'codespan':
    case 'escape':
      return token.text;
    case 'paragraph':
    case 'heading':
    case 'blockquote':
      return `${plainInline(token.tokens)} `;
    case 'strong':
    case 'em':
    case 'del':
    case 'link':
    case 'image':
    case 'list_item':
      return plainInline(token.tokens);
  }
}

/** Spaces at the edges stay: «the **sum** of». */
function plainInline(tokens: readonly Token[]): string {
  return knownTokens(tokens).map(plainOf).join('');
}
