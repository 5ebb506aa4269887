// What may follow `/finetune approvers`: one change of the channel's rule at a time.
import { namesIn } from './names-in.ts';

/** `listed`: names as they were written. */
export type ApproverChange = { approve?: 'anyone' | 'admins'; listed?: string[]; needed?: number; ownCounts?: boolean };

const RULES = { anyone: ['anyone', 'everyone', '所有人', '任何人'], admins: ['admins', '管理员'] } as const;
const YES_NO: Record<string, boolean> = { yes: true, on: true, 算: true, 是: true, no: false, off: false, 不算: false, 否: false };
/** More people than that would never agree on an answer. */
const NEEDED = /^(?:needed|需要)\s*([1-9])$/iu;
const OWN = /^(?:own|自己)\s*(\S+)$/iu;

/** Undefined where `rest` is no such change. */
export function readApproverChange(rest: string): ApproverChange | undefined {
  const said = rest.toLowerCase();
  for (const approve of ['anyone', 'admins'] as const) if ((RULES[approve] as readonly string[]).includes(said)) return { approve };
  const [, needed] = NEEDED.exec(said) ?? [];
  if (needed) return { needed: Number(needed) };
  const own = YES_NO[OWN.exec(said)?.[1] ?? ''];
  if (own !== undefined) return { ownCounts: own };
  const listed = namesIn(rest);
  return listed.length > 0 ? { listed } : undefined;
}
