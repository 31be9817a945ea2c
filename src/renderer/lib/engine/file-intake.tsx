/**
 * Hands files over to the engine, piece by piece, wherever they were dropped or
 * chosen. What is being sent outlives the page that is shown; a new window has
 * to begin anew, because the browser gives files to one page only.
 */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { FILE_PIECE_BYTES } from '../../../shared/contract/files.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { useEngine, type Engine } from './engine-context.tsx';
import { failureOf, type Failure } from './failure.ts';

/** A file on its way to the engine. */
export interface Sending {
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
  /** Why it stopped; null while it goes on. */
  readonly failure: Failure | null;
}

export interface FileIntake {
  /** By the upload's number. */
  readonly sending: ReadonlyMap<number, Sending>;
  /** Begins to send a file. @returns the upload's number. @throws what the engine answers. */
  take(file: File): Promise<number>;
  /** Stops sending and removes what was sent. */
  stop(uploadId: number): void;
}

const IntakeContext = createContext<FileIntake | null>(null);

export function FileIntakeProvider({ children }: { children: ReactNode }): ReactNode {
  const { client, api } = useEngine();
  const queries = useQueryClient();
  const [sending, setSending] = useState<ReadonlyMap<number, Sending>>(new Map());
  const stops = useRef(new Map<number, AbortController>());
  const put = useCallback((uploadId: number, to: Sending | null) => {
    setSending((known) => {
      const next = new Map(known);
      if (to === null) next.delete(uploadId);
      else next.set(uploadId, to);
      return next;
    });
  }, []);
  const take = useCallback(
    async (file: File): Promise<number> => {
      if (file.size === 0) throw new AppError('invalid_input', 'The file is empty: there is nothing to import');
      const { uploadId, pieceBytes } = await client.files.begin({ name: file.name, bytes: file.size });
      const stop = new AbortController();
      stops.current.set(uploadId, stop);
      const state = { name: file.name, bytes: file.size, failure: null };
      put(uploadId, { ...state, sent: 0 });
      send(client, uploadId, file, pieceBytes, stop.signal, (sent) => put(uploadId, { ...state, sent }))
        .then(
          () => put(uploadId, null),
          (error: unknown) => {
            if (stop.signal.aborted) put(uploadId, null);
            else put(uploadId, { ...state, sent: 0, failure: failureOf(error) });
          },
        )
        .finally(() => {
          stops.current.delete(uploadId);
          void queries.invalidateQueries({ queryKey: api.files.key() });
        });
      return uploadId;
    },
    [client, api, queries, put],
  );
  const stop = useCallback(
    (uploadId: number) => {
      stops.current.get(uploadId)?.abort();
      put(uploadId, null);
      client.files.discard({ uploadId }).then(
        () => queries.invalidateQueries({ queryKey: api.files.key() }),
        // It may be gone already: what is left is shown as it stands.
        () => queries.invalidateQueries({ queryKey: api.files.key() }),
      );
    },
    [client, api, queries, put],
  );
  const intake = useMemo(() => ({ sending, take, stop }), [sending, take, stop]);
  return <IntakeContext value={intake}>{children}</IntakeContext>;
}

export function useFileIntake(): FileIntake {
  const intake = use(IntakeContext);
  if (intake === null) throw new AppError('internal', 'There is no FileIntakeProvider above this component');
  return intake;
}

/** Sends all pieces in order, then has the file read through. */
async function send(
  client: Engine['client'],
  uploadId: number,
  file: File,
  pieceBytes: number,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<void> {
  const size = Math.min(pieceBytes, FILE_PIECE_BYTES);
  for (let offset = 0; offset < file.size;) {
    const base64 = await base64Of(file.slice(offset, offset + size));
    signal.throwIfAborted();
    const { received } = await client.files.append({ uploadId, offset, base64 }, { signal });
    offset = received;
    onSent(offset);
  }
  await client.files.read({ uploadId, settings: {} }, { signal });
}

/** The bytes as base64, by the browser's own reader. */
function base64Of(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () =>
      reject(new AppError('invalid_input', 'The file cannot be read: it was moved, removed or is locked')),
    );
    reader.readAsDataURL(piece);
  });
}
