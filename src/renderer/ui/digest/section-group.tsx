/** A group of a digest's sections: each with its sum, its rows and its definition; what is empty stands in one line. */
import { CircleHelp, ListTree } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DigestLine, DigestSection } from '../../../shared/contract/digest.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { ExternalLink, useEvidence, useOpenTarget } from '../../lib/address/index.ts';
import { classNames } from '../../lib/class-names.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { moneyUnit } from '../../lib/unit.ts';
import { IconButton } from '../button.tsx';
import { EvidenceBadge, isReconstructed } from '../evidence-badge.tsx';
import { InTurn } from '../in-turn.tsx';
import { Tile } from '../tile.tsx';
import { GROUP_TITLES, sumText, type GroupedSections } from './digest-words.ts';

export function SectionGroup({ of, currency }: { of: GroupedSections; currency: CurrencyCode }): ReactNode {
  return (
    <Tile title={GROUP_TITLES[of.group]} flush>
      <div className="flex flex-col gap-3 pb-3">
        {of.filled.map((section, index) => {
          const drawn = <Section key={section.id} section={section} currency={currency} />;
          // All but the first are mostly out of sight: the page does not wait for their lines.
          return index === 0 ? (
            drawn
          ) : (
            <InTurn key={section.id} height={guessOf(section)}>
              {drawn}
            </InTurn>
          );
        })}
        <Rest of={of} />
      </div>
    </Tile>
  );
}

/** What did not happen, and what nobody can know, which is not the same. */
export function Rest({ of: { empty, unknown } }: { of: GroupedSections }): ReactNode {
  const format = useFormat();
  if (empty.length + unknown.length === 0) return null;
  return (
    <div className="flex flex-col gap-0.5 px-4 text-xs text-pretty text-subtle">
      {empty.length > 0 && <p>None: {format.list(empty.map(({ title }) => title.toLowerCase()))}</p>}
      {unknown.map(({ id, title, reason }) => (
        <p key={id}>
          {title}: <span className="text-muted">—</span> ({reason})
        </p>
      ))}
    </div>
  );
}

/** Pixels: the head of a section, and a line of it, of which many go over two. */
const HEAD_HEIGHT = 28;
const LINE_HEIGHT = 36;

const guessOf = ({ lines }: DigestSection): number => HEAD_HEIGHT + lines.length * LINE_HEIGHT;

function Section({ section, currency }: { section: DigestSection; currency: CurrencyCode }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const { why, how, title, definition, count, note, more } = section;
  return (
    // Far out of sight it is neither laid out nor painted until it is scrolled to; a guess holds its place.
    <section
      aria-label={title}
      className="[content-visibility:auto] print:[content-visibility:visible]"
      style={{ containIntrinsicHeight: `auto ${guessOf(section)}px` }}
    >
      <header className="group flex min-h-7 items-center gap-2 px-4">
        <h3 className="min-w-0 truncate text-sm font-medium text-ink" title={definition}>
          {title}
        </h3>
        <span className="rounded-full bg-fill px-1.5 text-xs font-medium text-muted">{format.count(count)}</span>
        <span className="no-print flex opacity-55 group-focus-within:opacity-100 group-hover:opacity-100">
          {why !== null && (
            <IconButton
              icon={ListTree}
              label={`Why: the rows behind ${title}`}
              onClick={() =>
                evidence.open({ why: why.metric, kind: why.kind ?? undefined, from: why.from, to: why.to })
              }
            />
          )}
          {how !== null && (
            <IconButton icon={CircleHelp} label={`How ${title} is computed`} onClick={() => evidence.open({ how })} />
          )}
        </span>
        <span className="ml-auto shrink-0 text-sm font-medium text-ink">{sumText(section, currency, format)}</span>
      </header>
      {note !== null && <p className="px-4 text-xs text-pretty text-subtle">{note}</p>}
      <ul>
        {section.lines.map((line, index) => (
          <Line key={`${line.sourceObjectId ?? line.who}-${index}`} line={line} />
        ))}
      </ul>
      {more > 0 && <p className="px-4 pt-0.5 text-xs text-subtle">and {format.count(more)} more</p>}
    </section>
  );
}

function Line({ line }: { line: DigestLine }): ReactNode {
  const format = useFormat();
  const openTarget = useOpenTarget();
  const { who, on, what, note, amount, currency, sourceUrl, sourceObjectId } = line;
  const details = [what, note].filter((part) => part !== null);
  return (
    <li className="group/line relative flex items-baseline gap-2 px-4 hover:bg-hover">
      <button
        type="button"
        onClick={() => openTarget(line.target)}
        className="flex min-h-6 min-w-0 flex-1 items-baseline gap-2 py-0.5 text-left"
      >
        <span className="min-w-12 shrink-0 text-xs whitespace-nowrap text-subtle">
          {on === null ? '' : format.day(on, 'short')}
        </span>
        <span className="min-w-0 flex-1">
          <span className="text-ink underline-offset-2 group-hover/line:underline">{who}</span>
          {details.length > 0 && <span className="ml-2 text-xs text-pretty text-muted">{details.join(' · ')}</span>}
          {isReconstructed(line.evidence) && (
            <span className="ml-1.5">
              <EvidenceBadge evidence={line.evidence} />
            </span>
          )}
        </span>
      </button>
      {sourceUrl !== null && sourceObjectId !== null && (
        // In the place of the day, so that nothing moves when it appears.
        <span className="no-print pointer-events-none absolute top-0.5 left-4 w-12 bg-hover text-xs opacity-0 group-hover/line:pointer-events-auto group-hover/line:opacity-100 focus-within:pointer-events-auto focus-within:opacity-100">
          <ExternalLink href={sourceUrl}>source</ExternalLink>
        </span>
      )}
      {amount !== null && currency !== null && (
        <span className={classNames('shrink-0 text-right text-sm', amount < 0 ? 'text-loss' : 'text-ink')}>
          {format.value(amount, moneyUnit(currency), { form: 'whole' })}
        </span>
      )}
    </li>
  );
}
