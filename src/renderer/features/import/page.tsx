/** Tables from files: hand one over, say what its columns are, try it, import it, and take it back. */
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Page } from '../../ui/page.tsx';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { FileView } from './parts/file-view.tsx';
import { History } from './parts/history.tsx';
import { Mappings } from './parts/mappings.tsx';
import { RunView } from './parts/run-view.tsx';
import { Start } from './parts/start.tsx';

type View = 'file' | 'history' | 'mappings';

const TABS: readonly Tab<View>[] = [
  { value: 'file', label: 'A file' },
  { value: 'history', label: 'Imports' },
  { value: 'mappings', label: 'Mappings' },
];

export function ImportPage(): ReactNode {
  const { upload, job, view = 'file' } = useSearch({ from: '/frame/import' });
  const navigate = useNavigate();
  const isOpen = upload !== undefined || job !== undefined;
  return (
    <Page
      title="Import"
      subtitle="CSV, TSV and Excel files, read on this machine. The same file twice changes nothing."
      className="max-w-7xl"
      actions={
        <Link
          to={isOpen ? '/import' : '/sources'}
          className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink"
        >
          <ArrowLeft size={14} aria-hidden />
          {isOpen ? 'All files' : 'Sources'}
        </Link>
      }
    >
      {upload !== undefined ? (
        <FileView key={upload} uploadId={upload} />
      ) : job !== undefined ? (
        <RunView key={job} jobId={job} />
      ) : (
        <Tabs
          label="Import"
          tabs={TABS}
          value={view}
          onChange={(next) => void navigate({ to: '/import', search: next === 'file' ? {} : { view: next } })}
        >
          <div className="flex flex-col gap-4">{CONTENT[view]}</div>
        </Tabs>
      )}
    </Page>
  );
}

const CONTENT: Readonly<Record<View, ReactNode>> = {
  file: <Start />,
  history: <History />,
  mappings: <Mappings />,
};
