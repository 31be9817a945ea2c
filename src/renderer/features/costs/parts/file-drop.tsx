/** Files of costs dropped anywhere on the room, or chosen by a button, as text. */
import type { ReactNode } from 'react';
import { DropSurface, FileButton } from '../../../ui/file-drop.tsx';
import { useToast } from '../../../ui/toast.tsx';
import type { ChosenFile } from './import-dialog.tsx';

const TEXT_FILES = '.csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain';

export function CostFileButton({ onChosen }: { onChosen: (chosen: ChosenFile) => void }): ReactNode {
  const read = useReader(onChosen);
  return <FileButton text="Import CSV…" label="File of costs" accept={TEXT_FILES} onFile={read} />;
}

export function DropZone(props: { onChosen: (chosen: ChosenFile) => void; children: ReactNode }): ReactNode {
  const read = useReader(props.onChosen);
  return (
    <DropSurface hint="Drop a file of costs to see what it would change" className="flex flex-col gap-4" onFile={read}>
      {props.children}
    </DropSurface>
  );
}

function useReader(onChosen: (chosen: ChosenFile) => void): (file: File) => void {
  const toast = useToast();
  return (file) => {
    file.text().then(
      (text) => onChosen({ file: file.name, text }),
      () => toast({ tone: 'loss', text: `${file.name} cannot be read` }),
    );
  };
}
