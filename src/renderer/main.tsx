/** The renderer's entry: theme before the first paint, then the wire to the engine, then the app. */
import './lib/content-policy.ts';
import './theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AppError } from '../shared/kernel/errors.ts';
import { App } from './app/app.tsx';
import { startEngine } from './app/start-engine.ts';
import { applyTheme, rememberedTheme } from './lib/theme.ts';

applyTheme(rememberedTheme());
const root = document.getElementById('root');
if (root === null) throw new AppError('internal', 'index.html has no #root to draw the app into');
createRoot(root).render(
  <StrictMode>
    <App engine={startEngine()} />
  </StrictMode>,
);
