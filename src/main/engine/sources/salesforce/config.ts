/** What a founder says of a connection to Salesforce. */
import { z } from 'zod';
import { isCurrencyCode } from '../../../../shared/kernel/currency.ts';
import { LoginAddress } from './address.ts';
import { isFieldName } from './soql.ts';

const FIELD_LIST = /^$|^[A-Za-z]\w{0,79}(\s*,\s*[A-Za-z]\w{0,79}){0,49}$/;
const FieldNames = z.string().trim().regex(FIELD_LIST, 'is not a list of API names, divided by commas').default('');
const FieldName = z
  .string()
  .trim()
  .refine((name) => name === '' || isFieldName(name), 'is not the API name of a field')
  .default('');

export const ConfigSchema = z.object({
  apiBase: LoginAddress.prefault('production').meta({
    label: 'Login address',
    help: 'Left empty: production. “sandbox”, or the organisation’s own address (My Domain). An access token alone needs the latter.',
    placeholder: 'https://kestrel.my.salesforce.com',
  }),
  clientId: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9._-]{0,300}$/, 'is not a consumer key')
    .default('')
    .meta({
      label: 'Consumer key of the app',
      help: 'Salesforce → Setup → External Client App Manager → New External Client App → Enable OAuth, with the callback address below, the scopes api and refresh_token, and PKCE required. Switch “Require secret” off, or give the secret too. Under Settings: Consumer Key.',
      placeholder: '3MVG9…',
    }),
  redirectUri: z
    .string()
    .trim()
    .regex(
      /^http:\/\/(localhost|127\.0\.0\.1):\d{1,5}\/[\w/-]*$/,
      'is not an address of this machine, such as http://localhost:17170/salesforce',
    )
    .default('http://localhost:17170/salesforce')
    .meta({
      label: 'Callback address',
      help: 'As the app has it, to the letter: Salesforce sends the browser back to it after signing in. Port 0 takes any free port, where the login address allows it.',
      placeholder: 'http://localhost:17170/salesforce',
    }),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .refine((code) => code === '' || isCurrencyCode(code), 'is not a currency known to Vario (ISO 4217)')
    .default('')
    .meta({
      label: 'Currency of the organisation',
      help: 'Only where Salesforce does not tell it, and opportunities name none.',
      placeholder: 'EUR',
    }),
  customerIdField: FieldName.meta({
    label: 'Field with the Stripe customer',
    help: 'The API name of the account field in which the id of the Stripe customer is kept, if there is one. It links accounts to customers without guessing.',
    placeholder: 'Stripe_Customer__c',
  }),
  lossReasonField: FieldName.meta({
    label: 'Field with the reason of a loss',
    help: 'The API name of the opportunity field, if there is one.',
    placeholder: 'Loss_Reason__c',
  }),
  accountFields: FieldNames.meta({
    label: 'Further account fields',
    help: 'API names of standard fields, divided by commas. Custom fields come by themselves.',
    placeholder: 'Type, AnnualRevenue',
  }),
  contactFields: FieldNames.meta({
    label: 'Further contact fields',
    help: 'API names of standard fields, divided by commas. Custom fields come by themselves.',
    placeholder: 'Department',
  }),
  opportunityFields: FieldNames.meta({
    label: 'Further opportunity fields',
    help: 'API names of standard fields, divided by commas. Custom fields come by themselves.',
    placeholder: 'Type, LeadSource',
  }),
});
type Config = z.output<typeof ConfigSchema>;

const Secret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{0,10000}$/, 'holds characters that no token has')
  .default('');

/** Signing in fills these; pasted they connect a machine without a browser. */
export const SecretsSchema = z.object({
  refreshToken: Secret.meta({
    label: 'Refresh token',
    help: 'Left empty when signing in. For machines without a browser: a refresh token of the app, as an OAuth tool gives it.',
    placeholder: '5Aep861…',
  }),
  accessToken: Secret.meta({
    label: 'Access token',
    help: 'Left empty when signing in. For a short look: an access token of the organisation; it ends after some hours.',
    placeholder: '00D…!AQ…',
  }),
  clientSecret: Secret.meta({
    label: 'Consumer secret of the app',
    help: 'Only where the app requires its secret as well.',
  }),
});

/** Standard fields that are asked for by name, by object. */
export type Further = Readonly<Record<'Account' | 'Contact' | 'Opportunity', readonly string[]>>;

export function furtherOf(config: Config): Further {
  return {
    Account: namesOf(config.accountFields, config.customerIdField),
    Contact: namesOf(config.contactFields),
    Opportunity: namesOf(config.opportunityFields, config.lossReasonField),
  };
}

function namesOf(...lists: readonly string[]): string[] {
  return [...new Set(lists.flatMap((list) => list.split(',')).map((name) => name.trim()))].filter(
    (name) => name !== '',
  );
}
