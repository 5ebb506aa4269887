// en: the sentences of every part, put together.
import { answers } from './en/answers.ts';
import { audit } from './en/audit.ts';
import { backup } from './en/backup.ts';
import { bot } from './en/bot.ts';
import { champion } from './en/champion.ts';
import { chat } from './en/chat.ts';
import { consent } from './en/consent.ts';
import { data } from './en/data.ts';
import { doctor } from './en/doctor.ts';
import { engine } from './en/engine.ts';
import { exam } from './en/exam.ts';
import { feishu } from './en/feishu.ts';
import { first } from './en/first.ts';
import { form } from './en/form.ts';
import { gate } from './en/gate.ts';
import { harvest } from './en/harvest.ts';
import { home } from './en/home.ts';
import { leaks } from './en/leaks.ts';
import { learning } from './en/learning.ts';
import { model } from './en/model.ts';
import { preflight } from './en/preflight.ts';
import { question } from './en/question.ts';
import { run } from './en/run.ts';
import { secrets } from './en/secrets.ts';
import { slack } from './en/slack.ts';
import { slackFace } from './en/slack-face.ts';
import { torch } from './en/torch.ts';
import { trainer } from './en/trainer.ts';
import { verdict } from './en/verdict.ts';
import { weekly } from './en/weekly.ts';
import { worker } from './en/worker.ts';

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
