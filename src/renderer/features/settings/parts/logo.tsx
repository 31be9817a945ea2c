/** The company's picture on printed reports. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { LogoSchema } from '../../../../shared/contract/workspace.ts';
import { failureOf, useEngine } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { SettingRow } from './setting-row.tsx';

const TITLE = 'Logo for reports';

export function Logo(): ReactNode {
  const { api } = useEngine();
  const queries = useQueryClient();
  const toast = useToast();
  const chooser = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const logo = useQuery(api.workspace.logo.queryOptions());
  const keep = useMutation({
    ...api.workspace.setLogo.mutationOptions(),
    meta: { showsFailure: true },
    onSuccess: (kept) => queries.setQueryData(api.workspace.logo.queryKey(), kept),
    onError: (error) => setWrong(failureOf(error).message),
  });
  const before = logo.data?.picture ?? null;
  const save = (picture: string | null): void => {
    const parsed = LogoSchema.safeParse({ picture });
    if (!parsed.success) {
      setWrong(`${TITLE}: ${parsed.error.issues[0]?.message ?? 'this is no picture'}.`);
      return;
    }
    setWrong(null);
    keep.mutate(parsed.data, {
      onSuccess: () => toast({ text: `${TITLE}: saved.`, undo: () => keep.mutate({ picture: before }) }),
    });
  };
  const read = (file: File): void => {
    const reader = new FileReader();
    reader.addEventListener('load', () => save(typeof reader.result === 'string' ? reader.result : ''));
    reader.addEventListener('error', () => setWrong(`${file.name} could not be read.`));
    reader.readAsDataURL(file);
  };
  return (
    <SettingRow id="logo" title={TITLE}>
      <div className="flex flex-wrap items-center gap-3">
        {before !== null && (
          <img src={before} alt="The logo as it is" className="h-8 max-w-40 rounded-sm bg-white object-contain p-0.5" />
        )}
        <input
          ref={chooser}
          type="file"
          accept="image/png,image/jpeg,image/webp,image/svg+xml"
          aria-label={TITLE}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file !== undefined) read(file);
            event.target.value = '';
          }}
        />
        <Button busy={keep.isPending} onClick={() => chooser.current?.click()}>
          {before === null ? 'Choose a picture…' : 'Replace…'}
        </Button>
        {before !== null && <Button onClick={() => save(null)}>Remove</Button>}
      </div>
      <p className="mt-1 text-xs text-subtle">
        PNG, JPEG, WebP or SVG, up to 300 kB. It stands on the board pack’s first page.
      </p>
      {wrong !== null && (
        <p role="alert" className="text-xs text-loss">
          {wrong}
        </p>
      )}
    </SettingRow>
  );
}
