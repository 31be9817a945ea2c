/** The gallery: every component in every state, for eyes and for screenshots. `?theme=dark` forces a theme. */
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { timeZone } from '../../shared/kernel/day.ts';
import { assert } from '../../shared/kernel/errors.ts';
import { FormatProvider } from '../lib/format-context.tsx';
import './gallery.css';
import { UiProvider } from '../ui/ui-provider.tsx';
import { ChartRoom } from './charts.tsx';
import { ControlRoom } from './controls.tsx';
import { FigureRoom } from './figures.tsx';
import { InstrumentRoom } from './instruments.tsx';

const theme = new URLSearchParams(location.search).get('theme');
if (theme !== null) document.documentElement.dataset['theme'] = theme;

function Gallery(): ReactNode {
  return (
    <FormatProvider locale="en-US" zone={timeZone('Europe/Berlin')}>
      <UiProvider>
        <main className="mx-auto flex max-w-[1440px] flex-col gap-10 p-6">
          <InstrumentRoom />
          <ChartRoom />
          <FigureRoom />
          <ControlRoom />
        </main>
      </UiProvider>
    </FormatProvider>
  );
}

const root = document.getElementById('root');
assert(root !== null, 'the page has no #root');
createRoot(root).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);
