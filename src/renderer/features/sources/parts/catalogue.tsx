/** Everything that can be connected, by kind, with a field to find one by its name. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import type { Descriptor } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { FAMILIES, FAMILY_ORDER } from '../words.ts';

export interface CatalogueProps {
  offered: readonly Descriptor[];
  connected: readonly Source[];
  onChoose: (descriptor: Descriptor) => void;
  onClose: () => void;
}

export function Catalogue({ offered, connected, onChoose, onClose }: CatalogueProps): ReactNode {
  const [wanted, setWanted] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // The browser gives the focus to the list where it scrolls; typing is what one is here for.
  useEffect(() => field.current?.focus(), []);
  const found = offered.filter((descriptor) => matches(descriptor, wanted));
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a source"
      description="All of them are read only: Vario changes nothing at the vendor."
      className="w-[min(46rem,calc(100vw-2rem))]"
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          // Its own name is meant before what is said about another.
          const meant = found.find(({ title }) => includes(title, wanted)) ?? found[0];
          if (meant !== undefined && wanted.trim() !== '') onChoose(meant);
        }}
      >
        <TextField
          ref={field}
          label="Find a vendor"
          labelHidden
          type="search"
          placeholder="Find a vendor"
          value={wanted}
          onChange={setWanted}
        />
        {found.length === 0 && (
          <p role="status" className="text-muted">
            Nothing is called “{wanted}”. Whatever can export a table can be brought in as a file.
          </p>
        )}
        {FAMILY_ORDER.map((family) => {
          const ofFamily = found.filter((descriptor) => descriptor.family === family);
          return (
            ofFamily.length > 0 && (
              <section key={family} aria-label={FAMILIES[family]} className="flex flex-col gap-2">
                <h3 className="text-xs font-semibold text-muted">{FAMILIES[family]}</h3>
                <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
                  {ofFamily.map((descriptor) => (
                    <VendorCard
                      key={descriptor.vendor}
                      descriptor={descriptor}
                      count={connected.filter(({ vendor, state }) => isOf(vendor, state, descriptor)).length}
                      onChoose={() => onChoose(descriptor)}
                    />
                  ))}
                </div>
              </section>
            )
          );
        })}
      </form>
    </Dialog>
  );
}

function isOf(vendor: string, state: Source['state'], descriptor: Descriptor): boolean {
  return vendor === descriptor.vendor && state !== 'disconnected';
}

function matches({ title, description, family }: Descriptor, wanted: string): boolean {
  return includes(`${title} ${FAMILIES[family]} ${description}`, wanted);
}

function includes(text: string, wanted: string): boolean {
  return text.toLowerCase().includes(wanted.trim().toLowerCase());
}

interface VendorCardProps {
  descriptor: Descriptor;
  count: number;
  onChoose: () => void;
}

function VendorCard({ descriptor, count, onChoose }: VendorCardProps): ReactNode {
  const format = useFormat();
  const { title, description } = descriptor;
  return (
    <button
      type="button"
      onClick={onChoose}
      className="flex flex-col gap-0.5 rounded-lg border border-line bg-surface px-3 py-2.5 text-left hover:border-line-strong hover:bg-hover"
    >
      <span className="flex items-center gap-2 font-medium text-ink">
        <span>
          <span className="sr-only">Connect </span>
          {title}
        </span>
        {count > 0 && <Badge tone="gain">{count === 1 ? 'Connected' : `${format.count(count)} connected`}</Badge>}
      </span>
      <span className="text-pretty text-xs text-muted">{description}</span>
    </button>
  );
}
