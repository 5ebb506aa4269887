// Whether an image block may show a file now: it is there, it is a picture, and Slack has finished with it.
import { roomId } from './ids.ts';
import type { Team } from './team.ts';

export function fileFits(team: Team, id: string): boolean {
  const file = team.files.get(roomId(id));
  return Boolean(file && !file.deleted && /^image\/(png|jpeg|gif)$/.test(file.mimetype) && team.now() >= file.readyAt);
}
