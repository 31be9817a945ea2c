/** What a source is: how to reach a vendor, what it needs from the founder, and the streams it can give. */
import type { z } from 'zod';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { CrmObjectKind } from '../../domain/index.ts';
import type { Allowance } from './budget.ts';
import { formFields, type FormField } from './form.ts';
import type { Json } from './json.ts';
import { limitedHttp, type Limits } from './limiter.ts';
import type { ObjectType } from './object-type.ts';
import { withoutEcho } from './secret-echo.ts';
import { memoryKeeper, type SecretKeeper, type SignIn, type SignInSpec } from './secret-keeper.ts';
import type { Http } from '../../runtime/ports.ts';
import type { SessionPorts } from './session-ports.ts';

export type SourceFamily = 'billing' | 'crm' | 'analytics' | 'support' | 'files' | 'rates';

/** A read-only permission that the secret must carry, in the vendor's own words. */
export interface Scope {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly required: boolean;
}

export interface SourceReport {
  readonly ok: boolean;
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly liveMode: boolean | null;
  /** What the account is kept in (`EUR`), where the vendor says so or its objects show it. */
  readonly currency?: CurrencyCode | null;
  readonly missingScopes: readonly Scope[];
  readonly warnings: readonly string[];
  readonly problem: string | null;
  /** Some objects of the account, by the type under which they are kept: what tells it apart where it does not say who it is. */
  readonly samples?: readonly { readonly type: string; readonly id: string }[];
}

/** One record on a page: an object as the vendor sent it, or word that one is gone. */
export type SourceRecord =
  | { readonly kind: 'object'; readonly type: string; readonly value: unknown }
  | { readonly kind: 'deleted'; readonly type: string; readonly id: string; readonly at: Instant };

export interface Page {
  readonly records: readonly SourceRecord[];
  /** Where to go on once this page is stored; null only before the first page. */
  readonly cursor: Json;
  /** Records still to come by the best estimate, or null. */
  readonly remaining: number | null;
  /** True where the page is part of a full listing: what is stored and on none of its pages may be gone. */
  readonly listing: boolean;
}

/** What a stream may ask of the store and the moment while it reads. */
export interface StreamRun {
  readonly cursor: Json;
  readonly now: Instant;
  /** The kept record of an object read before, or null. */
  stored(type: string, id: string): unknown;
  /** Kinds of object that the vendor refused to show in this run. */
  isRefused(type: string): boolean;
  /** Currencies in which facts are held, with the reporting currency, sorted. */
  currencies(): readonly CurrencyCode[];
  /** The day of the oldest amount, or null where there is none. */
  firstDay(): PlainDay | null;
  /** Customers of this source who pay, or lately paid, by a billing meter. */
  meteredCustomers(): readonly MeteredCustomer[];
}

export interface MeteredCustomer {
  readonly customerId: string;
  readonly meterId: string;
  /** The last day of which usage is stored, or null. */
  readonly knownThrough: PlainDay | null;
}

/** What a stream says for itself about being whole. */
export interface StreamProof {
  /** False where more is to come: a feed not walked to its end, a listing cut short. */
  readonly complete: boolean;
  /** A sentence without full stop: what was walked, from when to when. */
  readonly sentence: string;
}

export interface Stream {
  readonly id: string;
  readonly title: string;
  /** How a change of an object is seen: in the vendor's event feed, by its time of change, or by reading everything again. */
  readonly change: 'events' | 'updated_at' | 'snapshot';
  readonly objectTypes: readonly ObjectType[];
  /** Streams of a lower phase are finished before those of a higher one begin. */
  readonly phase: number;
  /** False where records are facts as they are, and nothing is gained by keeping them twice. */
  readonly keepsRaw: boolean;
  /** The scope without which this stream stays empty. */
  readonly scope: string | null;
  /** Whether the cursor needs this stream to be read in this run. */
  isDue(cursor: Json): boolean;
  /** Pages in the order in which they may be stored. Throws AppError; `details.gap` marks a lasting refusal of this stream alone. */
  read(run: StreamRun): AsyncIterable<Page>;
  /** The stream's own claim, read off its cursor. */
  proof(cursor: Json): StreamProof;
  /** Reads single objects again, to learn what became of them. */
  readonly reread?: (ids: readonly string[], run: StreamRun) => AsyncIterable<readonly SourceRecord[]>;
  /**
   * While the first listing is under way: from when on everything is stored, as far as figures of those days need it;
   * 0 once it is at its end, null while no day is whole. Absent where no figure of a past day rests on the stream.
   */
  wholeFrom?(cursor: Json): Instant | null;
  /** The cursor with which a full listing begins, taken before anything is listed. */
  readonly anchor?: (now: Instant) => Promise<Json>;
}

interface SyncPlan {
  readonly relist: boolean;
  readonly notes: readonly string[];
}

/** A source opened with a secret, for one check or one run. */
export interface SourceSession {
  readonly streams: readonly Stream[];
  check(): Promise<SourceReport>;
  /** Whether the streams' cursors still reach the present, or everything must be listed again; notes are shown. */
  plan(cursors: ReadonlyMap<string, Json>, now: Instant): SyncPlan | Promise<SyncPlan>;
  /** Totals that the vendor itself states, by stream, to hold ours against; a total it refuses to give is a note. */
  totals?(): Promise<readonly ProviderTotal[]>;
}

