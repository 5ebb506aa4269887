// zh: the sentences of every part, put together.
import { answers } from './zh/answers.ts';
import { audit } from './zh/audit.ts';
import { backup } from './zh/backup.ts';
import { bot } from './zh/bot.ts';
import { champion } from './zh/champion.ts';
import { chat } from './zh/chat.ts';
import { consent } from './zh/consent.ts';
import { data } from './zh/data.ts';
import { doctor } from './zh/doctor.ts';
import { engine } from './zh/engine.ts';
import { exam } from './zh/exam.ts';
import { feishu } from './zh/feishu.ts';
import { first } from './zh/first.ts';
import { form } from './zh/form.ts';
import { gate } from './zh/gate.ts';
import { harvest } from './zh/harvest.ts';
import { home } from './zh/home.ts';
import { leaks } from './zh/leaks.ts';
import { learning } from './zh/learning.ts';
import { model } from './zh/model.ts';
import { preflight } from './zh/preflight.ts';
import { question } from './zh/question.ts';
import { run } from './zh/run.ts';
import { secrets } from './zh/secrets.ts';
import { slack } from './zh/slack.ts';
import { slackFace } from './zh/slack-face.ts';
import { torch } from './zh/torch.ts';
import { trainer } from './zh/trainer.ts';
import { verdict } from './zh/verdict.ts';
import { weekly } from './zh/weekly.ts';
import { worker } from './zh/worker.ts';

export const words = {
  ...answers,
  ...audit,
  ...backup,
  ...bot,
  ...champion,
  ...chat,
  ...consent,
  ...data,
  ...doctor,
  ...engine,
  ...exam,
  ...first,
  ...form,
  ...feishu,
  ...gate,
  ...harvest,
  ...home,
  ...leaks,
  ...learning,
  ...model,
  ...preflight,
  ...question,
  ...run,
  ...secrets,
  ...slackFace,
  ...torch,
  ...slack,
  ...trainer,
  ...verdict,
  ...weekly,
  ...worker,
};
