/**
 * Keeps the screen awake while the page is on it, where the browser offers that. The system may take it back (a low
 * battery, another window): it is asked for again whenever the page comes back.
 * https://developer.mozilla.org/docs/Web/API/Screen_Wake_Lock_API
 */
import { useEffect } from 'react';

export function useWakeLock(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let isOver = false;
    const ask = (): void => {
      if (document.visibilityState !== 'visible' || (lock !== null && !lock.released)) return;
      navigator.wakeLock.request('screen').then(
        (given) => {
          lock = given;
          if (isOver) void given.release();
        },
        // Refused by the system: the screen sleeps when it usually does, and everything else goes on.
        () => undefined,
      );
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
}
