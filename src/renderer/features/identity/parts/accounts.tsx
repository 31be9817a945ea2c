/** Accounts of CRMs, the product and help desks in one state: with whom they may be or are, on what evidence, and what to say to it. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, Link2, Unlink, X } from 'lucide-react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import type { AccountKind, AccountMatch, AccountState } from '../../../../shared/contract/identity.ts';
import { ExternalLink } from '../../../lib/address/external-link.tsx';
import type { DataState } from '../../../lib/data-state.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Formatter } from '../../../lib/format.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useDecide, type Decide } from '../use-decide.ts';
import { ACCOUNT_TITLES, KIND_WORDS, RULE_WORDS } from '../words.ts';
import { LinkDialog } from './link-dialog.tsx';

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
  conflicts: {
    kind: 'empty',
    title: 'Nothing contradicts itself',
    hint: 'Accounts appear here whose ids speak for somebody else than they are linked to, or for several customers.',
  },
  all: {
    kind: 'empty',
    title: 'No account is known yet',
    hint: 'Connect a CRM, product analytics or a help desk under Sources.',
  },
  unlinked: {
    kind: 'empty',
    title: 'Every account is a customer',
    hint: 'Accounts that never bought anything appear here.',
  },
};

export function Accounts({ state, kind }: { state: AccountState; kind: AccountKind | undefined }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const decide = useDecide();
  const [linking, setLinking] = useState<AccountMatch | null>(null);
  const [search, setSearch] = useState('');
  const asked = useDeferredValue(search.trim());
  const pages = useInfiniteQuery(
    api.identity.accounts.infiniteOptions({
      input: (cursor: string | null) => ({
        state,
        limit: PAGE,
        cursor,
        ...(kind === undefined ? {} : { kind }),
        ...(asked === '' ? {} : { search: asked }),
      }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.cursor,
    }),
  );
  const rows = (pages.data?.pages ?? []).flatMap((page) => page.rows).flatMap(pairsOf);
  const loaded = stateOf(pages);
  const nothing: DataState =
    asked === '' ? EMPTY[state] : { kind: 'empty', title: 'No account fits', hint: `None is called “${asked}”.` };
  return (
    <Tile title={ACCOUNT_TITLES[state]} flush>
      <DataTable
        label={ACCOUNT_TITLES[state]}
        columns={columnsOf(state, decide, format, setLinking)}
        rows={rows}
        rowKey={({ account, match }) => `${account.sourceId} ${account.accountId} ${match?.customerId ?? ''}`}
        rowKeys={{
          Enter: ({ account, match }) => {
            if (match === null || isLink({ account, match })) setLinking(account);
            else decide('link', account, match);
          },
          x: ({ account, match }) => {
            if (match !== null) decide(isLink({ account, match }) ? 'unlink' : 'reject', account, match);
          },
          l: ({ account }) => setLinking(account),
        }}
        exportName={ACCOUNT_TITLES[state].toLowerCase()}
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
      {linking !== null && <LinkDialog account={linking} decide={decide} onClose={() => setLinking(null)} />}
    </Tile>
  );
}

function pairsOf(account: AccountMatch): Pair[] {
  const matches = [...(account.linked ? [account.linked] : []), ...account.suggestions];
  return matches.length === 0 ? [{ account, match: null }] : matches.map((match) => ({ account, match }));
}

/** Whether the pair is linked; else it is suggested. */
function isLink({ account, match }: Pair): boolean {
  return account.linked !== null && account.linked.customerId === match?.customerId;
}

function columnsOf(
  state: AccountState,
  decide: Decide,
  format: Formatter,
  onLink: (account: AccountMatch) => void,
): Column<Pair>[] {
  return [
    {
      id: 'account',
      header: 'Account',
      value: ({ account: { name, accountId } }) => name ?? accountId,
      cell: ({ account: { name, accountId, page } }) =>
        page === null ? (name ?? accountId) : <ExternalLink href={page}>{name ?? accountId}</ExternalLink>,
    },
    {
      id: 'source',
      header: 'Source',
      width: 104,
      value: ({ account: { sourceName } }) => sourceName,
      cell: ({ account: { sourceName, kind } }) => <span title={KIND_WORDS[kind]}>{sourceName}</span>,
    },
    ...(state === 'unlinked' ? strangerColumns(format) : []),
    ...(state === 'unlinked' ? [] : customerColumns(format)),
    {
      id: 'decide',
      header: 'Decide',
      width: state === 'unlinked' ? 90 : 156,
      sortable: false,
      value: () => null,
      cell: (pair) => <Answers pair={pair} decide={decide} onLink={onLink} />,
    },
  ];
}

/** What tells whether an account without a customer matters. */
function strangerColumns(format: Formatter): Column<Pair>[] {
  return [
    { id: 'domain', header: 'Domain', value: ({ account: { domain } }) => domain },
    {
      id: 'deals',
      header: 'Open deals',
      align: 'end',
      width: 120,
      value: ({ account: { openDeals } }) => openDeals,
      text: ({ account: { openDeals } }) => format.count(openDeals),
    },
  ];
}

function customerColumns(format: Formatter): Column<Pair>[] {
  return [
    {
      id: 'customer',
      header: 'Customer',
      value: ({ match }) => match?.customerName ?? null,
      cell: ({ match }) =>
        match === null ? null : (
          <Link
            to="/customers/$customerId"
            params={{ customerId: match.customerId }}
            tabIndex={-1}
            className="text-accent hover:underline"
          >
            {match.customerName}
          </Link>
        ),
    },
    {
      id: 'rule',
      header: 'Evidence',
      value: ({ match }) => (match === null ? null : RULE_WORDS[match.rule]),
      cell: (pair) => {
        const { match } = pair;
        if (match === null) return null;
        const likeness = match.rule === 'name' && match.score < 1 ? ` (${format.percent(match.score)})` : '';
        return (
          <span title={match.evidence}>
            {isLink(pair) ? `Linked: ${RULE_WORDS[match.rule].toLowerCase()}` : `${match.evidence}${likeness}`}
          </span>
        );
      },
    },
  ];
}

interface AnswersProps {
  pair: Pair;
  decide: Decide;
  onLink: (account: AccountMatch) => void;
}

function Answers({ pair, decide, onLink }: AnswersProps): ReactNode {
  const { account, match } = pair;
  const link = (
    <IconButton
      icon={Link2}
      kind="secondary"
      label={`Link ${account.name ?? account.accountId} to somebody else`}
      disabled={decide.busy}
      onClick={() => onLink(account)}
    />
  );
  if (match === null) return link;
  if (isLink(pair))
    return (
      <span className="flex gap-1.5">
        <Button size="sm" icon={Unlink} disabled={decide.busy} onClick={() => decide('unlink', account, match)}>
          Unlink
        </Button>
        {link}
      </span>
    );
  return (
    <span className="flex gap-1.5">
      <Button size="sm" icon={Check} disabled={decide.busy} onClick={() => decide('link', account, match)}>
        Same
      </Button>
      <IconButton
        icon={X}
        kind="secondary"
        label="Not the same"
        disabled={decide.busy}
        onClick={() => decide('reject', account, match)}
      />
      {link}
    </span>
  );
}
