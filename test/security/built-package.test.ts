import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUNDLED } from '../../scripts/bundled-packages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'vario-pack-'));
const app = join(dir, 'packed/linux-unpacked');

/** https://www.electronjs.org/docs/latest/tutorial/fuses: a marker, version, length, and a digit for each fuse. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;
/** As Electron is delivered. */
const DELIVERED = '10110001';

/** A folder that looks like Electron's distribution; its binary holds the fuses and nothing else. */
function stubDistribution(): string {
  const dist = join(dir, 'electron');
  mkdirSync(join(dist, 'resources'), { recursive: true });
  mkdirSync(join(dist, 'locales'));
  const wire = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, FUSES.length]), Buffer.from(DELIVERED)]);
  writeFileSync(join(dist, 'electron'), Buffer.concat([Buffer.from('stub '), wire, Buffer.from(' end')]), {
    mode: 0o755,
  });
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak', 'locales/de.pak'])
    writeFileSync(join(dist, name), '45.4.1');
  return dist;
}

function pack(environment: NodeJS.ProcessEnv): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    'electron-builder',
    [
      '--dir',
      '--linux',
      '--x64',
      '--config',
      'electron-builder.yml',
      `-c.electronDist=${stubDistribution()}`,
      `-c.directories.output=${join(dir, 'packed')}`,
    ],
    { cwd: root, encoding: 'utf8', env: { ...process.env, ...environment } },
  );
  rmSync(join(dir, 'electron'), { recursive: true });
  return { status, output: stdout + stderr };
}

beforeAll(() => {
  if (!existsSync(join(root, 'out/main/index.js')))
    execFileSync('electron-vite', ['build', '--logLevel', 'warn'], { cwd: root });
  const { status, output } = pack({ VARIO_UPDATE_URL: 'https://updates.example/vario/' });
  if (status !== 0) throw new Error(`electron-builder failed:\n${output}`);
}, 180_000);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}

