/** Where Salesforce is spoken to: one address to sign in at, and the organisation's own, which holds its data. */
import { z } from 'zod';

/** These know every organisation and hold none: where one lives is told when signing in. */
const SHARED_LOGINS: Readonly<Record<string, string>> = {
  production: 'https://login.salesforce.com',
  sandbox: 'https://test.salesforce.com',
};

/**
 * `production`, `sandbox`, `kestrel.my.salesforce.com`, or what stands in the browser
 * (`https://kestrel.lightning.force.com/…`) → the address to sign in at, without a path.
 */
export const LoginAddress = z
  .string()
  .trim()
  .transform((text, context) => {
    const named = SHARED_LOGINS[text.toLowerCase()];
    if (named !== undefined) return named;
    const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
    if (url === null || !/^https?:$/.test(url.protocol) || !/[.:]|^localhost$/.test(url.host)) {
      context.addIssue(
        'is neither “production”, “sandbox” nor the organisation’s address (https://….my.salesforce.com)',
      );
      return z.NEVER;
    }
    const host = url.host.replace(/\.lightning\.force\.com$/, '.my.salesforce.com');
    return `${url.protocol}//${host}`;
  });

export function isSharedLogin(address: string): boolean {
  return Object.values(SHARED_LOGINS).includes(address);
}

export function isLocal(address: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
}

/** Which domains Salesforce gives to organisations: https://help.salesforce.com/s/articleView?id=xcloud.domain_name_url_formats.htm */
const OWN_DOMAINS = ['salesforce.com', 'salesforce.mil', 'sfcrmapps.cn'];

/** The address to sign in at, and every organisation's own under the same vendor's domain. */
export function hostsOf(address: string): string[] {
  const { host } = new URL(address);
  return [host, ...OWN_DOMAINS.filter((domain) => host.endsWith(`.${domain}`)).map((domain) => `*.${domain}`)];
}

/** Whether a token's organisation lives at a host that this connection may speak to. */
export function isOwnAddress(instance: string, address: string): boolean {
  const host = URL.parse(instance)?.host ?? '';
  return hostsOf(address).some((declared) =>
    declared.startsWith('*.') ? host.endsWith(declared.slice(1)) : host === declared,
  );
}
