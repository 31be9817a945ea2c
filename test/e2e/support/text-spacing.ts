/** What of a page's text is cut off when a reader sets it wider: https://www.w3.org/TR/WCAG22/#text-spacing */
import type { Page } from '@playwright/test';

/**
 * Texts that are whole as Vario sets them, and not with the spacing that WCAG grants readers. An ellipsis cuts off
 * knowingly: whoever has one shows the whole text elsewhere. Labels of a chart are parts of a
 * drawing, whose table says the same.
 */
export async function cutOffBySpacing(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const cutOff = (): Set<Element> => {
      const found = new Set<Element>();
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const own = node.parentElement;
        if (own === null || node.textContent?.trim() === '' || !own.checkVisibility()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const text = range.getBoundingClientRect();
        for (let box: Element | null = own; box !== null && box !== document.body; box = box.parentElement) {
          const style = getComputedStyle(box);
          if (style.position === 'fixed' || /auto|scroll/.test(style.overflow)) break;
          if (box instanceof SVGElement) break;
          if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') break;
          if (!/hidden|clip/.test(style.overflow)) continue;
          const { left, right, top, bottom, width } = box.getBoundingClientRect();
          // Names for screen readers alone are one pixel wide.
          if (width <= 1) break;
          const beyond = Math.max(left - text.left, text.right - right, top - text.top, text.bottom - bottom);
          if (beyond > 2) found.add(own);
        }
      }
      return found;
    };
    const before = cutOff();
    // A sheet that the content policy allows: one that a script makes.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
       p { margin-bottom: 2em !important; }`,
    );
    const sheets = document.adoptedStyleSheets;
    document.adoptedStyleSheets = [...sheets, sheet];
    const after = [...cutOff()].filter((element) => !before.has(element));
    document.adoptedStyleSheets = sheets;
    return after.map((element) => element.outerHTML.slice(0, 200));
  });
}
