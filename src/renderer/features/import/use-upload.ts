/** One file that was handed over: what the engine knows of it, and what can be done to it. */
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { FileMapping, FilePreview, FileUpload, ReadSettings } from '../../../shared/contract/files.ts';
import type { DataState } from '../../lib/data-state.ts';
import { failureOf, stateOf, useEngine, useFileIntake } from '../../lib/engine/index.ts';
import { useToast } from '../../ui/toast.tsx';

/** Begins to hand a file over and opens its page. */
export function useTake(): (file: File) => void {
  const intake = useFileIntake();
  const navigate = useNavigate();
  const toast = useToast();
  return (file) => {
    intake.take(file).then(
      (upload) => navigate({ to: '/import', search: { upload } }),
      (error: unknown) => toast({ tone: 'loss', text: `${file.name}: ${failureOf(error).message}` }),
    );
  };
}

export interface Upload {
  readonly upload: FileUpload | undefined;
  readonly state: DataState;
  /** What was chosen by hand so far, over what was found. */
  readonly settings: ReadSettings;
  readonly busy: boolean;
  /** Reads the file again. */
  readAgain(change: ReadSettings): void;
  discard(): void;
}

export function useUpload(uploadId: number): Upload {
  const { api } = useEngine();
  const navigate = useNavigate();
  const intake = useFileIntake();
  const [settings, setSettings] = useState<ReadSettings>({});
  const upload = useQuery({ ...api.files.upload.queryOptions({ input: { uploadId } }), retry: false });
  const read = useMutation(api.files.read.mutationOptions());
  return {
    upload: upload.data,
    state: stateOf(upload),
    settings,
    busy: read.isPending,
    readAgain(change) {
      const next = { ...settings, ...change };
      setSettings(next);
      read.mutate({ uploadId, settings: next });
    },
    discard() {
      intake.stop(uploadId);
      void navigate({ to: '/import' });
    },
  };
}

export interface Draft {
  readonly preview: FilePreview | undefined;
  readonly state: DataState;
  /** The rows are still those of the mapping before the last change. */
  readonly behind: boolean;
  change(to: (mapping: FileMapping) => FileMapping): void;
}

/** The mapping as it is being made: what the engine suggests or has kept, until a person changes it. */
export function useDraft(uploadId: number, kind: string): Draft {
  const { api } = useEngine();
  const [given, setGiven] = useState<FileMapping | null>(null);
  const preview = useQuery({
    ...api.files.preview.queryOptions({ input: { uploadId, kind, ...(given === null ? {} : { mapping: given }) } }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const shown = given ?? preview.data?.mapping;
  return {
    preview: preview.data && shown ? { ...preview.data, mapping: shown } : undefined,
    state: stateOf(preview),
    behind: preview.isPlaceholderData,
    change(to) {
      if (shown !== undefined) setGiven(to(shown));
    },
  };
}
