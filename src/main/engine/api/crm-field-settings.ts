/** What the connection to a sales system itself says of further fields. */
import { z } from 'zod';
import { isAppError } from '../../../shared/kernel/errors.ts';
import type { SettingsOf } from '../crm-fields/index.ts';
import { sourceOf } from '../sources/registry.ts';

const ConfigSchema = z.record(z.string(), z.string());

/** Settings under which connections name the field with the billing customer's id. */
const BILLING_FIELDS = ['customerIdProperty', 'customerIdField'];

/** All fields are read where no setting lists them. */
export const crmFieldSettings: SettingsOf = ({ vendor, config }) => {
  const settings = ConfigSchema.parse(JSON.parse(config));
  const lists = listsOf(vendor);
  return {
    asked(object) {
      const list = lists?.[object];
      return list === undefined ? null : new Set((settings[list] ?? '').split(',').map((name) => name.trim()));
    },
    billingField: BILLING_FIELDS.map((name) => settings[name] ?? '').find((name) => name !== '') ?? null,
  };
};

/** A vendor that this version no longer knows keeps what it brought, and asks for nothing more. */
function listsOf(vendor: string): Readonly<Record<string, string>> | null {
  try {
    return sourceOf(vendor).furtherFields;
  } catch (error) {
    if (isAppError(error, 'not_found')) return null;
    throw error;
  }
}
