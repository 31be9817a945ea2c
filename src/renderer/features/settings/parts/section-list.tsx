/** The sections beside the page, and a search over every setting by its name. */
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { SETTINGS_SECTIONS, type SettingsSectionId } from '../../../../shared/contract/settings-sections.ts';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { findSettings } from '../find-settings.ts';

export function SectionList({ current }: { current: SettingsSectionId }): ReactNode {
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const found = findSettings(search);
  const open = (place: { section: SettingsSectionId; id: string }): void => {
    setSearch('');
    void navigate({ to: '/settings/$section', params: { section: place.section }, hash: place.id });
  };
  return (
    <div className="flex w-48 shrink-0 flex-col gap-3 max-[900px]:w-full max-[900px]:flex-row max-[900px]:flex-wrap">
      <form
        role="search"
        className="max-[900px]:min-w-0 max-[900px]:flex-1"
        onSubmit={(event) => {
          event.preventDefault();
          const [first] = found;
          if (first !== undefined) open(first);
        }}
      >
        <TextField
          label="Search settings"
          labelHidden
          type="search"
          placeholder="Search settings"
          value={search}
          onChange={setSearch}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setSearch('');
          }}
        />
      </form>
      {search.trim() === '' ? (
        <>
          <nav aria-label="Sections of the settings" className="max-[900px]:hidden">
            <ul className="flex flex-col gap-0.5">
              {SETTINGS_SECTIONS.map(({ id, title }) => (
                <li key={id}>
                  <Link
                    to="/settings/$section"
                    params={{ section: id }}
                    aria-current={id === current ? 'page' : undefined}
                    className="flex h-8 items-center rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-fill aria-[current=page]:font-medium aria-[current=page]:text-ink"
                  >
                    {title}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <Select
            label="Section"
            labelHidden
            className="min-[901px]:hidden"
            options={SETTINGS_SECTIONS.map(({ id, title }) => ({ value: id, label: title }))}
            value={current}
            onChange={(section) => void navigate({ to: '/settings/$section', params: { section } })}
          />
        </>
      ) : (
        <ul aria-label="Settings found" className="flex flex-col gap-0.5 max-[900px]:basis-full">
          {found.map((place) => (
            <li key={`${place.section} ${place.id}`}>
              <button
                type="button"
                onClick={() => open(place)}
                className="flex w-full flex-col rounded-md px-2 py-1 text-left text-sm text-ink hover:bg-hover"
              >
                {place.title}
                <span className="text-xs text-subtle">{place.sectionTitle}</span>
              </button>
            </li>
          ))}
          {found.length === 0 && (
            <li className="px-2 text-sm text-subtle" role="status">
              No setting is called that. Try another word.
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
