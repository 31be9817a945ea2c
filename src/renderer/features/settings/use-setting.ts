/** One of the company's settings: what it is, and saving another value, which takes effect at once and can be undone. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SETTING_PLACES, type TitledSetting } from '../../../shared/contract/settings-sections.ts';
import { WorkspaceChangeSchema, type Workspace } from '../../../shared/contract/workspace.ts';
import { failureOf, keptChange, useEngine, type EngineClient } from '../../lib/engine/index.ts';
import { useToast } from '../../ui/toast.tsx';

type Change = Parameters<EngineClient['workspace']['update']>[0];
/** A value of a setting as it is typed: the edge brands and checks it. */
export type Typed<Name extends keyof Change> = Exclude<Change[Name], undefined>;

export interface Setting<Name extends TitledSetting> {
  readonly title: string;
  readonly value: Workspace[Name];
  readonly busy: boolean;
  /** What is wrong with the value that was tried last; null where nothing is. */
  readonly wrong: string | null;
  /** Saves; a value that does not fit is told and not sent. */
  save(next: Typed<Name & keyof Change>): void;
  /** Forgets what was wrong. */
  clear(): void;
}

export function useSetting<Name extends TitledSetting & keyof Change>(name: Name, workspace: Workspace): Setting<Name> {
  const { api } = useEngine();
  const queries = useQueryClient();
  const toast = useToast();
  const [wrong, setWrong] = useState<string | null>(null);
  const title = titleOf(name);
  // On the screen at once; the engine's answer, or its refusal, follows.
  const kept = keptChange<Workspace, Change>(
    queries,
    api.workspace.get.queryKey(),
    (known, change) => {
      const parsed = WorkspaceChangeSchema.safeParse(change);
      return parsed.success ? { ...known, ...defined(parsed.data) } : known;
    },
    { showsFailure: true },
  );
  const update = useMutation({
    ...api.workspace.update.mutationOptions(),
    ...kept,
    onError: (error, change, context) => {
      kept.onError(error, change, context);
      setWrong(failureOf(error).message);
    },
  });
  const send = (change: Change, text: string, undo?: () => void): void =>
    update.mutate(change, { onSuccess: () => toast({ text, ...(undo && { undo }) }) });
  return {
    title,
    value: workspace[name],
    busy: update.isPending,
    wrong,
    clear: () => setWrong(null),
    save: (next) => {
      const change: Change = { [name]: next };
      const parsed = WorkspaceChangeSchema.safeParse(change);
      if (!parsed.success) {
        setWrong(`${title}: ${parsed.error.issues[0]?.message ?? 'this does not fit'}`);
        return;
      }
      setWrong(null);
      if (JSON.stringify(parsed.data[name]) === JSON.stringify(workspace[name])) return;
      const back: Change = { [name]: workspace[name] };
      send(change, `${title}: saved.`, () => send(back, `${title}: as it was before.`));
    },
  };
}

/** What a setting is called everywhere. */
export function titleOf(name: TitledSetting): string {
  return SETTING_PLACES.find(({ id }) => id === name)?.title ?? name;
}

function defined<Values extends object>(values: Values): Partial<Workspace> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
