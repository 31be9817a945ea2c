/** The saved views of the cockpit, as the palette lists them. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { LayoutDashboard } from 'lucide-react';
import { filtersOf } from '../../features/cockpit/views/use-views.ts';
import { useEngine } from '../../lib/engine/index.ts';
import type { PaletteAction } from '../../ui/command-palette.tsx';

export function useViewResults(open: boolean): PaletteAction[] {
  const { api } = useEngine();
  const navigate = useNavigate();
  const views = useQuery({ ...api.views.list.queryOptions(), enabled: open });
  return (views.data ?? []).map(({ viewId, name, filters }) => ({
    id: `view-${viewId}`,
    label: name,
    group: 'Views of the cockpit',
    icon: LayoutDashboard,
    keywords: ['view', 'cockpit', 'tiles', 'layout'],
    run: () => void navigate({ to: '/', search: { ...filtersOf({ filters }), view: viewId } }),
  }));
}
