/** `vario connect salesforce`: by signing in, and with a pasted token on a machine without a browser. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemNow } from '../../../src/shared/kernel/instant.ts';
import { smallCompany } from '../../support/salesforce/company.ts';
import { CONSUMER_KEY } from '../../support/salesforce/oauth.ts';
import { startSalesforce } from '../../support/salesforce/server.ts';
import { vario } from './run-vario.ts';

const env = { VARIO_PASSPHRASE: 'correct horse battery staple' };

async function besideSalesforce() {
  const dir = mkdtempSync(join(tmpdir(), 'vario-cli-sf-'));
  const server = await startSalesforce(smallCompany({ now: systemNow() }));
  onTestFinished(async () => {
    await server.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const settings = ['--set', `apiBase=${server.apiBase}`, '--set', `clientId=${CONSUMER_KEY}`];
  const connect = ['connect', 'salesforce', ...settings, '--json', '--data-dir', join(dir, 'data')];
  return { dir, server, connect };
}

test('shows the sign-in page’s address and goes on when the browser has come back', async () => {
  const { server, connect } = await besideSalesforce();
  let opened: Promise<Response> | null = null;
  const { code, out, err } = await vario([...connect, '--set', 'redirectUri=http://127.0.0.1:0/salesforce'], {
    env,
    onErr: (text) => {
      const address = /http:\S+\/services\/oauth2\/authorize\S+/.exec(text)?.[0];
      if (address !== undefined) opened ??= fetch(address);
    },
  });
  expect(code, err).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ vendor: 'salesforce', name: 'Salesforce', account: 'Kestrel Sales' });
  expect(server.asked.some((line) => line.includes('/queryAll'))).toBe(true);
  expect(out + err).not.toMatch(/00D!access|5Aep\.refresh|aPrx/);
});

test('takes a refresh token from a file instead', async () => {
  const { dir, server, connect } = await besideSalesforce();
  const file = join(dir, 'token.txt');
  writeFileSync(file, `${server.oauth.first()['refresh_token']}\n`);
  const { code, out, err } = await vario([...connect, '--secret-file', file], { env });
  expect(code, err).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ vendor: 'salesforce', account: 'Kestrel Sales', liveMode: true });
});

test('gives up on Ctrl-C', async () => {
  const { connect } = await besideSalesforce();
  const stop = new AbortController();
  const { code, err } = await vario([...connect, '--set', 'redirectUri=http://127.0.0.1:0/salesforce'], {
    env,
    stop: stop.signal,
    onErr: (text) => {
      if (text.includes('Sign in at this address')) stop.abort();
    },
  });
  expect(code).toBe(1);
  expect(err).toContain('The sign-in was given up');
});
