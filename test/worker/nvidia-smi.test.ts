// What nvidia-smi prints on real machines, as people have shown it in public, and what we make of it.
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { torchTrainer } from '../../worker/choose-trainer.ts';
import { openDevice } from '../../worker/device.ts';
import { type Gpu, hasCudaGpu, listGpus, readGpus } from '../../worker/nvidia-smi.ts';
import { temporaryFolder } from '../support/models.ts';

/** enkore/i3pystatus#776: one card, older and newer driver; netdata/netdata#4892 and others show the UUID's form. */
const ONE = '0, GPU-101b1cf0-fdf7-b374-a62c-76b25134fcf2, GeForce GTX 960M, 2004\n';
/** Free memory of eight cards as one program's comment has it; the same columns with index and UUID before them. */
const EIGHT = [11279, 3057, 2591, 2889, 3787, 1473, 9431, 21409]
  .map((free, i) => `${i}, GPU-${i}e34e62f-d88e-f448-415e-be2cbf2c6178, NVIDIA GeForce RTX 3090, ${free}\n`)
  .join('');
/** influxdata/telegraf#5812: four GPUs, the first of them split. */
const SPLIT = `GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-513536b6-7d19-9063-b049-1e69664bb298)
  MIG 1g.20gb     Device  0: (UUID: MIG-ce861fb0-a248-58ce-a9a8-f9adbc22a66a)
  MIG 1g.20gb     Device  1: (UUID: MIG-a45882f0-9215-5733-a0c1-49286ab31cb5)
  MIG 1g.20gb     Device  2: (UUID: MIG-f00d722c-f4e1-52c9-aa31-750441ae1bfe)
  MIG 1g.20gb     Device  3: (UUID: MIG-930574a9-d43a-5d2b-95da-3e68384c8d6b)
GPU 1: NVIDIA A100-SXM4-80GB (UUID: GPU-d8594bd4-0fc3-8595-e355-7c98138f3b95)
GPU 2: NVIDIA A100-SXM4-80GB (UUID: GPU-5e375e7e-b41f-155b-dcdc-534524c356fc)
GPU 3: NVIDIA A100-SXM4-80GB (UUID: GPU-69ec2344-ebac-b028-f88f-452abb3d7f11)
`;
/** In a container with one slice the parent's memory is nobody's business (NVIDIA/nvidia-container-toolkit#842). */
const SPLIT_FREE = `0, GPU-513536b6-7d19-9063-b049-1e69664bb298, NVIDIA A100-SXM4-80GB, [Insufficient Permissions]
1, GPU-d8594bd4-0fc3-8595-e355-7c98138f3b95, NVIDIA A100-SXM4-80GB, 81043
2, GPU-5e375e7e-b41f-155b-dcdc-534524c356fc, NVIDIA A100-SXM4-80GB, 81043
3, GPU-69ec2344-ebac-b028-f88f-452abb3d7f11, NVIDIA A100-SXM4-80GB, 81043
`;

const read = (free: string, list = '') => readGpus({ list, free, shared: 118e9 });
const MIB = 2 ** 20;

