/** A sales system in normal form: accounts, contacts, deals with their way through the stages, and who works on them. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';

/** A company that is sold to. */
export interface CrmAccount {
  readonly id: string;
  readonly name: string | null;
  /** Without scheme and `www.`, in lower case: `kestrel.example`. */
  readonly domain: string | null;
  /** In the founder's own words: systems do not agree on a code. */
  readonly country: string | null;
  readonly industry: string | null;
  readonly employees: number | null;
  readonly ownerId: string | null;
  /** The billing system's id of the same company, where the founder keeps it in a field of the CRM. */
  readonly billingCustomerId: string | null;
  readonly createdAt: Instant;
  readonly deletedAt: Instant | null;
  /** Further fields that the founder asked for, as text. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A person at an account. */
export interface CrmContact {
  readonly id: string;
  readonly accountId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly title: string | null;
  readonly ownerId: string | null;
  readonly createdAt: Instant;
  readonly deletedAt: Instant | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** A stage as a deal entered it. */
export interface CrmStageEntry {
  readonly stageId: string;
  readonly enteredAt: Instant;
}

/** A product on a deal. */
export interface CrmDealLine {
  readonly id: string;
  readonly productId: string | null;
  readonly name: string | null;
  /** Decimal text. */
  readonly quantity: string;
  /** Minor units of the line's currency; null where nobody filled it in. */
  readonly amountMinor: number | null;
  readonly currency: CurrencyCode | null;
  readonly dealId: string | null;
  readonly deletedAt: Instant | null;
}

export interface CrmDeal {
  readonly id: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly contactIds: readonly string[];
  readonly ownerId: string | null;
  readonly pipelineId: string;
  readonly stageId: string;
  /** The deal's whole amount in minor units of `currency`; null where nobody filled it in. */
  readonly amountMinor: number | null;
  readonly currency: CurrencyCode | null;
  /** The day on which it is expected to close, or did. */
  readonly closeOn: PlainDay | null;
  readonly createdAt: Instant;
  /** When it was last worked on: a call, a mail, a meeting. */
  readonly lastActivityAt: Instant | null;
  readonly nextActivityAt: Instant | null;
  readonly lossReason: string | null;
  /** The sales territory that it belongs to; null or left out where the system knows none. */
  readonly territoryId?: string | null;
  /** Oldest first; the last is the present stage. Null where a fact of its own tells them, or the system keeps no history. */
  readonly stages: readonly CrmStageEntry[] | null;
  readonly deletedAt: Instant | null;
  readonly fields: Readonly<Record<string, string>>;
}

export interface CrmStage {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly outcome: 'open' | 'won' | 'lost';
  /** The system's own probability of winning from here: a fraction, or null. */
  readonly probability: number | null;
}

export interface CrmPipeline {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly archived: boolean;
  readonly stages: readonly CrmStage[];
}

/** A person of the founder's own company who owns accounts and deals. */
export interface CrmOwner {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly team: string | null;
  readonly active: boolean;
}

/** A deal's way through the stages, from systems that tell it apart from the deal. */
export interface CrmDealStages {
  readonly dealId: string;
  /** Oldest first; the last is the present stage. */
  readonly stages: readonly CrmStageEntry[];
}

/** The kinds of object that carry further fields. */
export type CrmObjectKind = 'account' | 'contact' | 'deal';

/** A further field as the system defines it: what its key in `fields` is called. */
export interface CrmField {
  readonly object: CrmObjectKind;
  /** As in `fields`. */
  readonly key: string;
  readonly label: string;
  /** In the system's own word: `enum`, `date`, `string`. */
  readonly type: string;
}

/** A part of the market, as the sales system divides it. */
export interface CrmTerritory {
  readonly id: string;
  readonly name: string;
  /** The territory that it is part of. */
  readonly parentId: string | null;
}
