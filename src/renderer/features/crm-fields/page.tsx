/** What further fields of the CRMs mean: how well they are filled in, what the founder says of them, and what was said before. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { CRM_FIELD_OBJECTS, type CrmFieldObject } from '../../../shared/contract/crm-fields.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { Page } from '../../ui/page.tsx';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { Changes } from './parts/changes.tsx';
import { Fields } from './parts/fields.tsx';
import { OBJECT_WORDS } from './words.ts';

type View = CrmFieldObject | 'changes';

export function CrmFieldsPage(): ReactNode {
  const view: View = useSearch({ from: '/frame/sources/fields' }).view ?? 'account';
  const navigate = useNavigate();
  const { api } = useEngine();
  const list = useQuery(api.crmFields.list.queryOptions());
  const tabs: readonly Tab<View>[] = [
    ...CRM_FIELD_OBJECTS.map((object) => ({
      value: object,
      label: OBJECT_WORDS[object],
      ...(list.data === undefined ? {} : { count: list.data.filter((field) => field.object === object).length }),
    })),
    { value: 'changes', label: 'Changes' },
  ];
  return (
    <Page
      title="Custom fields"
      subtitle="What the CRM’s own fields mean for figures. It holds at once, for what is stored already."
      className="max-w-7xl"
      actions={
        <Link
          to="/sources"
          className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink"
        >
          <ArrowLeft size={14} aria-hidden />
          Sources
        </Link>
      }
    >
      <Tabs
        label="Custom fields"
        tabs={tabs}
        value={view}
        onChange={(next) =>
          void navigate({
            to: '/sources/fields',
            search: (known) => ({ ...known, view: next === 'account' ? undefined : next }),
          })
        }
      >
        {view === 'changes' ? (
          <Changes />
        ) : (
          <Fields
            key={view}
            object={view}
            fields={(list.data ?? []).filter(({ object }) => object === view)}
            state={stateOf(list)}
          />
        )}
      </Tabs>
    </Page>
  );
}
