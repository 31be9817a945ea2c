/** The renderer's entry: what has to be settled before any other module is loaded, then the app. */
import './lib/content-policy.ts';
import './theme.css';
import './appearance.css';
import { applyTheme, rememberedTheme } from './lib/theme.ts';

// Before the first paint.
applyTheme(rememberedTheme());
// It reads by a schema, and none may be made before the content policy's settings hold.
const { applyRememberedAppearance } = await import('./lib/appearance.ts');
applyRememberedAppearance();
const { startApp } = await import('./app/start-app.tsx');
startApp();
