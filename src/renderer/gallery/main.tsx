/**
 * The gallery: every part and every chart in every state, in light, dark and high contrast. Development only.
 * `?section=lines` shows one section alone, `?theme=dark` and `?contrast=more` force a side; `?still=yes` is for
 * pictures: only fonts that come along.
 */
import '../lib/content-policy.ts';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { assert } from '../../shared/kernel/errors.ts';
import './gallery.css';
import { ROOMS, SCENES } from './sections.ts';
import { World } from './world.tsx';

const asked = new URLSearchParams(location.search);
for (const name of ['theme', 'contrast', 'still']) {
  const value = asked.get(name);
  if (value !== null) document.documentElement.dataset[name] = value;
}

function Gallery({ section }: { section: string | null }): ReactNode {
  const One = section === null ? undefined : (ROOMS[section] ?? SCENES[section]);
  if (One !== undefined)
    return (
      <main className="mx-auto max-w-[1440px] p-6">
        <One />
      </main>
    );
  return (
    <main className="mx-auto flex max-w-[1440px] flex-col gap-10 p-6">
      <nav aria-label="Sections" className="flex flex-wrap gap-3 text-sm text-accent">
        {[...Object.keys(ROOMS), ...Object.keys(SCENES)].map((name) => (
          <a key={name} href={addressOf(name)}>
            {name}
          </a>
        ))}
      </nav>
      {Object.entries(ROOMS).map(([name, Room]) => (
        <Room key={name} />
      ))}
    </main>
  );
}

/** The same side, one section. */
function addressOf(section: string): string {
  const next = new URLSearchParams(asked);
  next.set('section', section);
  return `?${next}`;
}

const root = document.getElementById('root');
assert(root !== null, 'the page has no #root');
createRoot(root).render(
  <StrictMode>
    <World>
      <Gallery section={asked.get('section')} />
    </World>
  </StrictMode>,
);
// For pictures.
void document.fonts.ready.then(() => (document.body.dataset['ready'] = 'true'));
