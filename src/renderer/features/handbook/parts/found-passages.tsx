/** What a search found, best first, each with the words where they stand. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Found } from '../search.ts';
import { marked } from './prose.tsx';

export function FoundPassages({ found, query }: { found: readonly Found[]; query: string }): ReactNode {
  if (found.length === 0)
    return (
      <p className="px-2 text-sm text-pretty text-muted">
        Nothing speaks of “{query.trim()}”. Fewer words find more; typing errors are forgiven.
      </p>
    );
  return (
    <nav aria-label="Passages that were found">
      <ol className="flex flex-col gap-1">
        {found.map(({ passage, words, excerpt }) => (
          <li key={passage.id}>
            <Link
              to="/handbook/$page"
              params={{ page: passage.page }}
              search={{ q: query }}
              {...(passage.heading === null ? {} : { hash: passage.heading })}
              className="flex flex-col gap-0.5 rounded-md px-2 py-1.5 hover:bg-hover"
            >
              <span className="text-sm font-medium text-ink">{marked(passage.title, words)}</span>
              {passage.heading !== null && <span className="text-2xs text-subtle">{passage.pageTitle}</span>}
              <span className="text-xs text-pretty text-muted">{marked(excerpt, words)}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
