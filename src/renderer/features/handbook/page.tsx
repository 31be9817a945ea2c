/** The handbook as a room: contents and search at the left, a page of it at the right. All of it is in the program. */
import { Link, useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import { useDeferredValue, useMemo, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { HANDBOOK, searchHandbook } from './handbook.ts';
import { Contents } from './parts/contents.tsx';
import { FoundPassages } from './parts/found-passages.tsx';
import { OnThisPage } from './parts/on-this-page.tsx';
import { Prose, PROSE_LINK, type InsideLink } from './parts/prose.tsx';
import { SearchBox } from './parts/search-box.tsx';
import { useHeading } from './use-heading.ts';

const FIRST_PAGE = 'getting-started';

const inPage: InsideLink = (target, children) => (
  <Link
    {...(target.kind === 'room'
      ? { to: target.path }
      : {
          to: '/handbook/$page',
          params: { page: target.page },
          ...(target.heading === null ? {} : { hash: target.heading }),
        })}
    className={PROSE_LINK}
  >
    {children}
  </Link>
);

export function HandbookPage(): ReactNode {
  const { page: id = FIRST_PAGE } = useParams({ strict: false });
  const { q = '' } = useSearch({ strict: false });
  const navigate = useNavigate();
  const hash = useLocation({ select: (location) => location.hash });
  const page = HANDBOOK.page(id);
  const settled = useDeferredValue(q.trim());
  const found = useMemo(() => (settled === '' ? [] : searchHandbook(settled)), [settled]);
  const words = useMemo(() => [...new Set(found.flatMap((one) => one.words))], [found]);
  useHeading(page?.id, hash === '' ? null : hash);
  const search = (text: string): void =>
    void navigate({
      to: '.',
      search: (known) => ({ ...known, q: text === '' ? undefined : text }),
      hash: true,
      replace: true,
      resetScroll: false,
    });
  return (
    <Page
      title="Handbook"
      windowTitle={page === undefined ? 'Handbook' : `${page.title} · Handbook`}
      subtitle="Part of the program: it is here without a network, and it speaks of this version"
      actions={
        <Button icon={Printer} onClick={() => window.print()}>
          Print this page
        </Button>
      }
    >
      <div className="grid items-start gap-x-8 gap-y-4 min-[760px]:grid-cols-[15rem_minmax(0,1fr)] min-[1360px]:grid-cols-[15rem_minmax(0,1fr)_13rem] print:block">
        <div className="no-print flex flex-col gap-3 min-[760px]:sticky min-[760px]:top-4 min-[760px]:max-h-[calc(100dvh-8rem)] min-[760px]:overflow-y-auto">
          <SearchBox value={q} onChange={search} found={settled === '' ? null : found.length} />
          {settled !== '' && <FoundPassages found={found} query={q} />}
          {settled === '' && (
            <>
              <div className="max-[759px]:hidden">
                <Contents current={page?.id ?? null} />
              </div>
              <details key={page?.id} className="min-[760px]:hidden">
                <summary className="text-sm font-medium text-muted">Contents</summary>
                <Contents current={page?.id ?? null} />
              </details>
            </>
          )}
        </div>
        {page === undefined ? (
          <EmptyState
            title="There is no such page"
            hint="The contents at the left name all of them; the search finds passages by their words."
            action={{
              label: 'Open the first page',
              run: () => void navigate({ to: '/handbook/$page', params: { page: FIRST_PAGE } }),
            }}
          />
        ) : (
          <article className="min-w-0 pb-16">
            <p className="text-xs font-medium text-subtle">{page.group}</p>
            <h2 className="mb-3 text-xl font-semibold tracking-tight text-ink">{page.title}</h2>
            <Prose page={page} words={words} link={inPage} level={3} />
          </article>
        )}
        {page !== undefined && <OnThisPage page={page} query={q} />}
      </div>
    </Page>
  );
}
