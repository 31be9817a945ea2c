/** keyring.json: which ways lead to the key. It holds no secret that is not sealed. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/kernel/errors.ts';

const bytes = z.codec(
  z.base64(),
  z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  {
    decode: (text) => Uint8Array.from(Buffer.from(text, 'base64')),
    encode: (data) => Buffer.from(data).toString('base64'),
  },
);

function bytesOf(length: number) {
  return bytes.refine((data) => data.length === length, `not ${length} bytes`);
}

const CostSchema = z.object({
  name: z.literal('scrypt'),
  n: z.literal([131_072, 262_144, 524_288, 1_048_576]),
  r: z.literal(8),
  p: z.number().int().min(1).max(4),
});

const common = { id: z.uuid(), createdAt: z.number().int() };

const PassphraseWrappingSchema = z.object({
  ...common,
  kind: z.literal('passphrase'),
  /** `recovery` is written down and kept elsewhere; otherwise the two are alike. */
  purpose: z.enum(['daily', 'recovery']),
  cost: CostSchema,
  salt: bytesOf(16),
  nonce: bytesOf(12),
  box: bytesOf(48),
});

const ProtectorWrappingSchema = z.object({
  ...common,
  kind: z.literal('protector'),
  protector: z.string().min(1).max(64),
  blob: bytes,
});

const KeyringSchema = z.object({
  version: z.literal(1),
  /** Names this key; sealed boxes are bound to it. */
  keyId: z.uuid(),
  createdAt: z.number().int(),
  wrappings: z.array(z.discriminatedUnion('kind', [PassphraseWrappingSchema, ProtectorWrappingSchema])).min(1),
});

export type Keyring = z.infer<typeof KeyringSchema>;
export type Wrapping = Keyring['wrappings'][number];
export type PassphraseWrapping = z.infer<typeof PassphraseWrappingSchema>;

/** @throws AppError `not_found` when there is none, `conflict` when it is a newer version's, `storage_failed` when it is damaged. */
export function readKeyring(file: string): Keyring {
  if (!existsSync(file)) throw new AppError('not_found', `There is no keyring ${file}`);
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const version = z.object({ version: z.number() }).safeParse(json);
    if (version.success && version.data.version > 1)
      throw new AppError('conflict', `The keyring ${file} was written by a newer version of Vario. Update Vario`);
    return z.decode(KeyringSchema, json as z.input<typeof KeyringSchema>);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('storage_failed', `The keyring ${file} is damaged. Put a copy of it back from a backup`, {
      cause,
    });
  }
}

/** Replaces the file at once or not at all; readable by its owner only. */
export function writeKeyring(file: string, keyring: Keyring): void {
  const draft = `${file}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const descriptor = openSync(draft, 'w', 0o600);
    try {
      writeSync(descriptor, `${JSON.stringify(z.encode(KeyringSchema, keyring), null, 2)}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
    // A keyring that a power cut takes away would take the database with it. Windows flushes folders by itself.
    if (process.platform !== 'win32') flushFolder(dirname(file));
  } catch (cause) {
    throw new AppError('storage_failed', `The keyring ${file} cannot be written; the one before it is unchanged`, {
      cause,
    });
  }
}

function flushFolder(dir: string): void {
  const descriptor = openSync(dir, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
