/** The measured size of an element, for pictures that are drawn to the pixel. */
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Whole pixels of the content box; `initial` until the element is mounted (and where nothing is laid out). Where `initial`
 * was measured already, the element is not measured again before it is laid out anyway: that would lay out the page twice.
 */
export function useSize<T extends HTMLElement>(initial: Size, measured = false): readonly [RefObject<T | null>, Size] {
  const ref = useRef<T>(null);
  const [size, setSize] = useState(initial);
  const [isMeasured] = useState(measured);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = (): void => {
      const next = { width: Math.floor(element.clientWidth), height: Math.floor(element.clientHeight) };
      if (next.width > 0)
        setSize((known) => (known.width === next.width && known.height === next.height ? known : next));
    };
    if (!isMeasured) measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [isMeasured]);
  return [ref, size];
}
