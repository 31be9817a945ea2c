/** The few controls of a wall screen; they show while the pointer moves or one of them has the focus. */
import { ChevronLeft, ChevronRight, LogOut, Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { View } from '../../../../shared/contract/views.ts';
import { classNames } from '../../../lib/class-names.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import type { Rotation } from './use-rotation.ts';

const SHOWN_MS = 3_000;

export interface KioskControlsProps {
  rotation: Rotation;
  count: number;
  view: View | undefined;
  /** How much larger everything is drawn. */
  zoom: number;
}

export function KioskControls({ rotation, count, view, zoom }: KioskControlsProps): ReactNode {
  const isMoving = usePointerMoves();
  const { index, isPaused } = rotation;
  return (
    <>
      <p role="status" className="sr-only">
        {view === undefined || !isPaused ? '' : `${view.name}, screen ${index + 1} of ${count}`}
      </p>
      <div
        role="toolbar"
        aria-label="Wall screen"
        style={{ zoom: Math.max(1, zoom * 0.6) }}
        className={classNames(
          'absolute bottom-6 left-1/2 flex -translate-x-1/2 items-center gap-1 rounded-lg bg-raised p-1.5 shadow-floating focus-within:opacity-100',
          isMoving ? 'opacity-100' : 'opacity-0',
        )}
      >
        <IconButton icon={ChevronLeft} size="lg" label="Screen before" onClick={() => rotation.step(-1)} />
        <IconButton
          icon={isPaused ? Play : Pause}
          size="lg"
          label={isPaused ? 'Go on' : 'Pause'}
          onClick={() => rotation.pause(!isPaused)}
        />
        <IconButton icon={ChevronRight} size="lg" label="Screen after" onClick={() => rotation.step(1)} />
        <Button size="lg" kind="ghost" icon={LogOut} onClick={() => rotation.leave()}>
          Leave
        </Button>
      </div>
    </>
  );
}

/** True for a while after every move; the pointer itself is hidden when it rests. */
function usePointerMoves(): boolean {
  const [isMoving, setIsMoving] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const rest = (): void => {
      setIsMoving(false);
      document.documentElement.style.cursor = 'none';
    };
    const move = (): void => {
      setIsMoving(true);
      document.documentElement.style.cursor = '';
      clearTimeout(timer.current);
      timer.current = setTimeout(rest, SHOWN_MS);
    };
    window.addEventListener('pointermove', move);
    return () => {
      window.removeEventListener('pointermove', move);
      clearTimeout(timer.current);
      document.documentElement.style.cursor = '';
    };
  }, []);
  return isMoving;
}
