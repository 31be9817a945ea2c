/** One stream's proof in numbers: what the vendor counts and adds up, what is stored, and how the last reading ended. */
import type { ReactNode } from 'react';
import type { Source, SourceCompleteness } from '../../../../shared/contract/sources.ts';
import { currencyCode, isCurrencyCode } from '../../../../shared/kernel/currency.ts';
import { money } from '../../../../shared/kernel/money.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Sheet } from '../../../ui/dialog.tsx';
import { OUTCOMES, type Stream } from '../words.ts';

export type StreamProof = SourceCompleteness['streams'][number];

export function proofOf(
  all: readonly SourceCompleteness[] | undefined,
  { sourceId }: Source,
  { stream }: Stream,
): StreamProof | undefined {
  return all?.find((source) => source.sourceId === sourceId)?.streams.find((proof) => proof.stream === stream);
}

export interface Sum {
  readonly currency: string;
  readonly theirs: number;
  readonly ours: number;
  /** What the vendor calls its own total; null for the sum of what it listed. */
  readonly statedAs: string | null;
}

/** The vendor's own totals, and the sums of what it listed. */
export function sumsOf(proof: StreamProof | undefined): Sum[] {
  const listed = (proof?.listing?.sums ?? []).map((sum) => ({ ...sum, statedAs: null }));
  return [...(proof?.totals ?? []), ...listed];
}

export interface StreamSheetProps {
  source: Source;
  stream: Stream;
  proof: StreamProof | undefined;
  onClose: () => void;
}

export function StreamSheet({ source, stream, proof, onClose }: StreamSheetProps): ReactNode {
  const format = useFormat();
  const sums = sumsOf(proof);
  return (
    <Sheet
      open
      onClose={onClose}
      title={`${stream.title} of ${source.name}`}
      description={stream.complete ? 'Proven complete.' : 'Not proven complete.'}
    >
      <div className="flex flex-col gap-4">
        {proof !== undefined && proof.gap !== null && (
          <Callout tone="warn" title="A gap">
            {proof.gap}
          </Callout>
        )}
        <Section title="Last reading">
          <Line term="Ended">{lastText(stream, format)}</Line>
          <Line term="Read">{format.count(stream.fetched, { one: 'object', other: 'objects' })}</Line>
          <Line term="New or changed">{format.count(stream.changed)}</Line>
          <Line term="Set aside">{format.count(stream.quarantined)}</Line>
          {stream.problem !== null && <Line term="Problem">{stream.problem}</Line>}
        </Section>
        {proof?.listing != null && (
          <Section title={`Last full listing, ${format.instant(proof.listing.at)}`}>
            <Line term="The vendor lists">{format.count(proof.listing.listed)}</Line>
            <Line term="Stored right after it">{format.count(proof.listing.stored)}</Line>
            <Line term="Of these set aside">{format.count(proof.listing.quarantined)}</Line>
          </Section>
        )}
        {sums.length > 0 && (
          <Section title="Sums, the vendor’s and ours">
            {sums.map((sum) => (
              <Line
                key={`${sum.statedAs ?? 'listed'} ${sum.currency}`}
                term={sum.statedAs ?? `Listed in ${sum.currency}`}
              >
                {sumText(sum, format)}
              </Line>
            ))}
          </Section>
        )}
        <p className="text-pretty text-muted">{proof?.sentence ?? stream.proof ?? 'Nothing is proven yet.'}</p>
      </div>
    </Sheet>
  );
}

function lastText({ outcome, endedAt }: Stream, format: Formatter): string {
  if (outcome === null) return 'not yet';
  const { label } = OUTCOMES[outcome];
  return endedAt === null ? label : `${label}, ${format.instant(endedAt)}`;
}

function sumText({ currency, theirs, ours }: Sum, format: Formatter): string {
  const amount = (minor: number): string =>
    isCurrencyCode(currency) ? format.money(money(minor, currencyCode(currency))) : `${minor} ${currency}`;
  return theirs === ours ? `${amount(ours)}, equal` : `${amount(theirs)} at the vendor, ${amount(ours)} here`;
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="flex flex-col gap-1">
      <h3 className="text-xs font-semibold text-ink">{title}</h3>
      <dl className="flex flex-col">{children}</dl>
    </section>
  );
}

function Line({ term, children }: { term: string; children: ReactNode }): ReactNode {
  return (
    <div className="flex justify-between gap-4 border-b border-line py-1 last:border-0">
      <dt className="text-muted">{term}</dt>
      <dd className="text-right text-ink">{children}</dd>
    </div>
  );
}
