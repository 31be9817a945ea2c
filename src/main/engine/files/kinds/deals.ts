/** Deals as sales systems export them: HubSpot, Salesforce, Pipedrive, and a company's own list. */
import type { CrmStageEntry, Fact } from '../../domain/index.ts';
import {
  field,
  REQUIRED,
  type FamilySpec,
  type FieldSpec,
  type KindSpec,
  type RowVersion,
  type Values,
} from './kind.ts';
import { currencyOf, dayOf, instantOf, isTrue, minorOf, needed, optional } from './read-values.ts';
import { plainDay, startOfDay, UTC } from '../../../../shared/kernel/day.ts';

const family = (name: string, title: string): FamilySpec => ({
  family: name,
  title,
  vendors: [name],
  dependents: {},
  assemble: {},
  atOnce: [],
});

export const HUBSPOT_FILES = family('hubspot', 'HubSpot files');
export const SALESFORCE_FILES = family('salesforce', 'Salesforce files');
export const PIPEDRIVE_FILES = family('pipedrive', 'Pipedrive files');

/** What a deal's row says of how it ended. */
const OUTCOMES = {
  open: ['offen', 'ouvert', 'abierto', 'otevreny', 'otevřený', 'aberto', 'in progress'],
  won: ['closed won', 'gewonnen', 'gagne', 'gagné', 'ganado', 'vyhrano', 'vyhráno', 'ganho'],
  lost: ['closed lost', 'verloren', 'perdu', 'perdido', 'prohrano', 'prohráno'],
};

function dealFields(names: Readonly<Record<string, readonly string[]>>): FieldSpec[] {
  const named = (name: string, label: string, type: FieldSpec['type'], options: Parameters<typeof field>[4] = {}) => {
    const [first = label, ...others] = names[name] ?? [];
    return field(name, first, type, [label, ...others], options);
  };
  return [
    named('id', 'Deal ID', 'id'),
    named('name', 'Deal name', 'text', REQUIRED),
    named('stage', 'Stage', 'text', REQUIRED),
    named('pipeline', 'Pipeline', 'text'),
    named('amount', 'Amount', 'amount'),
    named('currency', 'Currency', 'currency'),
    named('close_on', 'Close date', 'day'),
    named('created_at', 'Created', 'instant', { help: 'Without it, a deal begins on the day on which it is to close' }),
    named('last_activity_at', 'Last activity', 'instant'),
    named('owner', 'Owner', 'text'),
    named('account_id', 'Account ID', 'id'),
    named('account', 'Account', 'text'),
    named('contact', 'Contact', 'text'),
    named('email', 'Contact email', 'email'),
    named('outcome', 'Status', 'choice', { choices: OUTCOMES }),
    named('won', 'Won', 'boolean'),
    named('closed', 'Closed', 'boolean'),
    named('probability', 'Probability', 'number'),
    named('loss_reason', 'Loss reason', 'text'),
  ];
}

function dealKind(spec: Pick<KindSpec, 'kind' | 'title' | 'family' | 'description' | 'template' | 'fields'>): KindSpec {
  return {
    ...spec,
    metadata: false,
    goesWith: [],
    object: 'crm_deal',
    key: (values) => optional(values, 'id') ?? `${needed(values, 'name')}|${optional(values, 'account') ?? ''}`,
    check(values) {
      if (values['amount'] !== undefined && values['currency'] === undefined)
        return { field: 'currency', reason: 'An amount without its currency; choose one for all rows' };
      return values['created_at'] === undefined && values['close_on'] === undefined
        ? { field: 'created_at', reason: 'Neither the day on which the deal began nor the one on which it is to close' }
        : null;
    },
    facts: dealFacts,
    history: stageHistory,
  };
}

/** Stages of which the name says how they end. */
export function outcomeOf(values: Values): 'open' | 'won' | 'lost' {
  const said = values['outcome'];
  if (said === 'won' || said === 'lost') return said;
  if (isTrue(values, 'won')) return 'won';
  if (isTrue(values, 'closed') && values['won'] === 'false') return 'lost';
  if (said === 'open') return 'open';
  const stage = values['stage'] ?? '';
  if (/\b(won|gewonnen|gagn|ganad|ganho|vyhr)/i.test(stage)) return 'won';
  return /\b(lost|verloren|perd|prohr)/i.test(stage) ? 'lost' : 'open';
}

/**
 * The way through the stages, as far as imports have seen it: a deal was in a stage from the import on that first said
 * so. Empty where every import has said the same: how long it stood there before is not known.
 */
function stageHistory(versions: readonly RowVersion[], dealId: string): readonly Fact[] {
  const stages: CrmStageEntry[] = [];
  for (const { values, at } of versions) {
    const stageId = stageOf(values);
    if (stages.at(-1)?.stageId !== stageId) stages.push({ stageId, enteredAt: at });
  }
  return stages.length < 2 ? [] : [{ kind: 'crm_deal_stages', value: { dealId, stages } }];
}

