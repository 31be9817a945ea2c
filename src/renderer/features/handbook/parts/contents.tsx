/** All pages of the handbook, by their groups. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { HANDBOOK } from '../handbook.ts';

export function Contents({ current }: { current: string | null }): ReactNode {
  const groups = [...new Set(HANDBOOK.pages.map(({ group }) => group))];
  return (
    <nav aria-label="Contents of the handbook" className="flex flex-col gap-3">
      {groups.map((group) => (
        <section key={group} aria-label={group} className="flex flex-col gap-0.5">
          <p aria-hidden className="px-2 text-2xs font-medium text-subtle">
            {group}
          </p>
          <ul className="flex flex-col">
            {HANDBOOK.pages
              .filter((page) => page.group === group)
              .map((page) => (
                <li key={page.id}>
                  <Link
                    to="/handbook/$page"
                    params={{ page: page.id }}
                    {...(page.about === '' ? {} : { title: page.about })}
                    aria-current={page.id === current ? 'page' : undefined}
                    className="block rounded-md px-2 py-1 text-sm text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-surface aria-[current=page]:font-medium aria-[current=page]:text-ink aria-[current=page]:shadow-raised"
                  >
                    {page.title}
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
