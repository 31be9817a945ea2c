/** A quiet «?» that opens the passage of the handbook about what it stands beside. */
import { CircleQuestionMark } from 'lucide-react';
import type { ReactNode } from 'react';
import { useHelp } from '../lib/address/index.ts';
import { IconButton } from './button.tsx';

export interface HelpButtonProps {
  /** What it explains, for its name: «Help: Cockpit». */
  about: string;
  /** `page` or `page#heading` of the handbook; default what speaks of the page that is open. */
  topic?: string;
}

export function HelpButton({ about, topic }: HelpButtonProps): ReactNode {
  const help = useHelp();
  return <IconButton icon={CircleQuestionMark} label={`Help: ${about}`} onClick={() => help.open(topic)} />;
}