/** No row without a day is kept. */
const NO_DAY = plainDay('1970-01-01');

/** The present stage is the only one that a list of deals tells; when it was entered is not in it. */
function dealFacts(values: Values, id: string): readonly Fact[] {
  const account = optional(values, 'account_id') ?? optional(values, 'account');
  const email = optional(values, 'email');
  const createdAt = instantOf(values, 'created_at') ?? startOfDay(dayOf(values, 'close_on') ?? NO_DAY, UTC);
  const contact: Fact[] =
    email === null
      ? []
      : [
          {
            kind: 'crm_contact',
            value: {
              id: `${id}/contact`,
              accountId: account,
              name: optional(values, 'contact'),
              email,
              title: null,
              ownerId: null,
              createdAt,
              deletedAt: null,
              fields: {},
            },
          },
        ];
  return [
    ...contact,
    {
      kind: 'crm_deal',
      value: {
        id,
        name: needed(values, 'name'),
        accountId: account,
        contactIds: email === null ? [] : [`${id}/contact`],
        ownerId: optional(values, 'owner'),
        pipelineId: values['pipeline'] ?? 'Deals',
        // A system that keeps the outcome apart from the stage has lost and won deals in every stage.
        stageId: stageOf(values),
        amountMinor: minorOf(values, 'amount'),
        currency: values['currency'] === undefined ? null : currencyOf(values),
        closeOn: dayOf(values, 'close_on'),
        createdAt,
        lastActivityAt: instantOf(values, 'last_activity_at'),
        nextActivityAt: null,
        lossReason: optional(values, 'loss_reason'),
        stages: [],
        deletedAt: null,
        fields: {},
      },
    },
  ];
}

/** The stage's name, with the outcome where the stage alone does not tell it. */
export function stageOf(values: Values): string {
  const stage = needed(values, 'stage');
  const outcome = outcomeOf(values);
  return outcome === outcomeOf({ stage }) ? stage : `${stage} (${outcome})`;
}

const hubspot = dealKind({
  kind: 'hubspot_deals',
  title: 'HubSpot deals',
  family: 'hubspot',
  description: 'CRM › Deals › Export in HubSpot, any columns.',
  template: [
    'Record ID',
    'Deal Name',
    'Deal Stage',
    'Amount',
    'Pipeline',
    'Deal owner',
    'Close Date',
    'Create Date',
    'Last Activity Date',
    'Associated Company',
  ],
  fields: dealFields({
    id: ['Record ID', 'Deal ID', 'Datensatz-ID', 'ID d’enregistrement'],
    name: ['Deal Name', 'Deal-Name', 'Nom de la transaction'],
    stage: ['Deal Stage', 'Deal-Phase', 'Phase de la transaction'],
    amount: ['Amount', 'Betrag', 'Montant', 'Amount in company currency'],
    currency: ['Currency', 'Währung', 'Devise'],
    owner: ['Deal owner', 'Zuständiger Mitarbeiter', 'Propriétaire de la transaction'],
    close_on: ['Close Date', 'Abschlussdatum', 'Date de fermeture'],
    created_at: ['Create Date', 'Erstellungsdatum', 'Erstelldatum', 'Date de création'],
    last_activity_at: ['Last Activity Date', 'Datum der letzten Aktivität'],
    account_id: ['Associated Company IDs', 'Associated Company ID'],
    account: ['Associated Company', 'Zugeordnetes Unternehmen', 'Associated Company (Primary)'],
    contact: ['Associated Contact', 'Associated Contacts'],
    won: ['Is Closed Won'],
    closed: ['Is Deal Closed?'],
    probability: ['Deal probability', 'Forecast probability'],
    loss_reason: ['Closed Lost Reason'],
  }),
});

const salesforce = dealKind({
  kind: 'salesforce_opportunities',
  title: 'Salesforce opportunities',
  family: 'salesforce',
  description: 'A report of opportunities, exported as details, or the Opportunity table of a data export.',
  template: [
    'Opportunity ID',
    'Opportunity Name',
    'Account Name',
    'Stage',
    'Amount',
    'Close Date',
    'Created Date',
    'Probability (%)',
    'Opportunity Owner',
    'Last Activity',
    'Won',
    'Closed',
  ],
  fields: dealFields({
    id: ['Opportunity ID', 'Id', '18-Digit Opportunity ID'],
    name: ['Opportunity Name', 'Name', 'Opportunityname', 'Nom de l’opportunité'],
    stage: ['Stage', 'StageName', 'Phase', 'Étape'],
    pipeline: ['Type', 'Record Type'],
    amount: ['Amount', 'Betrag', 'Montant', 'Amount (converted)'],
    currency: ['Amount Currency', 'CurrencyIsoCode', 'Opportunity Currency', 'Currency'],
    close_on: ['Close Date', 'CloseDate', 'Schlusstermin', 'Date de clôture'],
    created_at: ['Created Date', 'CreatedDate', 'Erstelldatum', 'Date de création'],
    last_activity_at: ['Last Activity', 'LastActivityDate', 'Last Activity Date'],
    owner: ['Opportunity Owner', 'OwnerId', 'Owner', 'Opportunityinhaber'],
    account_id: ['Account ID', 'AccountId'],
    account: ['Account Name', 'Accountname', 'Nom du compte'],
    won: ['Won', 'IsWon'],
    closed: ['Closed', 'IsClosed'],
    probability: ['Probability (%)', 'Probability', 'Wahrscheinlichkeit (%)'],
    loss_reason: ['Loss Reason', 'Closed Lost Reason'],
  }),
});

