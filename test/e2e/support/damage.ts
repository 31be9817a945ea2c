/** What can happen to a database while Vario is closed, done to a real one. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openConnection } from '../../../src/main/engine/store/cipher.ts';
import { createKeyring, unlockKeyring } from '../../../src/main/hosts/keyring/index.ts';
import { DATABASE_FILE, KEYRING_FILE } from '../../../src/main/hosts/workspace-host.ts';
import { systemClock } from '../../../src/main/engine/runtime/index.ts';
import type { Damage } from './host-messages.ts';

export async function damage(dataDir: string, how: Damage, passphrase: string): Promise<void> {
  const file = join(dataDir, DATABASE_FILE);
  const keyring = join(dataDir, KEYRING_FILE);
  if (how === 'pages') {
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(7, Math.min(4_096, bytes.length)));
  } else if (how === 'other_key') {
    const elsewhere = mkdtempSync(join(tmpdir(), 'vario-e2e-key-'));
    await createKeyring(join(elsewhere, KEYRING_FILE), [{ passphrase }], systemClock.now());
    writeFileSync(keyring, readFileSync(join(elsewhere, KEYRING_FILE)));
    rmSync(elsewhere, { recursive: true });
  } else {
    const connection = openConnection(file, await unlockKeyring(keyring, { passphrase }), { readonly: false });
    connection.pragma(how === 'newer_schema' ? 'user_version = 9999' : 'application_id = 1');
    connection.close();
  }
}
