/** A digest as Markdown: for a chat, a mail, a notebook. Amounts and days are written as in its sentences. */
import type { DigestFigure, DigestLine, DigestReport, DigestSection } from '../../../shared/contract/digest.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { timeZone, type PlainDay } from '../../../shared/kernel/day.ts';
import {
  clockText,
  countText,
  datedWeekdayText,
  dayText,
  lengthText,
  momentText,
  moneyText,
  percentText,
  signedMoney,
  spanText,
} from '../wording/index.ts';

const GROUPS: readonly (readonly [DigestSection['group'], string])[] = [
  ['growth', 'Gains'],
  ['losses', 'Losses'],
  ['money', 'Money'],
  ['attention', 'Attention'],
  ['ahead', 'The next seven days'],
];

/** The whole digest. Sections of which nothing happened stand in one line; what is not known says why. */
export function markdownOf(report: DigestReport): string {
  const parts = [
    `# ${report.companyName}: ${titleOf(report)}`,
    report.summary.map((sentence) => `- ${escaped(sentence)}`).join('\n'),
    figureTable(report),
    ...(report.kind === 'weekly' ? targetParts(report) : []),
    ...GROUPS.map(([group, title]) => groupPart(report, group, title)),
    sourcePart(report),
    report.caveats.length === 0
      ? null
      : `## To be known\n\n${report.caveats.map((caveat) => `- ${escaped(caveat)}`).join('\n')}`,
    `*Computed ${momentText(report.computedAt, timeZone(report.timeZone))} in ${report.timeZone}, ${report.currency}, policy “${report.policy}”. The definitions are in Vario.*`,
  ];
  return `${parts.filter((part) => part !== null && part !== '').join('\n\n')}\n`;
}

function titleOf({ kind, from, to, isOver }: DigestReport): string {
  if (kind === 'weekly') return `week of ${spanText(from, to)}${isOver ? '' : ' (so far)'}`;
  const begins = datedWeekdayText(from);
  if (from === to) return begins;
  return `since ${begins}, ${clockText(0)}${isOver ? `, to ${datedWeekdayText(to)}` : ''}`;
}

function figureTable({ figures, currency, kind }: DigestReport): string {
  const rows = figures.map((figure) => {
    const value =
      figure.value === null ? `— (${figure.reason ?? 'not known'})` : valueText(figure, figure.value, currency);
    const before = figure.before === null ? '—' : valueText(figure, figure.before, currency);
    return `| ${figure.label} | ${cell(value)} | ${cell(before)} |`;
  });
  return [`| Figure | Now | ${kind === 'daily' ? 'Before' : 'A week before'} |`, '|---|---:|---:|', ...rows].join('\n');
}

function valueText({ unit }: DigestFigure, value: number, currency: CurrencyCode): string {
  switch (unit) {
    case 'money':
      return moneyText(value, currency);
    case 'ratio':
      return percentText(value);
    case 'hours':
      return lengthText(value, 'hour');
    case 'count':
      return countText(value);
  }
}

function targetParts({ trajectories }: Extract<DigestReport, { kind: 'weekly' }>): string[] {
  if (trajectories.length === 0) return ['## Against the target\n\nNo target is set.'];
  return [
    `## Against the target\n\n${trajectories.flatMap(({ sentences }) => sentences.map((sentence) => `- ${escaped(sentence)}`)).join('\n')}`,
  ];
}

function groupPart(report: DigestReport, group: DigestSection['group'], title: string): string | null {
  const own = report.sections.filter((section) => section.group === group);
  if (own.length === 0) return null;
  const filled = own.filter(({ count }) => count !== null && count > 0);
  const empty = own.filter(({ count }) => count === 0);
  const unknown = own.filter(({ count }) => count === null);
  const parts = [
    `## ${title}`,
    ...filled.map((section) => sectionPart(report, section)),
    empty.length === 0 ? null : `None: ${empty.map((section) => section.title.toLowerCase()).join(', ')}.`,
    ...unknown.map((section) => `${section.title}: — (${section.reason ?? 'not known'}).`),
  ];
  return parts.filter((part) => part !== null).join('\n\n');
}

function sectionPart({ currency, to }: DigestReport, section: DigestSection): string {
  const amount =
    section.amount === null
      ? ''
      : `, ${section.amountIs === 'mrr' ? `${signedMoney(section.amount, currency)} MRR` : moneyText(section.amount, currency)}`;
  const head = `### ${section.title}: ${countText(section.count ?? 0)}${amount}`;
  const lines = section.lines.map((line) => lineText(line, to));
  if (section.more > 0) lines.push(`- … and ${countText(section.more)} more`);
  return [head, section.note === null ? null : `*${escaped(section.note)}*`, lines.join('\n')]
    .filter((part) => part !== null && part !== '')
    .join('\n\n');
}

function lineText(line: DigestLine, to: PlainDay): string {
  const amount = line.amount === null || line.currency === null ? null : moneyText(line.amount, line.currency);
  const rest = [line.on === null ? null : dayText(line.on, to), line.what, amount, line.note]
    .filter((part) => part !== null)
    .map(escaped);
  return `- **${escaped(line.who)}**${rest.length === 0 ? '' : `: ${rest.join('; ')}`}`;
}

function sourcePart(report: DigestReport): string {
  const lines = report.sources.map(
    ({ name, state, syncedAt, problem }) =>
      `- ${escaped(name)}: ${syncedAt === null ? 'not synced' : `synced ${momentText(syncedAt, timeZone(report.timeZone))}`}${state === 'ready' ? '' : `, ${state}`}${problem === null ? '' : ` (${escaped(problem)})`}`,
  );
  return `## Sources\n\n${lines.length === 0 ? 'None is connected.' : lines.join('\n')}`;
}

/** What would begin or end a mark of Markdown, or an element of HTML, in names that others chose. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#|]/g, (mark) => `\\${mark}`).replaceAll(/\s+/g, ' ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