const pipedrive = dealKind({
  kind: 'pipedrive_deals',
  title: 'Pipedrive deals',
  family: 'pipedrive',
  description: 'Deals › Export in Pipedrive, any columns, in any of its languages.',
  template: [
    'Deal - ID',
    'Deal - Title',
    'Deal - Value',
    'Deal - Currency of value',
    'Deal - Status',
    'Deal - Pipeline',
    'Deal - Stage',
    'Deal - Owner',
    'Deal - Deal created',
    'Deal - Expected close date',
    'Organization - Name',
    'Person - Name',
    'Person - Email (Work)',
  ],
  fields: dealFields({
    id: ['Deal - ID', 'Obchod - ID', 'Affaire - ID', 'Negocio - ID'],
    name: ['Deal - Title', 'Deal - Titel', 'Obchod - Název', 'Affaire - Titre', 'Negocio - Título', 'Negócio - Título'],
    amount: [
      'Deal - Value',
      'Deal - Wert',
      'Obchod - Hodnota',
      'Affaire - Valeur',
      'Negocio - Valor',
      'Negócio - Valor',
    ],
    currency: [
      'Deal - Currency of value',
      'Deal - Currency of Value',
      'Deal - Währung von Wert',
      'Deal - Währung',
      'Obchod - Měna hodnoty',
      'Obchod - Měna',
      'Affaire - Devise de Valeur',
      'Negocio - Moneda de Valor',
    ],
    outcome: ['Deal - Status', 'Obchod - Stav', 'Affaire - Statut', 'Negocio - Estado', 'Negócio - Status'],
    pipeline: ['Deal - Pipeline', 'Obchod - Pipeline', 'Affaire - Pipeline', 'Negocio - Embudo'],
    stage: ['Deal - Stage', 'Deal - Phase', 'Obchod - Fáze', 'Affaire - Étape', 'Negocio - Etapa', 'Negócio - Etapa'],
    owner: ['Deal - Owner', 'Deal - Besitzer', 'Obchod - Vlastník', 'Affaire - Propriétaire', 'Negocio - Propietario'],
    close_on: [
      'Deal - Expected close date',
      'Deal - Erwartetes Abschlussdatum',
      'Obchod - Předpokládané datum uzavření',
      'Affaire - Date de clôture prévue',
    ],
    created_at: [
      'Deal - Deal created',
      'Deal - Deal created on',
      'Deal - Deal erstellt',
      'Obchod - Obchod vytvořen',
      'Affaire - Affaire créée',
      'Deal - Created',
    ],
    last_activity_at: ['Deal - Last activity date', 'Deal - Datum der letzten Aktivität'],
    account_id: ['Organization - ID', 'Deal - Organization ID'],
    account: [
      'Organization - Name',
      'Deal - Organization',
      'Organisation - Name',
      'Organizace - Název',
      'Organisation - Nom',
    ],
    contact: ['Person - Name', 'Deal - Contact person', 'Osoba - Jméno'],
    email: ['Person - Email (Work)', 'Person - Email', 'Person - E-Mail', 'Osoba - E-mail'],
    probability: ['Deal - Probability', 'Deal - Wahrscheinlichkeit'],
    loss_reason: ['Deal - Lost reason', 'Deal - Verlustgrund'],
  }),
});

export const ownDeals = dealKind({
  kind: 'deals',
  title: 'Deals',
  family: 'own',
  description: 'A list of your own: deals with their stage, amount and day.',
  template: [
    'Deal ID',
    'Deal name',
    'Account',
    'Stage',
    'Amount',
    'Currency',
    'Created',
    'Close date',
    'Owner',
    'Status',
  ],
  fields: dealFields({
    name: ['Deal name', 'Name', 'Title', 'Opportunity'],
    account: ['Account', 'Company', 'Customer', 'Organization'],
    close_on: ['Close date', 'Expected close date', 'Closes on'],
    created_at: ['Created', 'Created at', 'Create date'],
  }),
});

export const DEAL_KINDS: readonly KindSpec[] = [hubspot, salesforce, pipedrive, ownDeals];
