// Places that come in: a channel that the reader makes, a sample team. Where the reader goes once the stream of views has brought them.
import * as calls from './calls.ts';
import { askForChannel } from './dialogs.ts';
import type { SeenRoom } from './seen-room.ts';

const PATIENCE_MS = 3_000;
const LOOK_MS = 30;

/** `attempt` does something as the person spoken as, and says what is wrong with it. */
export function openNewPlaces(
  room: () => SeenRoom,
  { me, go, attempt }: { me(): Promise<string>; go(channel: string): void; attempt(act: (as: string) => Promise<unknown>): Promise<void> },
) {
  return {
    addChannel(): void {
      askForChannel(async (name, purpose) => {
        const { id } = await calls.addChannel({ as: await me(), name, purpose });
        await until(() => room().channels.has(id));
        go(id);
      });
    },
    /** Brings a sample team in and shows its first channel. */
    async loadTeam(lang: string): Promise<void> {
      const before = new Set(room().channels.keys());
      await attempt(as => calls.loadSampleTeam({ as, lang }));
      if (!(await until(() => room().stories.includes(`sample-team:${lang}`)))) return;
      const added = [...room().channels.values()].find(({ id, direct }) => !before.has(id) && !direct);
      if (added) go(added.id);
    },
  };
}

/** False when it takes too long. */
async function until(holds: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < PATIENCE_MS && !holds(); waited += LOOK_MS) await new Promise(resolve => setTimeout(resolve, LOOK_MS));
  return holds();
}
