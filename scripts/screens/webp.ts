/** Pictures of the screen as WebP, a quarter of a PNG's size and as legible. Chromium itself encodes them. */
import type { Page } from '@playwright/test';

/** Of 1; hairlines and small text show no blocks from here on. */
const QUALITY = 0.85;

/** @param encoder a page of its own, without a content policy that refuses `data:`. */
export async function toWebp(encoder: Page, png: Buffer): Promise<Buffer> {
  const base64 = await encoder.evaluate(
    async ([source, quality]) => {
      const bytes = await (await fetch(`data:image/png;base64,${source}`)).blob();
      const picture = await createImageBitmap(bytes);
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      canvas.getContext('2d')?.drawImage(picture, 0, 0);
      const webp = await canvas.convertToBlob({ type: 'image/webp', quality });
      return await new Promise<string>((resolve, reject) => {
        const reader = new FileReader();
        reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
        reader.addEventListener('error', () => reject(reader.error ?? new Error('The picture could not be read back')));
        reader.readAsDataURL(webp);
      });
    },
    [png.toString('base64'), QUALITY] as const,
  );
  return Buffer.from(base64, 'base64');
}
