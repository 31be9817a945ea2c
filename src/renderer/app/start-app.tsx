/** Draws the app into the page, over the wire to the engine that this host has. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AppError } from '../../shared/kernel/errors.ts';
import { App } from './app.tsx';
import { startEngine } from './start-engine.ts';

export function startApp(): void {
  const root = document.getElementById('root');
  if (root === null) throw new AppError('internal', 'index.html has no #root to draw the app into');
  createRoot(root).render(
    <StrictMode>
      <App engine={startEngine()} />
    </StrictMode>,
  );
}
