/** How meanings of fields are talked about. */
import {
  CRM_MEANINGS,
  type CrmFieldObject,
  type CrmMeaning,
  type SaidOfField,
} from '../../../shared/contract/crm-fields.ts';

/** What a field means, as a choice; `slice` is followed by its name. */
export const MEANING_WORDS: Readonly<Record<CrmMeaning, string>> = {
  billing_customer: 'Customer’s id in billing',
  channel: 'Acquisition channel',
  slice: 'Slice of figures',
  loss_reason: 'Reason of a loss',
  competitor: 'Competitor',
  contract_start: 'Contract begins',
  contract_end: 'Contract ends',
  annual_amount: 'Annual amount',
};

/** Where a meaning is used, in a sentence. */
export const MEANING_USES: Readonly<Record<CrmMeaning, string>> = {
  billing_customer: 'Links accounts to customers without guessing.',
  channel: 'Slices, cohorts and acquisition costs by channel, where billing’s metadata names none.',
  slice: 'Figures, segments and cohorts by this value, where billing’s metadata has none under the same name.',
  loss_reason: 'Stands beside lost deals, before the system’s own reason.',
  competitor: 'Stands beside the deals of a customer.',
  contract_start: 'Stands beside the deals of a customer.',
  contract_end: 'Stands beside the deals of a customer.',
  annual_amount: 'Stands beside the deals of a customer.',
};

export const OBJECT_WORDS: Readonly<Record<CrmFieldObject, string>> = {
  account: 'Accounts',
  contact: 'Contacts',
  deal: 'Deals',
};

/** @example saidText({ meaning: 'slice', slice: 'segment' }) // 'Slice of figures: segment' */
export function saidText(said: SaidOfField): string {
  if (said === null) return 'Nothing';
  return said.slice === null ? MEANING_WORDS[said.meaning] : `${MEANING_WORDS[said.meaning]}: ${said.slice}`;
}

/** What was just said, for a moment on the screen. */
export function sentenceOf(label: string, said: SaidOfField): string {
  return said === null ? `${label} means nothing any more` : `${label} means: ${saidText(said)}`;
}

export function meaningsOf(object: CrmFieldObject): readonly CrmMeaning[] {
  return CRM_MEANINGS[object];
}

/** The name under which a field becomes a slice until another is typed: its label without what names cannot hold. */
export function sliceNameOf(label: string): string {
  const name = label
    .replaceAll(/["\\:]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
  return name === '' ? 'field' : name;
}
