/** Reads the subset of SOQL that is understood here, and refuses anything else as Salesforce would. */

export class MalformedQuery extends Error {}

type Value = string | number | boolean | null;
interface Comparison {
  readonly kind: 'compare';
  readonly field: string;
  readonly operator: '=' | '!=' | '>' | '>=' | '<' | '<=';
  readonly value: Value;
}
interface OneOf {
  readonly kind: 'in';
  readonly field: string;
  readonly values: readonly Value[];
}
interface Joined {
  readonly kind: 'and' | 'or';
  readonly parts: readonly Condition[];
}
type Condition = Comparison | OneOf | Joined;

export interface Query {
  readonly fields: readonly string[];
  readonly isCount: boolean;
  readonly from: string;
  readonly where: Condition | null;
  readonly orderBy: readonly { readonly field: string; readonly descending: boolean }[];
  readonly limit: number | null;
}

const TOKEN =
  /\s*(?:(?<text>'(?:[^'\\]|\\['\\])*')|(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z)|(?<day>\d{4}-\d\d-\d\d)|(?<number>-?\d+(?:\.\d+)?)|(?<word>[A-Za-z]\w*(?:\.[A-Za-z]\w*)?)|(?<sign>!=|>=|<=|[=<>(),]))/y;

interface Token {
  readonly kind: 'text' | 'time' | 'day' | 'number' | 'word' | 'sign';
  readonly text: string;
}

function tokensOf(soql: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < soql.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(soql)?.groups;
    if (!groups) throw new MalformedQuery(`unexpected token near: ${soql.slice(at, at + 20)}`);
    for (const kind of ['text', 'time', 'day', 'number', 'word', 'sign'] as const) {
      const text = groups[kind];
      if (text !== undefined) tokens.push({ kind, text });
    }
  }
  return tokens;
}

/** @throws MalformedQuery for whatever is not understood. @param today what TODAY stands for. */
export function parseSoql(soql: string, today: string): Query {
  const tokens = tokensOf(soql);
  let at = 0;
  const peek = (): Token | undefined => tokens[at];
  const isWord = (word: string): boolean => peek()?.kind === 'word' && peek()?.text.toUpperCase() === word;
  const isSign = (sign: string): boolean => peek()?.kind === 'sign' && peek()?.text === sign;
  const fail = (): never => {
    throw new MalformedQuery(`unexpected token: ${peek()?.text ?? 'the end'}`);
  };
  const take = (): Token => tokens[at++] ?? fail();
  const word = (expected: string): void => void (isWord(expected) ? take() : fail());
  const sign = (expected: string): void => void (isSign(expected) ? take() : fail());
  const name = (): string => (peek()?.kind === 'word' ? take().text : fail());

  function value(): Value {
    const { kind, text } = take();
    if (kind === 'text') return text.slice(1, -1).replaceAll(/\\(['\\])/g, '$1');
    if (kind === 'number') return Number(text);
    if (kind === 'time' || kind === 'day') return text;
    if (kind === 'word') {
      const known = text.toUpperCase();
      if (known === 'TODAY') return today;
      if (known === 'TRUE' || known === 'FALSE') return known === 'TRUE';
      if (known === 'NULL') return null;
    }
    at -= 1;
    return fail();
  }

  function single(): Condition {
    if (isSign('(')) {
      sign('(');
      const inner = condition();
      sign(')');
      return inner;
    }
    const field = name();
    if (isWord('IN')) {
      word('IN');
      sign('(');
      const values = [value()];
      while (isSign(',')) {
        sign(',');
        values.push(value());
      }
      sign(')');
      return { kind: 'in', field, values };
    }
    const operator = take().text;
    if (!isOperator(operator)) {
      at -= 1;
      return fail();
    }
    return { kind: 'compare', field, operator, value: value() };
  }

  /** SOQL takes no mixture of AND and OR without parentheses. */
  function condition(): Condition {
    const parts = [single()];
    const joint = isWord('AND') ? 'AND' : isWord('OR') ? 'OR' : null;
    if (joint === null) return parts[0] ?? fail();
    while (isWord(joint)) {
      word(joint);
      parts.push(single());
    }
    if (isWord('AND') || isWord('OR')) fail();
    return { kind: joint === 'AND' ? 'and' : 'or', parts };
  }

  word('SELECT');
  const fields = [name()];
  const isCount = fields[0]?.toLowerCase() === 'count' && isSign('(');
  if (isCount) {
    sign('(');
    sign(')');
  }
  while (!isCount && isSign(',')) {
    sign(',');
    fields.push(name());
  }
  word('FROM');
  const from = name();
  let where: Condition | null = null;
  if (isWord('WHERE')) {
    word('WHERE');
    where = condition();
  }
  const orderBy: { field: string; descending: boolean }[] = [];
  if (isWord('ORDER')) {
    word('ORDER');
    word('BY');
    for (;;) {
      const field = name();
      const descending = isWord('DESC');
      if (descending || isWord('ASC')) take();
      orderBy.push({ field, descending });
      if (!isSign(',')) break;
      sign(',');
    }
  }
  let limit: number | null = null;
  if (isWord('LIMIT')) {
    word('LIMIT');
    const { kind, text } = take();
    if (kind !== 'number') fail();
    limit = Number(text);
  }
  if (peek() !== undefined) fail();
  return { fields, isCount, from, where, orderBy, limit };
}

function isOperator(text: string): text is Comparison['operator'] {
  return ['=', '!=', '>', '>=', '<', '<='].includes(text);
}

/** All fields that a query names, for a check against the object. */
export function fieldsNamed({ fields, isCount, where, orderBy }: Query): string[] {
  const inCondition = (condition: Condition | null): string[] =>
    condition === null
      ? []
      : 'parts' in condition
        ? condition.parts.flatMap((part) => inCondition(part))
        : [condition.field];
  return [...(isCount ? [] : fields), ...inCondition(where), ...orderBy.map(({ field }) => field)];
}

export type ReadField = (field: string) => unknown;

export function holds(condition: Condition | null, read: ReadField): boolean {
  if (condition === null) return true;
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => holds(part, read));
    case 'or':
      return condition.parts.some((part) => holds(part, read));
    case 'in':
      return condition.values.some((value) => compare(read(condition.field), value) === 0);
    case 'compare': {
      const order = compare(read(condition.field), condition.value);
      if (condition.operator === '=') return order === 0;
      if (condition.operator === '!=') return order !== 0;
      // Nothing is greater or less than an empty field.
      if (order === null) return false;
      if (condition.operator === '>') return order > 0;
      if (condition.operator === '>=') return order >= 0;
      return condition.operator === '<' ? order < 0 : order <= 0;
    }
  }
}

const TIME = /^\d{4}-\d\d-\d\dT/;

/** Null where one of them is empty and the other is not. Times are compared as such, whatever way they are written. */
export function compare(a: unknown, b: unknown): number | null {
  if (a === undefined || a === null || b === null) return (a ?? null) === b ? 0 : null;
  if (typeof a === 'string' && typeof b === 'string' && TIME.test(a) && TIME.test(b))
    return Date.parse(a) - Date.parse(b);
  if (a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}
