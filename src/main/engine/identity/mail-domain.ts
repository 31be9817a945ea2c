/** The domain that an address or a web site stands for, and whether it says anything about a company. */
import providers from 'email-providers/all.json' with { type: 'json' };
import { getDomain } from 'tldts';

const SHARED: ReadonlySet<string> = new Set(providers);

/**
 * The registrable domain (`mail.acme.co.uk` → `acme.co.uk`, by the public
 * suffix list), or null for a mail provider that anybody can have an address
 * at, and for what is no domain.
 */
export function companyDomain(addressOrSite: string | null): string | null {
  if (addressOrSite === null) return null;
  const host = addressOrSite.slice(addressOrSite.lastIndexOf('@') + 1).trim();
  const domain = getDomain(host.toLowerCase());
  return domain === null || SHARED.has(domain) ? null : domain;
}
