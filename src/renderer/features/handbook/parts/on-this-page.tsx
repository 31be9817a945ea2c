/** The headings of the page that is open, where the window is wide enough. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import type { HandbookPage } from '../library.ts';

/** A page with fewer has nothing to jump to. */
const LEAST = 2;

/** @param props.query what is searched for, and stays so. */
export function OnThisPage({ page, query }: { page: HandbookPage; query: string }): ReactNode {
  if (page.headings.length < LEAST) return null;
  const top = Math.min(...page.headings.map(({ depth }) => depth));
  return (
    <nav
      aria-label="On this page"
      className="no-print sticky top-4 flex max-h-[calc(100dvh-8rem)] flex-col gap-1 overflow-y-auto max-[1359px]:hidden"
    >
      <p aria-hidden className="px-2 text-2xs font-medium text-subtle">
        On this page
      </p>
      <ul className="flex flex-col">
        {page.headings.map(({ id, depth, text }) => (
          <li key={id}>
            <Link
              to="/handbook/$page"
              params={{ page: page.id }}
              search={query === '' ? {} : { q: query }}
              hash={id}
              className={classNames(
                'block rounded-md py-1 pr-2 text-xs text-muted hover:bg-hover hover:text-ink',
                depth > top ? 'pl-5' : 'pl-2',
              )}
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
