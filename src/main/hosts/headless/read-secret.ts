/** Secrets come from files, standard input or the environment: never from argv, which every process can read. */
import { readFileSync } from 'node:fs';
import { AppError } from '../../../shared/kernel/errors.ts';

/**
 * The text of `file` (`-`: standard input) without its last line break.
 * @throws AppError `not_found` when it cannot be read, `invalid_input` when it is empty.
 */
export function readSecretFile(file: string): string {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    throw new AppError('not_found', `The file ${file} cannot be read`, { cause });
  }
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') throw new AppError('invalid_input', `The file ${file} is empty`);
  return secret;
}

/** The passphrase from `--passphrase-file` or `VARIO_PASSPHRASE`; null where neither is given. */
export function passphraseOf(
  file: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  if (file !== undefined) return readSecretFile(file);
  const named = env['VARIO_PASSPHRASE'];
  return named === undefined || named === '' ? null : named;
}
