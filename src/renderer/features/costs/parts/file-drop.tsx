/** Files dropped anywhere on the room, or chosen by a button, as text. */
import { FileUp } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useToast } from '../../../ui/toast.tsx';
import type { ChosenFile } from './import-dialog.tsx';

export function FileButton({ onChosen }: { onChosen: (chosen: ChosenFile) => void }): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const read = useReader(onChosen);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        aria-label="File of costs"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          read(event.target.files?.[0]);
          // The same file may be chosen again after it was mended.
          event.target.value = '';
        }}
      />
      <Button icon={FileUp} onClick={() => input.current?.click()}>
        Import CSV…
      </Button>
    </>
  );
}

export function DropZone({
  onChosen,
  children,
}: {
  onChosen: (chosen: ChosenFile) => void;
  children: ReactNode;
}): ReactNode {
  const [over, setOver] = useState(false);
  const read = useReader(onChosen);
  return (
    <div
      className="relative flex flex-col gap-4"
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.currentTarget === event.target) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        read(event.dataTransfer.files[0]);
      }}
    >
      {children}
      {over && (
        <div className="pointer-events-none absolute inset-0 z-20 grid place-items-center rounded-lg border-2 border-dashed border-accent bg-surface/85 text-base font-medium text-ink">
          Drop a file of costs to see what it would change
        </div>
      )}
    </div>
  );
}

function useReader(onChosen: (chosen: ChosenFile) => void): (file: File | undefined) => void {
  const toast = useToast();
  return (file) => {
    if (file === undefined) return;
    file.text().then(
      (text) => onChosen({ file: file.name, text }),
      () => toast({ tone: 'loss', text: `${file.name} cannot be read` }),
    );
  };
}
