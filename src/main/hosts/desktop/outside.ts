/** Which addresses a click may open in the founder's own browser. */

/** Where records and definitions lead to: vendors' dashboards, and the public pages that rules are taken from. */
const HOSTS: ReadonlySet<string> = new Set([
  'dashboard.stripe.com',
  'app.hubspot.com',
  'docs.stripe.com',
  'support.stripe.com',
  'help.chartmogul.com',
  'help.baremetrics.com',
  'www.paddle.com',
  'docs.zuora.com',
  'support.chargebee.com',
  'frankfurter.dev',
  'login.salesforce.com',
  'test.salesforce.com',
  'www.ecb.europa.eu',
  'www.justice.gov',
  'help.finmark.com',
  'www.usv.com',
  'www.scalevp.com',
  'sacks.substack.com',
  'www.netpromotersystem.com',
  'developer.zendesk.com',
  'posthog.com',
  'docs.mixpanel.com',
]);

/** Vendors that give every company a name of its own under theirs: one label, `acme.pipedrive.com`. */
const COMPANY_HOSTS: readonly RegExp[] = [
  /^[a-z0-9][a-z0-9-]*\.pipedrive\.com$/,
  /^[a-z0-9][a-z0-9-]*(\.sandbox|\.develop)?\.my\.salesforce\.com$/,
];

/** True for an https address of a known host, without credentials or an odd port. */
export function mayOpenOutside(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    url.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    (HOSTS.has(url.hostname) || COMPANY_HOSTS.some((host) => host.test(url.hostname)))
  );
}
