/** Takes secrets, addresses and money out of whatever is about to be logged. */
import { AppError } from '../../../shared/kernel/errors.ts';

const REMOVED = '[removed]';
const MAX_DEPTH = 6;
const MAX_ITEMS = 50;
const MAX_TEXT = 4_000;

/**
 * Names whose values never reach a log: secrets, what identifies a customer,
 * and amounts. A log is what people send to others when they ask for help.
 */
const PRIVATE_NAMES =
  /secret|token|passw|passphrase|authori[sz]ation|cookie|credential|api_?key|private_?key|^key$|e_?mail|phone|address|customer_?name|^name$|amount|_?minor$|balance|payload|^body$/i;

/** Secrets and addresses inside longer texts: messages, stacks, URLs. */
const PRIVATE_PATTERNS: readonly RegExp[] = [
  // Stripe: sk_live_…, rk_test_…, pk_live_…, whsec_…
  /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]+/g,
  /\b(?:sk|rk|whsec|pat|phx|phc)[_-][A-Za-z0-9_-]{8,}/g,
  // HubSpot: pat-eu1-…
  /\bpat-[a-z0-9]+-[A-Za-z0-9-]{8,}/g,
  // Salesforce: 00D…!… (access), 5Aep… (refresh), aPrx… (a sign-in's code)
  /\b00D[A-Za-z0-9]*![A-Za-z0-9._]+|\b(?:5Aep|aPrx)[A-Za-z0-9._=%-]{8,}/g,
  /\b(?:Bearer|Basic|Digest)\s+[A-Za-z0-9._~+/=-]+/gi,
  // user:password@host in a URL
  /\/\/[^\s/:@]*:[^\s/@]*@/g,
  // JSON web tokens
  /\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g,
  // secrets in a query
  /\b(?:api_?key|access_token|token|secret|signature|code)=[^&\s"']+/gi,
  // 32 bytes or more in hex: keys
  /\b[0-9a-f]{64,}\b/gi,
  /[^\s"'<>()[\]{},;:=/\\@]+@[^\s"'<>()[\]{},;:=/\\@]+\.[^\s"'<>()[\]{},;:=/\\@.]+/g,
];

/** A text without secrets and addresses, cut to a sane length. */
export function redactText(text: string): string {
  const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (${text.length} characters)` : text;
  return PRIVATE_PATTERNS.reduce((clean, pattern) => clean.replace(pattern, REMOVED), cut);
}

/**
 * A plain copy for the log: values under private names removed, texts cleaned,
 * errors as objects with their causes, bytes by their length only.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (depth >= MAX_DEPTH) return '[deeper]';
  if (value instanceof Error) return redactError(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof URL) return redactText(value.href);
  if (value instanceof Map || value instanceof Set) return `[${value.size} entries]`;
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item) => redact(item, depth + 1));
    return value.length > MAX_ITEMS ? [...items, `… ${value.length - MAX_ITEMS} more`] : items;
  }
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_ITEMS)
      .map(([name, item]) => [name, PRIVATE_NAMES.test(name) ? removed(item) : redact(item, depth + 1)]),
  );
}

function redactError(error: Error, depth: number): unknown {
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return {
    type: error.name,
    message: redactText(error.message),
    ...code,
    ...(error instanceof AppError && { details: redact(error.details, depth + 1) }),
    ...(error.stack !== undefined && { stack: redactText(error.stack) }),
    ...(error.cause !== undefined && { cause: redact(error.cause, depth + 1) }),
  };
}

function removed(value: unknown): unknown {
  return value === null || value === undefined ? value : REMOVED;
}
