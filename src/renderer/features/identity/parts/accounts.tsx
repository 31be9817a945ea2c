/** Accounts of the CRM in one state: with whom they may be or are, on what evidence, and what to say to it. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, Unlink, X } from 'lucide-react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import type { AccountMatch } from '../../../../shared/contract/identity.ts';
import type { DataState } from '../../../lib/data-state.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Formatter } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useDecide, type Decide } from '../use-decide.ts';
import { RULE_WORDS } from '../words.ts';

export type AccountState = 'suggested' | 'linked' | 'unlinked';

/** An account with one customer that it may be: an account with three suggestions has three rows. */
interface Pair {
  readonly account: AccountMatch;
  readonly match: AccountMatch['suggestions'][number] | null;
}

const PAGE = 100;

const EMPTY: Record<AccountState, Extract<DataState, { kind: 'empty' }>> = {
  suggested: {
    kind: 'empty',
    title: 'Nothing to confirm',
    hint: 'Accounts that may be a customer appear here. What an id, a domain or an address proves is linked without asking.',
  },
  linked: {
    kind: 'empty',
    title: 'No account is linked yet',
    hint: 'Connect a CRM under Sources. Its accounts are put together with your customers after the first sync.',
  },
  unlinked: {
    kind: 'empty',
    title: 'Every account is a customer',
    hint: 'Accounts that never bought anything appear here.',
  },
};

export function Accounts({ state }: { state: AccountState }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const decide = useDecide();
  const [search, setSearch] = useState('');
  const asked = useDeferredValue(search.trim());
  const pages = useInfiniteQuery(
    api.identity.accounts.infiniteOptions({
      input: (cursor: string | null) => ({ state, limit: PAGE, cursor, ...(asked === '' ? {} : { search: asked }) }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.cursor,
    }),
  );
  const rows = (pages.data?.pages ?? []).flatMap((page) => page.rows).flatMap(pairsOf);
  const loaded = stateOf(pages);
  const nothing: DataState =
    asked === '' ? EMPTY[state] : { kind: 'empty', title: 'No account fits', hint: `None is called “${asked}”.` };
  return (
    <Tile title={TITLES[state]} flush>
      <DataTable
        label={TITLES[state]}
        columns={columnsOf(state, decide, format)}
        rows={rows}
        rowKey={({ account, match }) => `${account.sourceId} ${account.accountId} ${match?.customerId ?? ''}`}
        exportName={TITLES[state].toLowerCase()}
        onEnd={() => {
          if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
        }}
        toolbar={
          <TextField
            label="Search accounts"
            labelHidden
            placeholder="Search accounts and domains"
            value={search}
            onChange={setSearch}
          />
        }
        state={loaded.kind === 'ready' && rows.length === 0 ? nothing : loaded}
      />
    </Tile>
  );
}

const TITLES: Record<AccountState, string> = {
  suggested: 'Accounts to confirm',
  linked: 'Linked accounts',
  unlinked: 'Accounts that are no customers',
};

function pairsOf(account: AccountMatch): Pair[] {
  if (account.linked) return [{ account, match: account.linked }];
  if (account.suggestions.length === 0) return [{ account, match: null }];
  return account.suggestions.map((match) => ({ account, match }));
}

function columnsOf(state: AccountState, decide: Decide, format: Formatter): Column<Pair>[] {
  const account: Column<Pair>[] = [
    { id: 'account', header: 'Account', value: ({ account: { name, accountId } }) => name ?? accountId },
    { id: 'domain', header: 'Domain', value: ({ account: { domain } }) => domain, width: 150 },
    {
      id: 'deals',
      header: 'Open deals',
      align: 'end',
      width: 112,
      value: ({ account: { openDeals } }) => openDeals,
      text: ({ account: { openDeals } }) => format.count(openDeals),
    },
  ];
  if (state === 'unlinked')
    return [
      ...account,
      { id: 'source', header: 'Source', value: ({ account: { sourceName } }) => sourceName, width: 120 },
    ];
  return [
    ...account,
    {
      id: 'customer',
      header: state === 'linked' ? 'Is the customer' : 'May be the customer',
      value: ({ match }) => match?.customerName ?? null,
      cell: ({ match }) =>
        match === null ? null : (
          <Link
            to="/customers/$customerId"
            params={{ customerId: match.customerId }}
            className="text-accent hover:underline"
          >
            {match.customerName}
          </Link>
        ),
    },
    {
      id: 'rule',
      header: 'Evidence',
      width: state === 'linked' ? 110 : 210,
      value: ({ match }) => (match === null ? null : RULE_WORDS[match.rule]),
      cell: ({ match }) =>
        match === null ? null : state === 'linked' ? (
          <span title={match.evidence}>{RULE_WORDS[match.rule]}</span>
        ) : (
          <span title={match.evidence}>
            {match.evidence}
            {match.rule === 'name' && match.score < 1 ? ` (${format.percent(match.score)})` : ''}
          </span>
        ),
    },
    {
      id: 'decide',
      header: 'Decide',
      width: state === 'linked' ? 110 : 236,
      sortable: false,
      value: () => null,
      cell: ({ account: about, match }) =>
        match === null ? null : state === 'linked' ? (
          <Button size="sm" icon={Unlink} disabled={decide.busy} onClick={() => decide('unlink', about, match)}>
            Unlink
          </Button>
        ) : (
          <span className="flex gap-1.5">
            <Button size="sm" icon={Check} disabled={decide.busy} onClick={() => decide('link', about, match)}>
              Same
            </Button>
            <Button size="sm" icon={X} disabled={decide.busy} onClick={() => decide('reject', about, match)}>
              Not the same
            </Button>
          </span>
        ),
    },
  ];
}
