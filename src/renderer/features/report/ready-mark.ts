/** When a page that is printed is drawn. */
import { useEffect } from 'react';

/** Marks the body for who prints the page: ready after fonts are there and two frames have passed, so that every chart has been painted. */
export function useReadyMark(drawn: boolean, failed: boolean): void {
  useEffect(() => {
    if (failed) document.body.dataset['ready'] = 'failed';
    if (!drawn) return;
    let current = true;
    const mark = (): void => {
      if (current) document.body.dataset['ready'] = 'true';
    };
    void document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(mark)));
    return () => {
      current = false;
      delete document.body.dataset['ready'];
    };
  }, [drawn, failed]);
}
