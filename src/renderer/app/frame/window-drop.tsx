/** Takes files that are let go anywhere on the window, or chosen by an action, and leads to where they are imported. */
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState, type ReactNode, type RefObject } from 'react';
import { failureOf, useFileIntake } from '../../lib/engine/index.ts';
import { DropHint, TABLE_FILES } from '../../ui/file-drop.tsx';
import { useToast } from '../../ui/toast.tsx';

/** Without this a browser would leave the program and show the file. */
export function WindowDrop({ chooser }: { chooser: RefObject<HTMLInputElement | null> }): ReactNode {
  const [over, setOver] = useState(false);
  const take = useTakeFile();
  const onDrop = useEffectEvent((event: DragEvent) => {
    setOver(false);
    // A surface of the page has taken it.
    if (event.defaultPrevented) return;
    event.preventDefault();
    const [file, more] = event.dataTransfer?.files ?? [];
    if (file !== undefined) take(file, more !== undefined);
  });
  const onOver = useEffectEvent((event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    setOver(!event.defaultPrevented && document.querySelector('dialog:modal') === null);
    event.preventDefault();
  });
  useEffect(() => {
    const drop = (event: DragEvent): void => onDrop(event);
    const hover = (event: DragEvent): void => onOver(event);
    // Leaving the window names nothing that is entered instead.
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    window.addEventListener('drop', drop);
    window.addEventListener('dragover', hover);
    window.addEventListener('dragleave', leave);
    return () => {
      window.removeEventListener('drop', drop);
      window.removeEventListener('dragover', hover);
      window.removeEventListener('dragleave', leave);
    };
  }, []);
  return (
    <>
      <input
        ref={chooser}
        type="file"
        accept={TABLE_FILES}
        aria-label="File to import from anywhere"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) take(file, false);
          event.target.value = '';
        }}
      />
      {over && <DropHint text="Drop the file to import it" className="fixed inset-2 z-40 rounded-lg" />}
    </>
  );
}

/** Begins to hand a file over and shows it. */
function useTakeFile(): (file: File, more: boolean) => void {
  const intake = useFileIntake();
  const navigate = useNavigate();
  const toast = useToast();
  return (file, more) => {
    if (more) toast({ text: `One file at a time: ${file.name} was taken` });
    intake.take(file).then(
      (upload) => navigate({ to: '/import', search: { upload } }),
      (error: unknown) => toast({ tone: 'loss', text: `${file.name}: ${failureOf(error).message}` }),
    );
  };
}
