/** The renderer's entry: what has to be settled before any other module is loaded, then the app. */
import './lib/content-policy.ts';
import './theme.css';
import './appearance.css';
import { applyRememberedAppearance } from './lib/appearance.ts';
import { applyTheme, rememberedTheme } from './lib/theme.ts';

// Before the first paint.
applyTheme(rememberedTheme());
applyRememberedAppearance();
const { startApp } = await import('./app/start-app.tsx');
startApp();
