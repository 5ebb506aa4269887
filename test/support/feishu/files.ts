// The calls that bring pictures and files in and out.
import type { Cloud } from './cloud.ts';
import type { Route } from './gateway.ts';
import { newFeishuId } from './ids.ts';
import { LIMITS, refuse } from './limits.ts';

const RESOURCE = ['im:resource', 'im:resource:upload'];
const READ = ['im:message', 'im:message:readonly'];
const FILE_TYPES = ['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'];
/** The first bytes of JPEG, PNG, WEBP/RIFF, GIF and BMP. */
const IMAGE_STARTS = ['ffd8ff', '89504e47', '52494646', '47494638', '424d'];

export function fileRoutes(cloud: Cloud): Route[] {
  const { uploads, wires, state } = cloud;

  function keep(bytes: Uint8Array | undefined, name: string, most: number, image: boolean): string {
    if (!bytes) return refuse('badFile', 'no file');
    if (bytes.length === 0) refuse('fileEmpty');
    if (bytes.length > most) refuse('fileTooBig');
    if (image && !IMAGE_STARTS.some(start => Buffer.from(bytes).toString('hex', 0, 4).startsWith(start))) refuse('notAnImage');
    const key = newFeishuId(image ? 'image' : 'file');
    uploads.set(key, { bytes, name, image, byApp: true });
    return key;
  }

  return [
    {
      call: 'POST /open-apis/im/v1/images',
      scopes: RESOURCE,
      body: ['image_type!', 'image!'],
      run({ body, files }) {
        if (!['message', 'avatar'].includes(body.image_type)) refuse('badFile', 'invalid image_type');
        return { image_key: keep(files.image?.bytes, 'image', LIMITS.imageBytes, true) };
      },
    },
    {
      call: 'POST /open-apis/im/v1/files',
      scopes: RESOURCE,
      body: ['file_type!', 'file_name!', 'file!', 'duration'],
      run({ body, files }) {
        if (!FILE_TYPES.includes(body.file_type)) refuse('badFile', 'invalid file_type');
        return { file_key: keep(files.file?.bytes, body.file_name, LIMITS.fileBytes, false) };
      },
    },
    {
      call: 'GET /open-apis/im/v1/messages/:message_id/resources/:file_key',
      scopes: READ,
      query: ['type!'],
      run({ params, query }) {
        if (!['image', 'file'].includes(query.type)) refuse('badFile', 'invalid type');
        const message = state.messages.get(params.message_id);
        const wire = wires.get(params.message_id);
        if (!message || !wire || message.deleted) return refuse('badFile', 'invalid message_id');
        if (!cloud.botIsIn(message.channel)) refuse('botOutside');
        if (state.channels.get(message.channel)?.kind === 'restricted') refuse('restrictedFile');
        const upload = uploads.get(params.file_key);
        if (!upload || !wire.content.includes(params.file_key)) return refuse('fileNotInMessage');
        return { bytes: upload.bytes, name: upload.name };
      },
    },
    {
      // Only what the app itself has uploaded.
      call: 'GET /open-apis/im/v1/images/:image_key',
      scopes: RESOURCE,
      run({ params }) {
        const upload = uploads.get(params.image_key);
        if (!upload?.byApp || !upload.image) return refuse('badFile', 'invalid image_key');
        return { bytes: upload.bytes, name: upload.name };
      },
    },
  ];
}
