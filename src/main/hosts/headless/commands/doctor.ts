import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { BundlePart } from '../../../../shared/contract/diagnostics.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { isoOfInstant } from '../../../../shared/kernel/instant.ts';
import {
  bundleParts,
  bundleZip,
  logTail,
  ownCode,
  processVersions,
  versionsPart,
} from '../../../engine/diagnostics/index.ts';
import { listBackups } from '../../../engine/store/index.ts';
import { buildStamp, programVersion, rendererDir } from '../../installation.ts';
import { bytesText } from '../../figure-text.ts';
import { describeKeyring } from '../../keyring/index.ts';
import { DATABASE_FILE, KEYRING_FILE } from '../../workspace-host.ts';
import { findBrowser } from '../browser/find.ts';
import { failureOf, invocationOf, withWorkspace, type Invocation, type Process } from '../invocation.ts';
import { textTable } from '../text-table.ts';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** `vario doctor`: what is there, what works, what to do about the rest. Names no customer and no amount. */
export function doctorCommand(run: Process): Command {
  return new Command('doctor')
    .description('say what is installed, what works, and what to do about the rest')
    .option('--bundle <file>', 'also write what somebody who is to help needs: a zip without names and amounts')
    .addHelpText(
      'after',
      '\nWith the passphrase it looks into the database as well.\n\nExamples:\n  vario doctor\n  vario doctor --json\n  vario doctor --bundle diagnostics.zip',
    )
    .action(async ({ bundle }: { readonly bundle?: string }, command: Command) => {
      const invocation = invocationOf(command, run);
      const findings = [...installation(), ...dataDirectory(invocation), ...(await database(invocation))];
      if (bundle !== undefined) {
        const written = await writeBundle(invocation, bundle);
        const names = written.parts.map(({ name, text }) => `  ${name} (${text.length} characters)`).join('\n');
        invocation.terminal.result(
          {
            ok: findings.every(({ ok }) => ok),
            findings,
            bundle: { file: written.file, parts: written.parts.map(({ name }) => name) },
          },
          `${written.file} is written. Read it before you send it:\n${names}`,
        );
        return;
      }
      const table = textTable(
        [{ title: '' }, { title: 'What' }, { title: 'Finding' }],
        findings.map(({ what, ok, detail }) => [ok ? 'ok' : '!!', what, detail]),
      );
      invocation.terminal.result({ ok: findings.every(({ ok }) => ok), findings }, table);
    });
}

/** With the database where it opens; without a passphrase the program and its log alone. */
async function writeBundle(invocation: Invocation, option: string): Promise<{ file: string; parts: BundlePart[] }> {
  const file = resolve(option);
  const parts = await bundleOf(invocation);
  try {
    writeFileSync(file, bundleZip(parts), { mode: 0o600 });
  } catch (cause) {
    throw new AppError('storage_failed', `${file} cannot be written. Give another place with --bundle`, { cause });
  }
  return { file, parts };
}

async function bundleOf(invocation: Invocation): Promise<BundlePart[]> {
  const { dataDir, passphrase } = invocation;
  const versions = versionsPart(processVersions(programVersion(), buildStamp()));
  const alone = bundleParts([versions, logTail(join(dataDir, 'logs'))]);
  if (passphrase === null || !existsSync(join(dataDir, KEYRING_FILE))) return alone;
  try {
    return await withWorkspace(invocation, { program: 'doctor' }, (client) => client.diagnostics.preview());
  } catch (error) {
    // A database that does not open is what help may be needed for: the rest is written, and the reason stands there.
    const opening = { name: 'opening.json', text: `${JSON.stringify({ code: ownCode(failureOf(error).code) })}\n` };
    return [...alone, opening];
  }
}

function installation(): Finding[] {
  const browser = findBrowser();
  const pages = rendererDir();
  return [
    { what: 'Vario', ok: true, detail: programVersion() },
    { what: 'Node.js', ok: true, detail: `${process.version} (Node-API ${process.versions.napi})` },
    { what: 'Cockpit', ok: pages !== null, detail: pages ?? 'not built: run npm run build' },
    {
      what: 'Browser for PDFs',
      ok: browser !== null,
      detail: browser ?? 'none found: install Chrome or Chromium, or set VARIO_CHROMIUM',
    },
  ];
}

function dataDirectory({ dataDir, documentsDir }: Invocation): Finding[] {
  const keyring = join(dataDir, KEYRING_FILE);
  const file = join(dataDir, DATABASE_FILE);
  const backups = listBackups(join(dataDir, 'backups'));
  const [newest] = backups;
  return [
    { what: 'Data directory', ok: existsSync(dataDir), detail: dataDir },
    { what: 'Documents', ok: true, detail: documentsDir },
    {
      what: 'Keyring',
      ok: existsSync(keyring),
      detail: existsSync(keyring)
        ? `opens with: ${describeKeyring(keyring)
            .wrappings.map(({ way }) => way)
            .join(', ')}`
        : 'none yet',
    },
    {
      what: 'Database',
      ok: existsSync(file),
      detail: existsSync(file) ? bytesText(statSync(file).size) : 'none yet: vario connect makes one',
    },
    {
      what: 'Backups',
      ok: true,
      detail: newest === undefined ? 'none yet' : `${backups.length}, newest ${isoOfInstant(newest.madeAt)}`,
    },
  ];
}

async function database(invocation: Invocation): Promise<Finding[]> {
  if (invocation.passphrase === null || !existsSync(join(invocation.dataDir, KEYRING_FILE))) return [];
  try {
    return await withWorkspace(invocation, { program: 'doctor' }, async (client, { workspace }) => {
      const { ok, problems } = workspace.engine().checkIntegrity();
      const sources = await client.sources.list();
      return [
        { what: 'Pages and indexes', ok, detail: problems[0] ?? 'sound' },
        ...sources.map(({ title, state, lastError }) => ({
          what: `Source ${title}`,
          ok: state !== 'failing',
          detail: lastError === null ? state : `${state}: ${lastError.message}`,
        })),
      ];
    });
  } catch (error) {
    // A diagnosis ends with a finding, not with the failure that it found.
    return [{ what: 'Opening', ok: false, detail: failureOf(error).message }];
  }
}
