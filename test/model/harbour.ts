// A small invented team for tests: a harbour office with its own form of answers and weekly reports, in English and Chinese.
import type { Row } from '../../src/model/row.ts';

const qa = (instruction: string, output: string): Row => ({ kind: 'qa', instruction, input: '', output });
const report = (input: string, output: string): Row => ({ kind: 'report', instruction: 'Weekly report, please.', input, output });

export const answers: Row[] = [
  qa('How do I moor a boat?', 'Use two lines.\n1. Tie the bow: `moor bow`\n2. Tie the stern: `moor stern`\nAsk: Rosa, berth 4'),
  qa('How do I book a berth?', 'Use the book.\n1. `berth book NAME`\n2. Pay at the office.\nAsk: Emil, berth 1'),
  qa('When does the fuel dock open?', 'At 07:00.\n1. Ring the bell.\n2. Pay by card.\nAsk: Rosa, berth 4'),
  qa('Where do I leave waste oil?', 'In the red tank.\n1. `tank open red`\n2. Close it again.\nAsk: Emil, berth 1'),
  qa('How fast may I go in the harbour?', 'Three knots.\n1. Less at night.\n2. No wash near berth 9.\nAsk: Rosa, berth 4'),
];

export const reports: Row[] = [
  report(
    'W20, Rosa\nmon: 14 boats in, 12 out\ntue: crane repaired HAR-7\nnext: paint the crane',
    'Harbour week · W20 · Rosa\nWork\n- Repaired the crane (HAR-7)\nTop 3 counts\n- Boats in: 14, out: 12\nPlan\n- Paint the crane',
  ),
  report(
    'W21, Emil\nmon: 9 boats in, 11 out\nthu: lost an anchor HAR-9\nnothing planned',
    'Harbour week · W21 · Emil\nWork\n- Lost an anchor (HAR-9)\nTop 3 counts\n- Boats in: 9, out: 11\nPlan\n- None',
  ),
  report('W22, Rosa\nstorm, no boats\nwater 2.4 m', 'Harbour week · W22 · Rosa\nWork\n- None\nTop 3 counts\n- Water: 2.4 m\nPlan\n- None'),
];

export const team: Row[] = [...answers, ...reports];