/** Σ of a stream's amounts in a currency, as the vendor states it. */
export interface ProviderTotal {
  readonly stream: string;
  readonly currency: CurrencyCode;
  readonly minor: number;
  readonly statedAs: string;
}

export interface SourceSpec<Config extends z.ZodObject, Secrets extends z.ZodObject> {
  readonly id: string;
  readonly family: SourceFamily;
  readonly title: string;
  readonly description: string;
  /** Fields with `.meta({ label, help, placeholder })`, all text in, parsed out. */
  readonly config: Config;
  readonly secrets: Secrets;
  readonly scopes: readonly Scope[];
  /** For so many days the vendor tells what changed; who comes later has to list everything again. Absent: for ever. */
  readonly changesKeptDays?: number;
  readonly limits: (config: z.output<Config>, secrets: z.output<Secrets>) => Limits;
  /** A quota that the vendor documents and no answer states. */
  readonly allowance?: Allowance;
  /** Of a sales system that reads only the further fields it is told of: the config field that names them, by kind of object. */
  readonly furtherFields?: Readonly<Record<CrmObjectKind, string>>;
  /** Hosts (`api.stripe.com`, `127.0.0.1:4242`; `*.my.salesforce.com` for all below it) that it speaks to, and no other. The first is a host by name. */
  readonly hosts: (config: z.output<Config>) => readonly string[];
  /** Where a person connects it by signing in at the vendor. */
  readonly signIn?: SignInSpec<z.output<Config>>;
  readonly open: (
    config: z.output<Config>,
    secrets: z.output<Secrets>,
    ports: SessionPorts & { readonly secrets: SecretKeeper },
  ) => SourceSession;
}

/** A source as sync, the API and the connect screen see it: the vendor's own types are closed over. */
export interface Source {
  readonly id: string;
  readonly family: SourceFamily;
  readonly title: string;
  readonly description: string;
  readonly scopes: readonly Scope[];
  /** Null: for ever. */
  readonly changesKeptDays: number | null;
  readonly fields: readonly FormField[];
  readonly allowance: Allowance | null;
  readonly furtherFields: Readonly<Record<CrmObjectKind, string>> | null;
  /** Names of the fields that signing in at the vendor needs; null where it is connected by a key. */
  readonly signIn: { readonly fields: readonly string[] } | null;
  /** Checks form values. @throws AppError `invalid_input` naming the field. */
  parse(config: Readonly<Record<string, string>>, secrets: Readonly<Record<string, string>>): ParsedConnection;
}

export interface ParsedConnection {
  /** With defaults filled in, for storing. */
  readonly config: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Hosts that it speaks to, and no other. */
  readonly hosts: readonly string[];
  /** What is needed to sign in; null where the vendor is connected by a key. */
  readonly signIn: {
    readonly redirectUri: string;
    begin(request: { readonly redirectUri: string; readonly state: string }): Promise<SignIn>;
    /** For the exchange of the code: it keeps to the limits and the declared hosts. */
    http(ports: SessionPorts): Http;
  } | null;
  open(ports: SessionPorts, onRequest: () => void): SourceSession;
}

/** Declares a source. The result is what the registry lists. */
export function defineSource<Config extends z.ZodObject, Secrets extends z.ZodObject>(
  spec: SourceSpec<Config, Secrets>,
): Source {
  const { id, family, title, description, scopes } = spec;
  return {
    id,
    family,
    title,
    description,
    scopes,
    changesKeptDays: spec.changesKeptDays ?? null,
    allowance: spec.allowance ?? null,
    furtherFields: spec.furtherFields ?? null,
    signIn: spec.signIn ? { fields: spec.signIn.fields } : null,
    fields: [...formFields(spec.config, false), ...formFields(spec.secrets, true)],
    parse(config, secrets) {
      const parsedConfig = parsed(spec.config, config, title);
      const parsedSecrets = parsed(spec.secrets, secrets, title);
      return {
        config: texts(parsedConfig),
        secrets: texts(parsedSecrets),
        signIn: spec.signIn ? signInOf(spec, spec.signIn, parsedConfig, parsedSecrets) : null,
        hosts: spec.hosts(parsedConfig),
        open: (ports, onRequest) => {
          const limited = limitedHttp(
            ports,
            spec.limits(parsedConfig, parsedSecrets),
            spec.hosts(parsedConfig),
            onRequest,
          );
          const http = withoutEcho(limited, Object.values(texts(parsedSecrets)));
          const kept = ports.secrets ?? memoryKeeper(texts(parsedSecrets));
          return spec.open(parsedConfig, parsedSecrets, { ...ports, http, secrets: kept });
        },
      };
    },
  };
}

function signInOf<Config extends z.ZodObject, Secrets extends z.ZodObject>(
  spec: SourceSpec<Config, Secrets>,
  signIn: SignInSpec<z.output<Config>>,
  config: z.output<Config>,
  secrets: z.output<Secrets>,
): NonNullable<ParsedConnection['signIn']> {
  return {
    redirectUri: signIn.redirectUri(config),
    begin: async (request) => await signIn.begin(config, texts(secrets), request),
    http: (ports) => limitedHttp(ports, spec.limits(config, secrets), spec.hosts(config), () => undefined),
  };
}

function parsed<Schema extends z.ZodObject>(schema: Schema, values: unknown, title: string): z.output<Schema> {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  throw new AppError(
    'invalid_input',
    `${title}: ${field === '' ? '' : `“${field}” `}${issue?.message ?? 'is not valid'}`,
  );
}

function texts(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