describe('a row a GPU', () => {
  it('one, and several of different fill', () => {
    expect(read(ONE)).toEqual([
      { index: '0', uuid: 'GPU-101b1cf0-fdf7-b374-a62c-76b25134fcf2', name: 'GeForce GTX 960M', freeBytes: 2004 * MIB },
    ]);
    const eight = read(EIGHT);
    expect(eight.map(({ index }) => index)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
    expect(eight.map(({ freeBytes }) => freeBytes / MIB)).toEqual([11279, 3057, 2591, 2889, 3787, 1473, 9431, 21409]);
    expect(read(EIGHT.replaceAll('\n', '\r\n'))).toEqual(eight);
  });

  it.each(['[N/A]', '[Not Supported]', 'N/A'])('with %s for its memory it shares the machine’s (XuehaiPan/nvitop#208, a GB10)', said => {
    const gb10 = `0, GPU-2dee1e25-b3b5-007e-2b55-79f2d0f2ebe5, NVIDIA GB10, ${said}\n`;
    expect(read(gb10)).toMatchObject([{ index: '0', name: 'NVIDIA GB10', freeBytes: 118e9 }]);
  });

  it.each(['[Unknown Error]', '[GPU is lost]', '[GPU requires reset]', '[Insufficient Permissions]'])('with %s it is left out', said => {
    expect(read(EIGHT.replace('11279', said)).map(({ index }) => index)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  });

  it.each([
    'No devices were found\n',
    'Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 550.144\n',
    'Unable to determine the device handle for GPU 0000:0B:00.0: Unknown Error\n',
    "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.\n",
    'Field "memory.free" is not a valid field to query.\n',
    '',
  ])('a sentence instead of rows: none (%j)', said => {
    expect(read(said)).toEqual([]);
  });
});

describe('a GPU that MIG has split', () => {
  it('is its slices, each with the memory of its profile', () => {
    const gpus = read(SPLIT_FREE, SPLIT);
    expect(gpus.map(({ index }) => index)).toEqual(['0:0', '0:1', '0:2', '0:3', '1', '2', '3']);
    expect(gpus[1]).toEqual({
      index: '0:1',
      uuid: 'MIG-a45882f0-9215-5733-a0c1-49286ab31cb5',
      name: 'NVIDIA A100-SXM4-80GB MIG 1g.20gb',
      freeBytes: 20e9,
    });
    // The same where the driver tells how much the whole GPU has.
    expect(read(SPLIT_FREE.replace('[Insufficient Permissions]', '81155'), SPLIT)).toEqual(gpus);
  });

  it.each([
    ['MIG-a45882f0', 'gpu:0:1', 20e9],
    ['0', 'gpu:0:0', 20e9],
    [undefined, 'gpu:0:0', 20e9],
    ['2', 'gpu:2', 81043 * MIB],
    ['MIG-f00d722c-f4e1-52c9-aa31-750441ae1bfe,MIG-930574a9-d43a-5d2b-95da-3e68384c8d6b', 'gpu:0:2', 20e9],
  ])('CUDA_VISIBLE_DEVICES=%s: %s', async (visible, label, free) => {
    const gpus = async (): Promise<Gpu[]> => read(SPLIT_FREE, SPLIT);
    const device = await openDevice(torchTrainer('python3'), { threads: 2, processes: 2, visible, gpus });
    expect(device.labels).toEqual(['torch', 'cuda', label]);
    expect(await device.freeBytes()).toBe(free);
  });
});

describe('the program itself', () => {
  afterEach(() => void vi.unstubAllEnvs());

  /** `script` is nvidia-smi from now on. */
  function installed(script: string | undefined): void {
    const folder = temporaryFolder();
    if (script !== undefined) {
      writeFileSync(join(folder, 'nvidia-smi'), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, 'nvidia-smi'), 0o755);
    }
    vi.stubEnv('PATH', script === undefined ? folder : `${folder}${delimiter}${process.env.PATH}`);
  }

  it('is asked for both', async () => {
    installed(`case "$*" in
-L) cat <<'EOF'
${SPLIT}EOF
;;
'--query-gpu=index,uuid,name,memory.free --format=csv,noheader,nounits') cat <<'EOF'
${SPLIT_FREE}EOF
;;
*) exit 2;;
esac`);
    expect(await hasCudaGpu()).toBe(true);
    expect(await listGpus()).toEqual(read(SPLIT_FREE, SPLIT));
  });

  it.each([
    ['is not there', undefined],
    // mozilla/translations#1167: told on stdout, exit code 18; without a driver it is 9.
    ['is older than the driver', 'echo "Failed to initialize NVML: Driver/library version mismatch"; exit 18'],
    ['finds no driver', 'echo "NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver."; exit 9'],
    ['finds no GPU', 'echo "No devices were found"'],
  ])('%s: no GPU', async (_, script) => {
    installed(script);
    expect([await hasCudaGpu(), await listGpus()]).toEqual([false, []]);
  });
});
