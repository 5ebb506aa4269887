// What bot and worker need to know of a question besides its columns: the shape of its jsonb `detail`.
import type { Problem } from '../problem.ts';
import type { ConsentRule } from './consent.ts';
import type { Json } from './schema/columns.ts';

export type QuestionDetail = {
  /** A report: what is asked, and the notes. */
  instruction?: string;
  input?: string;
  /** Week and name, for headings that the notes do not fill. */
  head?: { numbers: string[]; name: string };
  /** The messages that the notes are, by the platform's ids; without them they stand in the question itself. */
  notes?: { channel: string; id: string }[];
  /** So many lines at the end of the notes did not fit into the model. */
  leftOut?: number;
  /** The form (model/form.ts) that the drafts were written in, without what single reports wrote into it. */
  form?: Json;
  /** The version that the question's own one is compared with; without it that is the base. */
  against?: number;
  /** The question that asks the same and is open for votes: this one has its speakers and sides, and closes with it. */
  twin?: number;
  /** The question's version, or the base, answers by itself. */
  alone?: true;
  /** Somebody asked for that one speaker: nobody else may answer in its place. */
  tried?: true;
  /** Whose approved answers may help and be shown: the whole team's, or where outsiders read along this channel's, or nobody's. */
  near?: 'channel' | 'nobody';
  /** When an author's words may help with it (data/consent.ts); left out on questions of earlier versions. */
  consent?: ConsentRule;
  /** Why a version could not speak. */
  warning?: Problem;
};

export const detailOf = ({ detail }: { detail: Json }): QuestionDetail => detail as QuestionDetail;
