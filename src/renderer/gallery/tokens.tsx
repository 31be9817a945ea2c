/** Every token of colour, and the sizes of type. */
import type { ReactNode } from 'react';
import { Exhibit, Room } from './frame.tsx';

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  Grounds: ['canvas', 'surface', 'raised', 'sunken', 'fill', 'hover', 'thumb'],
  Lines: ['line', 'line-strong', 'control-line', 'grid', 'axis'],
  Text: ['ink', 'muted', 'subtle', 'on-ink'],
  Interaction: ['accent', 'accent-strong', 'accent-soft', 'on-accent', 'focus'],
  Judgements: ['gain', 'gain-soft', 'loss', 'loss-soft', 'warn', 'warn-mark', 'warn-soft'],
  Series: ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6', 'series-neutral'],
  Movements: ['gain-1', 'gain-2', 'gain-3', 'gain-4', 'loss-1', 'loss-2', 'loss-3'],
  Heat: ['heat-0', 'heat-1', 'heat-2', 'heat-3', 'heat-4', 'heat-5', 'heat-6'],
};

const SIZES = ['text-2xs', 'text-xs', 'text-sm', 'text-base', 'text-lg', 'text-xl', 'text-2xl', 'text-3xl'];

export function TokenRoom(): ReactNode {
  return (
    <Room title="Tokens">
      {Object.entries(GROUPS).map(([name, tokens]) => (
        <Exhibit key={name} name={name}>
          <ul className="grid grid-cols-4 gap-2 md:grid-cols-7">
            {tokens.map((token) => (
              <li key={token} className="text-2xs text-muted">
                <div className="h-9 rounded-md border border-line" style={{ background: `var(--${token})` }} />
                {token}
              </li>
            ))}
          </ul>
        </Exhibit>
      ))}
      <Exhibit name="Type, with tabular figures">
        {SIZES.map((size) => (
          <p key={size} className={`${size} truncate`}>
            $1,234.50 · −12.3% · {size}
          </p>
        ))}
      </Exhibit>
    </Room>
  );
}
