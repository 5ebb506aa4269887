// The room's ids and times as Slack writes them, and back: p1f… is U1F…, a message is the moment it was said.

const LETTERS: Record<string, string> = { p: 'U', c: 'C', d: 'D', f: 'F', r: 'T' };

/** `p1f…` → `U1F…` (people), C (channels), D (direct), F (files), T (the team). */
export const slackId = (roomId: string): string => (LETTERS[roomId[0]] ?? roomId[0].toUpperCase()) + roomId.slice(1).toUpperCase();

/** W… is how the people of an Enterprise Grid are called; anything that is no id of ours comes back as something that nobody has. */
export function roomId(id: string): string {
  const letter = Object.entries({ ...LETTERS, w: 'W' }).find(([, slack]) => slack === id[0])?.[0];
  return `${letter === 'w' ? 'p' : letter}${id.slice(1).toLowerCase()}`;
}

/** Gives every moment once: `1700000000.000100`, later ones greater. */
export function timestamps(): (ms: number) => string {
  const taken = new Set<number>();
  return ms => {
    let micros = Math.round(ms * 1000);
    while (taken.has(micros)) micros++;
    taken.add(micros);
    return (micros / 1e6).toFixed(6);
  };
}

export const isTimestamp = (text: string): boolean => /^\d{10}\.\d{6}$/.test(text);
