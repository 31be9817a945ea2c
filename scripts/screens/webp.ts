/** Pictures of the screen as WebP without loss: half the size of a PNG. Chromium itself encodes them. */
import type { Page } from '@playwright/test';

/** @param encoder a page of its own, without a content policy that refuses `data:`. */
export async function toWebp(encoder: Page, png: Buffer): Promise<Buffer> {
  const base64 = await encoder.evaluate(async (source) => {
    const bytes = await (await fetch(`data:image/png;base64,${source}`)).blob();
    const picture = await createImageBitmap(bytes);
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
    // At the highest quality the encoder loses nothing.
    const webp = await canvas.convertToBlob({ type: 'image/webp', quality: 1 });
    return await new Promise<string>((resolve, reject) => {
      const reader = new FileReader();
      reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
      reader.addEventListener('error', () => reject(reader.error ?? new Error('The picture could not be read back')));
      reader.readAsDataURL(webp);
    });
  }, png.toString('base64'));
  return Buffer.from(base64, 'base64');
}