/** The paths in an asar: after four sizes, a JSON tree (https://github.com/electron/asar#format). */
function filesInAsar(archive: string): string[] {
  interface Node {
    readonly files?: Readonly<Record<string, Node>>;
  }
  const bytes = readFileSync(archive);
  const header: Node = JSON.parse(bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8'));
  const walk = (node: Node, path: string): string[] =>
    node.files === undefined
      ? [path]
      : Object.entries(node.files).flatMap(([name, child]) => walk(child, `${path}/${name}`));
  return walk(header, '');
}

/** A file of a package, wherever below node_modules the package stands: the builder puts packages elsewhere than npm. */
function inPackage(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/'));
}

/** Files of packages that are read when these modules are imported, but for what is bundled into the program. */
function filesLoadedBy(modules: readonly string[]): string[] {
  const script = `
    import { registerHooks } from 'node:module';
    const bundled = ${JSON.stringify(BUNDLED)};
    const isBundled = (name) => bundled.some((each) => name === each || name.startsWith(each + '/'));
    const isPackage = (url) => url.includes('node_modules/');
    const loads = new Map();
    registerHooks({
      resolve(name, context, next) {
        const found = next(name, context);
        const parent = context.parentURL ?? '';
        // What the program itself imports of these is in its own files.
        if (isPackage(parent) || !isBundled(name)) loads.set(parent, [...(loads.get(parent) ?? []), found.url]);
        return found;
      },
    });
    for (const name of ${JSON.stringify(modules)}) await import(name);
    const files = new Set();
    const walk = (url) => {
      if (files.has(url)) return;
      files.add(url);
      for (const child of loads.get(url) ?? []) walk(child);
    };
    for (const parent of [...loads.keys()]) if (!isPackage(parent)) walk(parent);
    process.stdout.write(JSON.stringify([...files]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  const urls: string[] = JSON.parse(stdout);
  return urls.filter((url) => url.startsWith('file:') && url.includes('node_modules/')).map(inPackage);
}

describe('the packed app', () => {
  it('has the fuses set: no run as Node, no Node options, no inspector, code from the archive only', () => {
    const binary = readFileSync(join(app, 'vario'));
    const start = binary.indexOf(SENTINEL) + SENTINEL.length + 2;
    const states = binary.subarray(start, start + FUSES.length).toString('latin1');
    expect(Object.fromEntries(FUSES.map((fuse, index) => [fuse, states[index] === '1']))).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('holds every entry that the shell starts, and no source, test, script or second Node', () => {
    const files = filesInAsar(join(app, 'resources/app.asar'));
    for (const file of [
      'main/index.js',
      'main/engine-process.js',
      'main/reader-worker.js',
      'preload/index.cjs',
      'renderer/index.html',
    ])
      expect(files).toContain(`/out/${file}`);
    expect(files).toContain('/build/icons/tray.png');
    expect(
      files.filter((file) =>
        /^\/(src|test|scripts|bench|docs|\.)|\.map$|^\/node_modules\/(node-(bin-)?(linux|darwin|win)-|electron\/|vite|typescript)/.test(
          file,
        ),
      ),
    ).toEqual([]);
  });

  it('holds every file of a package that the sources load', () => {
    const loaded = filesLoadedBy([
      ...globSync('src/main/engine/sources/*/vendor-*.ts', { cwd: root }).map(
        (file) => pathToFileURL(join(root, file)).href,
      ),
      'stripe',
    ]);
    expect(loaded.length).toBeGreaterThan(1_000);
    const files = new Set(filesInAsar(join(app, 'resources/app.asar')).map(inPackage));
    expect(loaded.filter((file) => !files.has(file))).toEqual([]);
  });

  it('holds no package a second time that is part of the program', () => {
    const packages = new Set(
      filesInAsar(join(app, 'resources/app.asar'))
        .map((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? '')
        .filter((name) => name !== ''),
    );
    // The cookie jar of a vendor's package has this one as well.
    expect(BUNDLED.filter((name) => packages.has(name))).toEqual(['tldts']);
  });

  it('has the database driver’s binary for this platform outside the archive, and none for others', () => {
    const binaries = filesBelow(join(app, 'resources/app.asar.unpacked')).filter((file) => file.endsWith('.node'));
    expect(binaries.some((file) => file.endsWith('linux-x64.node'))).toBe(true);
    expect(binaries.filter((file) => /win32|darwin/.test(file))).toEqual([]);
  });

  it('is updated over https from the feed of the build, which must be named', () => {
    expect(readFileSync(join(app, 'resources/app-update.yml'), 'utf8')).toContain(
      'url: https://updates.example/vario/',
    );
    const { status, output } = pack({ VARIO_UPDATE_URL: undefined });
    expect(status).not.toBe(0);
    expect(output).toContain('VARIO_UPDATE_URL');
  }, 300_000);
});

describe('the builder’s configuration', () => {
  it('signs on Windows with the hook, which says what it did and fails when the signer does', () => {
    const hook = join(root, 'build/sign-windows.mjs');
    const run = (command: string | undefined) =>
      spawnSync(
        process.execPath,
        ['--input-type=module', '-e', `await (await import(${JSON.stringify(hook)})).sign({ path: 'vario.exe' })`],
        {
          encoding: 'utf8',
          env: { ...process.env, VARIO_SIGN_COMMAND: command },
        },
      );
    expect(run(undefined)).toMatchObject({ status: 0, stdout: expect.stringContaining('not signed') });
    expect(run('true').status).toBe(0);
    expect(run('false')).toMatchObject({ status: 1, stderr: expect.stringContaining('did not sign vario.exe') });
  });

  it('is refused with an option that the builder does not know', () => {
    const copy = join(dir, 'wrong.yml');
    cpSync(join(root, 'electron-builder.yml'), copy);
    writeFileSync(copy, `${readFileSync(copy, 'utf8')}\nelectronFusez:\n  runAsNode: false\n`);
    const { status, stdout, stderr } = spawnSync(
      'electron-builder',
      ['--dir', '--linux', '--config', copy, `-c.directories.output=${join(dir, 'wrong')}`],
      { cwd: root, encoding: 'utf8', env: { ...process.env, VARIO_UPDATE_URL: 'https://updates.example/' } },
    );
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain('electronFusez');
  }, 180_000);
});
