// What bot and worker need to know of a question besides its columns: the shape of its jsonb `detail`.
import type { Problem } from '../problem.ts';
import type { Json } from './schema/columns.ts';

export type QuestionDetail = {
  /** A report: what is asked, and the notes with their first line "week, name". */
  instruction?: string;
  input?: string;
  /** The version that the question's own one is compared with; without it that is the base. */
  against?: number;
  /** The question's version, or the base, answers by itself. */
  alone?: true;
  /** Somebody asked for that one speaker: nobody else may answer in its place. */
  tried?: true;
  /** Whose approved answers may help and be shown: the whole team's, or where outsiders read along this channel's, or nobody's. */
  near?: 'channel' | 'nobody';
  /** Why a version could not speak. */
  warning?: Problem;
};

export const detailOf = ({ detail }: { detail: Json }): QuestionDetail => detail as QuestionDetail;
