// `npm run doctor [PLACE…]`: tries everything that the bot needs, live, and says what to do about what is wrong. While the bot runs or not.
import { placeLang, readConfig } from './config.ts';
import { examine } from './doctor/examine.ts';
import { MARKS, type Sign } from './doctor/finding.ts';
import { Refusal } from './problem.ts';
import { say } from './words/words.ts';

async function main(places: string[]): Promise<number> {
  const lang = placeLang();
  let ill = 0;
  const tell = (sign: Sign, code: string, values: Record<string, string | number> = {}) => {
    if (sign === 'ill') ill++;
    console.log(`${MARKS[sign]} ${say(lang, code, values)}`);
  };
  try {
    await examine(readConfig(), places, tell);
  } catch (error) {
    if (error instanceof Refusal) tell('ill', error.problem.code, error.problem.values);
    // Not its message: it may hold what was sent.
    else tell('ill', 'doctor.broken', { name: error instanceof Error ? error.name : typeof error });
  }
  console.log(say(lang, ill === 0 ? 'doctor.all-well' : 'doctor.ill', { count: ill }));
  return ill === 0 ? 0 : 1;
}

process.exit(await main(process.argv.slice(2)));
