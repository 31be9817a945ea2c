/**
 * A chart as a file of its own: the drawing with its title, period and legend,
 * every style written into it, so that it looks the same outside the program.
 */
import type { LegendItem } from './legend.tsx';

const SVG = 'http://www.w3.org/2000/svg';
/** What a drawing takes from style sheets; all are presentation attributes of SVG. https://www.w3.org/TR/SVG2/styling.html */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'visibility',
] as const;

const MARGIN = 16;
const HEAD = 56;
const FOOT = 36;
/** Pixels of the file for one of the screen, so that it is sharp in a document. */
const SCALE = 2;

export interface PictureText {
  readonly title: string;
  readonly period: string;
  readonly legend: readonly LegendItem[];
}

/** The drawing inside an element, standing by itself; null where it holds none (a table, a list of bars). */
export function pictureOf(element: Element, { title, period, legend }: PictureText): SVGSVGElement | null {
  const drawing = largest(element);
  if (drawing === null) return null;
  const { width, height } = drawing.getBoundingClientRect();
  const styles = getComputedStyle(element);
  const picture = document.createElementNS(SVG, 'svg');
  const whole = { width: width + 2 * MARGIN, height: height + HEAD + (legend.length > 0 ? FOOT : MARGIN) };
  set(picture, { ...whole, viewBox: `0 0 ${whole.width} ${whole.height}`, 'font-family': styles.fontFamily });
  picture.append(rectangle(0, 0, whole.width, whole.height, styles.backgroundColor));
  picture.append(text(title, MARGIN, 24, styles.color, { 'font-size': 14, 'font-weight': 600 }));
  picture.append(text(period, MARGIN, 42, styles.color, { 'font-size': 11, opacity: 0.7 }));
  const copy = withStyles(drawing);
  set(copy, { x: MARGIN, y: HEAD, width, height });
  picture.append(copy);
  let left = MARGIN;
  for (const { label, color } of legend) {
    picture.append(rectangle(left, whole.height - 24, 10, 10, colorOf(element, color)));
    picture.append(text(label, left + 15, whole.height - 15, styles.color, { 'font-size': 11 }));
    left += 15 + label.length * 6.4 + 16;
  }
  return picture;
}

/** The text of an SVG file. */
export function svgText(picture: SVGSVGElement): string {
  return new XMLSerializer().serializeToString(picture);
}

/**
 * The same as a PNG, two pixels for each of the screen.
 * @throws Error where the browser cannot draw it.
 */
export async function pngOf(picture: SVGSVGElement): Promise<Blob> {
  const image = new Image();
  // A data address: the content policy lets pictures come from nowhere else.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(picture))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width.baseVal.value * SCALE);
  canvas.height = Math.round(picture.height.baseVal.value * SCALE);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be drawn'))), 'image/png'),
  );
}

/** Icons are drawings too: the chart is the one with the largest area. */
function largest(element: Element): SVGSVGElement | null {
  let found: SVGSVGElement | null = null;
  let most = 100 * 40;
  for (const svg of element.querySelectorAll('svg')) {
    const { width, height } = svg.getBoundingClientRect();
    if (width * height <= most) continue;
    most = width * height;
    found = svg;
  }
  return found;
}

function withStyles(drawing: SVGSVGElement): Element {
  const copy = drawing.cloneNode(true) as Element;
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  for (const [index, target] of [copy, ...copy.querySelectorAll('*')].entries()) {
    const original = originals[index];
    if (original === undefined) continue;
    const styles = getComputedStyle(original);
    for (const name of STYLES) target.setAttribute(name, styles.getPropertyValue(name));
    for (const name of ['class', 'style', 'tabindex', 'role', 'aria-label']) target.removeAttribute(name);
  }
  return copy;
}

/** What a rule such as `var(--series-1)` comes to in an element. */
function colorOf(element: Element, color: string): string {
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  probe.style.setProperty('color', color);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  return computed;
}

function text(
  content: string,
  x: number,
  y: number,
  fill: string,
  attributes: Record<string, string | number>,
): Element {
  const element = document.createElementNS(SVG, 'text');
  set(element, { x, y, fill, ...attributes });
  element.textContent = content;
  return element;
}

function rectangle(x: number, y: number, width: number, height: number, fill: string): Element {
  const element = document.createElementNS(SVG, 'rect');
  set(element, { x, y, width, height, fill });
  return element;
}

function set(element: Element, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
