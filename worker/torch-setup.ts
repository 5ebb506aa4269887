// `npm run worker:setup`: makes the torch trainer's environment in DATA_DIR/torch, and says what it did and how big it is. `-- cuda` or `-- cpu` say
// for what; left out, it is what this machine has (none is seen while an image is built).
import { placeLang, readConfig } from '../src/config.ts';
import { Refusal } from '../src/problem.ts';
import { type Lang, say } from '../src/words/words.ts';
import { torchFolder } from './choose-trainer.ts';
import { problemOf } from './failure.ts';
import { hasCudaGpu } from './nvidia-smi.ts';
import { makeTorchEnvironment, type TorchEnvironment, torchEnvironment } from './torch-environment.ts';

const GB = 1e9;
const leave = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => leave.abort());

let lang: Lang = placeLang();
const tell = (code: string, values: Record<string, string>) => void process.stdout.write(`${say(lang, code, values)}\n`);
const told = ({ folder, version, device, bytes }: TorchEnvironment) => ({ folder, version, device, size: (bytes / GB).toFixed(1) });

try {
  const config = readConfig();
  lang = config.lang;
  const [asked] = process.argv.slice(2);
  if (asked !== undefined && asked !== 'cuda' && asked !== 'cpu') throw new Refusal('torch.setup.device', { got: asked });
  const gpu = asked === undefined ? await hasCudaGpu() : asked === 'cuda';
  const [folder, begun] = [torchFolder(config.dataDir), Date.now()];
  const there = await torchEnvironment(folder, gpu);
  if (there) tell('torch.setup.ready', told(there));
  else {
    const made = await makeTorchEnvironment(folder, gpu, tell, leave.signal);
    tell('torch.setup.done', { ...told(made), seconds: String(Math.round((Date.now() - begun) / 1000)) });
  }
} catch (error) {
  const { code, values } = problemOf(error);
  process.stderr.write(`${leave.signal.aborted ? '' : say(lang, code, values)}\n`);
  process.exitCode = 1;
}
