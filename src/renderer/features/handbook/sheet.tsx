/** One passage of the handbook, read beside the page that it speaks of. Links in it stay in the sheet. */
import { Link } from '@tanstack/react-router';
import { BookOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useHelp } from '../../lib/address/index.ts';
import { EmptyState } from '../../ui/states.tsx';
import { HANDBOOK } from './handbook.ts';
import { Prose, PROSE_LINK, type InsideLink } from './parts/prose.tsx';
import { useHeading } from './use-heading.ts';

/** @param topic `page`, `page#heading`, or `metric:id` for the definition of a metric. */
export function HelpPassage({ topic }: { topic: string }): ReactNode {
  const help = useHelp();
  const [id = '', heading = null] = HANDBOOK.topicOf(topic).split('#');
  const page = HANDBOOK.page(id);
  useHeading(page?.id, heading);
  if (page === undefined)
    return (
      <EmptyState
        title="There is no such page"
        hint="The handbook’s contents name all of them."
        action={{ label: 'Open the contents', run: () => help.open('getting-started') }}
      />
    );
  const link: InsideLink = (target, children) =>
    target.kind === 'room' ? (
      <Link to={target.path} className={PROSE_LINK}>
        {children}
      </Link>
    ) : (
      <button
        type="button"
        className={`${PROSE_LINK} text-left`}
        onClick={() => help.open(target.heading === null ? target.page : `${target.page}#${target.heading}`)}
      >
        {children}
      </button>
    );
  return (
    <article className="flex flex-col gap-3">
      <p>
        <Link
          to="/handbook/$page"
          params={{ page: page.id }}
          {...(heading === null ? {} : { hash: heading })}
          className="inline-flex items-center gap-1.5 text-accent underline-offset-2 hover:underline"
        >
          <BookOpen size={14} aria-hidden strokeWidth={1.75} />
          Open in the handbook
        </Link>
      </p>
      <h3 className="text-lg font-semibold tracking-tight">{page.title}</h3>
      <Prose page={page} words={[]} link={link} level={3} />
    </article>
  );
}
