// What a card cannot hold itself: the picture of a curve, and files.
import type { Card, Curve } from '../chat.ts';
import type { Api } from './api.ts';
import type { TextFile } from './face/card.ts';

/** A PNG of the curve. */
export type Draw = (curve: Curve) => Promise<Uint8Array>;

export type Upload = {
  /** The image key of the card's curve; undefined where there is none, or nobody to draw it. */
  curve(card: Card): Promise<string | undefined>;
  /** The file key. */
  file(file: TextFile): Promise<string>;
};

export function openUpload({ client, send }: Api, draw?: Draw): Upload {
  /** Not the SDK's own calls: of a refusal they leave nothing but `null`. */
  const sent = <T>(url: string, data: Record<string, unknown>) =>
    send<T>(() => client.request({ method: 'POST', url, data, headers: { 'Content-Type': 'multipart/form-data' } }));

  return {
    async curve({ parts }) {
      const part = parts.find(each => 'curve' in each);
      if (!part || !draw || !('curve' in part)) return undefined;
      const image = await draw(part.curve);
      const { image_key } = await sent<{ image_key: string }>('/open-apis/im/v1/images', { image_type: 'message', image });
      return image_key;
    },
    async file({ name, text }) {
      const data = { file_type: 'stream', file_name: name, file: Buffer.from(text, 'utf8') };
      return (await sent<{ file_key: string }>('/open-apis/im/v1/files', data)).file_key;
    },
  };
}
