/** The time of day for relative texts («3 minutes ago»). Figures never depend on it: their day comes from the engine. */
import { useEffect, useState } from 'react';
import { instant, MINUTE_MS, type Instant } from '../../shared/kernel/instant.ts';

export function readClock(): Instant {
  return instant(Math.round(performance.timeOrigin + performance.now()));
}

/** Now, renewed every `everyMs` (default half a minute). */
export function useNow(everyMs: number = MINUTE_MS / 2): Instant {
  const [now, setNow] = useState(readClock);
  useEffect(() => {
    const timer = setInterval(() => setNow(readClock()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
