/** How a figure is computed: definition, formula, rule, what it needs, and where the definition comes from. */
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MetricDefinition } from '../../../shared/contract/metrics.ts';
import { ExternalLink } from '../../lib/address/index.ts';
import { toCsv } from '../../lib/delimited.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { saveText } from '../../ui/export-buttons.tsx';
import { HelpLink } from '../../ui/help-link.tsx';
import { StateGate } from '../../ui/states.tsx';

const KINDS: Record<MetricDefinition['kind'], string> = {
  stock: 'State on a day',
  flow: 'Sum over a period',
  ratio: 'Ratio',
};

const BETTER: Record<MetricDefinition['better'], string> = {
  up: 'More is better',
  down: 'Less is better',
  neither: 'Neither up nor down is good in itself',
};

export function HowDialog({ metric, onClose }: { metric: string | null; onClose: () => void }): ReactNode {
  const { api } = useEngine();
  const definitions = useQuery({ ...api.metrics.definitions.queryOptions(), enabled: metric !== null });
  const definition = definitions.data?.find((candidate) => candidate.id === metric);
  return (
    <Dialog
      open={metric !== null}
      onClose={onClose}
      title={definition === undefined ? 'How it is computed' : `How ${definition.title} is computed`}
      className="w-[min(34rem,calc(100vw-2rem))]"
    >
      <StateGate state={stateOf(definitions)}>
        {definition === undefined ? (
          <p className="text-muted">There is no definition under the name “{metric}”.</p>
        ) : (
          <Definition definition={definition} />
        )}
      </StateGate>
    </Dialog>
  );
}

function Definition({ definition }: { definition: MetricDefinition }): ReactNode {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-base text-pretty text-ink">{definition.definition}</p>
      <Part title="Formula">
        <code className="block rounded-md bg-sunken px-3 py-2 font-mono text-sm text-pretty text-ink">
          {definition.formula}
        </code>
      </Part>
      <Part title="Rule">
        <p className="text-pretty text-ink">{definition.rule}</p>
      </Part>
      {definition.needs.length > 0 && (
        <Part title="Needs">
          <ul className="list-disc pl-5 text-ink">
            {definition.needs.map((need) => (
              <li key={need}>{need}</li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="Source">
        <ExternalLink href={definition.source.url}>{definition.source.title}</ExternalLink>
      </Part>
      <p>
        <HelpLink topic={`metric:${definition.id}`} />
      </p>
      <div className="flex flex-wrap gap-2">
        <Badge>{KINDS[definition.kind]}</Badge>
        <Badge>{BETTER[definition.better]}</Badge>
        <Button
          size="sm"
          kind="ghost"
          icon={Download}
          className="ml-auto"
          onClick={() => saveText(`${definition.id}-definition.csv`, definitionCsv(definition), 'text/csv')}
        >
          Definition as CSV
        </Button>
      </div>
    </div>
  );
}

/** One line for each thing that the dialog says: what goes with the rows of a figure to whoever checks it. */
export function definitionCsv(definition: MetricDefinition): string {
  const { id, title, definition: text, formula, rule, needs, source, unit, kind } = definition;
  return toCsv(
    ['field', 'value'],
    [
      ['metric', id],
      ['title', title],
      ['definition', text],
      ['formula', formula],
      ['rule', rule],
      ['needs', needs.join('; ')],
      ['unit', unit],
      ['kind', KINDS[kind]],
      ['source', source.title],
      ['source address', source.url],
    ],
  );
}

function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="flex flex-col gap-1">
      <h3 className="text-xs font-medium text-subtle">{title}</h3>
      {children}
    </section>
  );
}
