// The engine keeps the generator contract, in its own thread as the worker has it.
import { openEngine } from '../../worker/engine/engine.ts';
import { BASE, generatorContract } from '../contracts/generator.ts';

generatorContract('the engine', async () => {
  const generator = await openEngine({ folder: BASE, precision: 'f32', threads: 1 });
  return { generator, close: () => generator.close() };
});
