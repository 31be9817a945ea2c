/** The test's side of the program under test. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Alert } from '../../../src/shared/contract/alerts.ts';
import type { CustomerRow } from '../../../src/shared/contract/customers.ts';
import type { MetricSnapshot } from '../../../src/shared/contract/metrics.ts';
import type { CustomerId } from '../../../src/shared/kernel/ids.ts';
import type { SessionStatus } from '../../../src/shared/contract/session.ts';
import type { Damage, HostAction, HostResponse, PreparedCompany, Start, VendorMood } from './host-messages.ts';
import { preparedCompany } from './prepared-company.ts';
import { runDir } from './run-dir.ts';

/** Ends with `stop`, and with this process. */
export class Host {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  #next = 1;
  origin = '';

  constructor() {
    // As in vitest.config.ts: V8 may end a process where threads come and go, on processors with protection keys.
    this.#child = fork(join(runDir(), 'host-process.js'), [], {
      execArgv: ['--no-memory-protection-keys'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('message', (response: HostResponse) => this.#receive(response));
    this.#child.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the program under test ended'));
    });
  }

  static async start({ filled, ...how }: Start & { filled: boolean }): Promise<Host> {
    const host = new Host();
    host.origin = (await host.#ask({ do: 'start', ...how })) as string;
    if (filled) await host.fill();
    return host;
  }

  /**
   * A founder's own company with a tenth of the demo's customers, synced and open, behind the passphrase `PASSPHRASE`. A
   * copy of one that is made once: what the vendor has cannot be changed.
   */
  static async company(): Promise<Host> {
    return await Host.start({ unlocked: true, filled: false, prepared: await preparedCompany() });
  }

  address(path: string): Promise<string> {
    return this.#ask({ do: 'address', path }) as Promise<string>;
  }

  async sync(): Promise<void> {
    await this.#ask({ do: 'sync' });
  }

  snapshot(): Promise<MetricSnapshot> {
    return this.#ask({ do: 'snapshot' }) as Promise<MetricSnapshot>;
  }

  alerts(): Promise<{ open: number; unread: number; rows: Alert[] }> {
    return this.#ask({ do: 'alerts' }) as Promise<{ open: number; unread: number; rows: Alert[] }>;
  }

  customers(limit: number): Promise<{ total: number; rows: CustomerRow[] }> {
    return this.#ask({ do: 'customers', limit }) as Promise<{ total: number; rows: CustomerRow[] }>;
  }

  keys(): Promise<{ apiBase: string; apiKey: string; limitedKey: string }> {
    return this.#ask({ do: 'keys' }) as Promise<{ apiBase: string; apiKey: string; limitedKey: string }>;
  }

  subscriptions(customerId: CustomerId): Promise<{ subscriptionId: string; status: string }[]> {
    return this.#ask({ do: 'subscriptions', customerId }) as Promise<{ subscriptionId: string; status: string }[]>;
  }

  async create(passphrase: string): Promise<void> {
    await this.#ask({ do: 'create', passphrase });
  }

  /** The demo company, synced, in the database that is open. */
  async fill(): Promise<void> {
    await this.#ask({ do: 'fill' });
  }

  /** Makes the company that `company` copies; its vendors answer until this process ends. */
  async prepare(passphrase: string): Promise<PreparedCompany> {
    await this.#ask({ do: 'start', unlocked: false, scale: 0.1 });
    await this.create(passphrase);
    await this.fill();
    return (await this.#ask({ do: 'leave-for-copies', passphrase })) as PreparedCompany;
  }

  async lock(): Promise<void> {
    await this.#ask({ do: 'lock' });
  }

  status(): Promise<SessionStatus> {
    return this.#ask({ do: 'status' }) as Promise<SessionStatus>;
  }

  async backup(): Promise<void> {
    await this.#ask({ do: 'backup' });
  }

  async mood(mood: VendorMood): Promise<void> {
    await this.#ask({ do: 'mood', mood });
  }

  /** Lets the engine’s clock go on at once. */
  async later(minutes: number): Promise<void> {
    await this.#ask({ do: 'later', minutes });
  }

  async damage(how: Damage, passphrase: string): Promise<void> {
    await this.#ask({ do: 'damage', how, passphrase });
  }

  files(): Promise<string[]> {
    return this.#ask({ do: 'files' }) as Promise<string[]>;
  }

  async cancel(subscription: string): Promise<void> {
    await this.#ask({ do: 'cancel', subscription });
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, 'exit');
    await this.#ask({ do: 'stop' });
    await gone;
  }

  /** Ends it without waiting for what it does. */
  drop(): void {
    this.#child.disconnect();
  }

  #ask(action: HostAction): Promise<unknown> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, ...action });
    });
  }

  #receive(response: HostResponse): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if (response.ok) waiting?.resolve(response.result);
    else waiting?.reject(new Error(response.message));
  }
}
