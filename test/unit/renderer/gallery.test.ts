/** The gallery shows every part and every chart: what has no place in it is not finished. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const at = (folder: string): URL => new URL(`../../../src/renderer/${folder}/`, import.meta.url);
const sources = (folder: string): { readonly file: string; readonly text: string }[] =>
  readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file, text: readFileSync(new URL(file, at(folder)), 'utf8') }));

const gallery = sources('gallery')
  .map(({ text }) => text)
  .join('\n');

/** Components by their exported name. */
function components(folder: string): { readonly name: string; readonly file: string }[] {
  return sources(folder)
    .filter(({ file }) => file.endsWith('.tsx'))
    .flatMap(({ file, text }) =>
      [...text.matchAll(/^export (?:function|const) ([A-Z][a-z]\w*)(?=[(<]| = )/gm)].map((match) => ({
        name: match[1] ?? '',
        file: `${folder}/${file}`,
      })),
    );
}

/** Components that are a piece of another one, which has its place: piece → whole. */
const PIECES: Readonly<Record<string, string>> = {
  AgePlot: 'AgeChart',
  AtCrosshair: 'LineChart',
  BarPlot: 'BarChart',
  BottomAxis: 'LineChart',
  BridgeColumns: 'LevelBridge',
  BridgeRows: 'BridgeChart',
  CrossDot: 'LineChart',
  CrossLine: 'LineChart',
  GridLines: 'LineChart',
  InTurn: 'ChartFrame',
  Level: 'LineChart',
  LinePlot: 'LineChart',
  MarkFlags: 'LineChart',
  MarkLines: 'LineChart',
  OverlayRootProvider: 'ModalSurface',
  PlotBox: 'LineChart',
  PlotSurface: 'LineChart',
  Rest: 'SectionGroup',
  Sentence: 'Sentences',
  StepHit: 'BridgeChart',
  TableHead: 'DataTable',
  TableRow: 'DataTable',
  ToastProvider: 'UiProvider',
  TooltipProvider: 'UiProvider',
  TotalsRow: 'DataTable',
  ValueAxis: 'LineChart',
  VariometerDial: 'Variometer',
  VariometerTape: 'Variometer',
};

const isShown = (name: string): boolean => new RegExp(`<${name}[\\s/>]`).test(gallery);

describe.each(['ui', 'charts'])('of src/renderer/%s', (folder) => {
  it.each(components(folder))('$name is shown in the gallery', ({ name }) => {
    expect(isShown(PIECES[name] ?? name), `${name} stands in no section of src/renderer/gallery`).toBe(true);
  });
});

it('names no piece that is gone', () => {
  const known = [...components('ui'), ...components('charts')].map(({ name }) => name);
  expect(Object.keys(PIECES).filter((piece) => !known.includes(piece))).toEqual([]);
});
