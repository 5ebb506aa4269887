// An invented harbour office's examples, different enough from each other that some can be held out: as Alpaca rows.

type Alpaca = { instruction: string; input?: string; output: string };

const questions: [question: string, use: string, steps: string[], ask: string][] = [
  ['How do I moor my boat?', 'two lines', ['Tie the bow: `moor bow`', 'Then the stern.'], 'Rosa, berth 4'],
  ['Where can I book a berth?', 'the office book', ['`berth book NAME`', 'Pay in cash.'], 'Emil, berth 1'],
  ['When does the fuel dock open?', 'the bell at 07:00', ['Ring it once.', 'Pay by card.'], 'Rosa, berth 4'],
  ['What shall I do with waste oil?', 'the red tank', ['`tank open red`', 'Close it again.'], 'Emil, berth 1'],
  ['Is there a speed limit?', 'three knots', ['Less at night.', 'No wash near the swimmers.'], 'Rosa, berth 4'],
  ['Who repairs the crane?', 'the yellow form', ['Write down the noise.', '`crane report`'], 'Emil, berth 1'],
  ['Can I get drinking water here?', 'the blue hose', ['Let it run for a minute.', 'Roll it up.'], 'Rosa, berth 4'],
  ['My engine does not start.', 'the tow boat', ['`tow call`', 'Put out the anchor.'], 'Emil, berth 1'],
  ['How high is the bridge?', 'the tide table', ['Take off the mast height.', 'Wait for low water.'], 'Rosa, berth 4'],
  ['Where do guests sleep?', 'the guest list', ['`guest add NAME`', 'Give them a key.'], 'Emil, berth 1'],
  ['A storm is coming, what now?', 'double lines', ['Take down the sails.', 'Go ashore.'], 'Rosa, berth 4'],
  ['How do I leave for winter?', 'the winter hall', ['`hall reserve`', 'Empty the tanks.'], 'Emil, berth 1'],
];

const weeks: [week: number, name: string, notes: string, done: string, boats: number][] = [
  [20, 'Rosa', 'crane squeaks no more HAR-7', 'Oiled the crane (HAR-7)', 14],
  [21, 'Emil', 'divers came for the lost anchor', 'Found the anchor', 9],
  [22, 'Rosa', 'heavy storm, ferry cancelled', 'Secured every line', 2],
  [23, 'Emil', 'painted both doors of the winter hall', 'Painted the hall', 17],
  [24, 'Rosa', 'new blue hose arrived HAR-12', 'Fitted the hose (HAR-12)', 21],
  [25, 'Emil', 'regatta with forty guests', 'Ran the regatta', 40],
  [26, 'Rosa', 'tax papers sent to the city', 'Sent the papers', 11],
  [27, 'Emil', 'seal under pier three again', 'Counted the seals', 6],
];

export const harbourTeam: Alpaca[] = [
  ...questions.map(([instruction, use, steps, ask]) => ({
    instruction,
    output: [`Use ${use}.`, ...steps.map((step, i) => `${i + 1}. ${step}`), `Ask: ${ask}`].join('\n'),
  })),
  ...weeks.map(([week, name, notes, done, boats]) => ({
    instruction: 'Weekly report, please.',
    input: `W${week}, ${name}\n${notes}\nboats in: ${boats}`,
    output: `Weekly report · W${week} · ${name}\nDone\n- ${done}\nNumbers\n- Boats in: ${boats}`,
  })),
];
