/** Which further fields a connection to a sales system asks for, by its own settings. */
import { z } from 'zod';
import { isAppError } from '../../../shared/kernel/errors.ts';
import type { AskedFields } from '../crm-fields/index.ts';
import { sourceOf } from '../sources/registry.ts';

const ConfigSchema = z.record(z.string(), z.string());

/** Null where all fields are read, as by sources without such a setting. */
export const askedFields: AskedFields = ({ vendor, config, object }) => {
  const setting = settingsOf(vendor)?.[object];
  if (setting === undefined) return null;
  const list = ConfigSchema.parse(JSON.parse(config))[setting] ?? '';
  return new Set(list.split(',').map((name) => name.trim()));
};

/** A vendor that this version no longer knows keeps what it brought, and asks for nothing more. */
function settingsOf(vendor: string): Readonly<Record<string, string>> | null {
  try {
    return sourceOf(vendor).furtherFields;
  } catch (error) {
    if (isAppError(error, 'not_found')) return null;
    throw error;
  }
}
