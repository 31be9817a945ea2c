/** Every kind of table that can be imported, and the sources that they make. */
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { FileKind } from '../../../../shared/contract/files.ts';
import { CHARTMOGUL_KINDS } from './chartmogul.ts';
import { CHARTMOGUL_FILES } from './chartmogul-objects.ts';
import { costKind } from './costs.ts';
import { DEAL_KINDS, HUBSPOT_FILES, PIPEDRIVE_FILES, SALESFORCE_FILES } from './deals.ts';
import type { FamilySpec, KindSpec } from './kind.ts';
import { LIST_KINDS } from './own-lists.ts';
import { OWN_FILES } from './own-objects.ts';
import { OWN_KINDS } from './own.ts';
import { RELEASE_FILES, releaseKind } from './releases.ts';
import { STRIPE_FILES, STRIPE_KINDS } from './stripe.ts';
import { HELP_DESK_FILES, ticketKind } from './tickets.ts';

export const KINDS: readonly KindSpec[] = [
  ...STRIPE_KINDS,
  ...DEAL_KINDS,
  ...CHARTMOGUL_KINDS,
  costKind,
  ticketKind,
  ...OWN_KINDS,
  ...LIST_KINDS,
  releaseKind,
];

const COST_FILES: FamilySpec = {
  family: 'costs',
  title: 'Costs',
  vendors: [],
  dependents: {},
  assemble: {},
  atOnce: [],
};

const FAMILIES: readonly FamilySpec[] = [
  STRIPE_FILES,
  HUBSPOT_FILES,
  SALESFORCE_FILES,
  PIPEDRIVE_FILES,
  CHARTMOGUL_FILES,
  HELP_DESK_FILES,
  OWN_FILES,
  COST_FILES,
  RELEASE_FILES,
];

/** @throws AppError `not_found` for a kind that there is none of. */
export function kindOf(kind: string): KindSpec {
  const found = KINDS.find((each) => each.kind === kind);
  if (!found)
    throw new AppError(
      'not_found',
      `There is no kind of file “${kind}”; there are ${KINDS.map((each) => each.kind).join(', ')}`,
    );
  return found;
}

export function familyOf(family: string): FamilySpec {
  const found = FAMILIES.find((each) => each.family === family);
  if (!found) throw new AppError('internal', `There is no family of files “${family}”`);
  return found;
}

/** `files.kinds`. */
export function listKinds(): FileKind[] {
  return KINDS.map((kind) => ({
    kind: kind.kind,
    title: kind.title,
    family: kind.family,
    familyTitle: familyOf(kind.family).title,
    description: kind.description,
    template: [...kind.template],
    goesWith: [...kind.goesWith],
    fields: kind.fields.map(({ field, label, type, required, help, choices, constant }) => ({
      field,
      label,
      type,
      required,
      help,
      choices: Object.keys(choices),
      constant,
    })),
  }));
}
