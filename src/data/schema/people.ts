// Where the bot lives and who talks to it: workspaces, people, channels.
import { boolean, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { id, moment, oneOf, ref, state } from './columns.ts';

export const PERSON_ROLES = ['member', 'admin', 'owner'] as const;
export const CONSENTS = ['unset', 'in', 'out'] as const;
export const CHANNEL_KINDS = ['open', 'private', 'direct', 'external', 'restricted'] as const;
export const LEARN_SWITCHES = ['on', 'off'] as const;
export const APPROVER_RULES = ['anyone', 'listed', 'admins'] as const;

export const workspaces = pgTable(
  'workspaces',
  {
    id: id(),
    platform: text().notNull(),
    team: text().notNull(),
    name: text().notNull().default(''),
    /** null = the installation's own, LANGUAGE */
    lang: text(),
    tz: text().notNull().default('UTC'),
    trainingAllowedBy: text(),
    trainingAllowedAt: moment(),
    endedAt: moment(),
  },
  t => [unique('workspaces_team').on(t.platform, t.team)],
);

export const people = pgTable(
  'people',
  {
    id: id(),
    workspace: ref(() => workspaces.id).notNull(),
    ext: text().notNull(),
    /** null once forgotten */
    name: text(),
    lang: text(),
    tz: text(),
    role: state(PERSON_ROLES).default('member'),
    consent: state(CONSENTS).default('unset'),
    guest: boolean().notNull().default(false),
    bot: boolean().notNull().default(false),
    forgottenAt: moment(),
  },
  t => [
    unique('people_ext').on(t.workspace, t.ext),
    oneOf('people_role', t.role, PERSON_ROLES),
    oneOf('people_consent', t.consent, CONSENTS),
  ],
);

export const channels = pgTable(
  'channels',
  {
    id: id(),
    workspace: ref(() => workspaces.id).notNull(),
    ext: text().notNull(),
    name: text().notNull(),
    kind: state(CHANNEL_KINDS).default('open'),
    learn: state(LEARN_SWITCHES).default('off'),
    approve: state(APPROVER_RULES).default('anyone'),
    /** approvals that an example needs */
    needed: integer().notNull().default(1),
    ownCounts: boolean().notNull().default(false),
    /** every how many-th question stays a comparison once there is a champion */
    compareEvery: integer().notNull().default(5),
    lang: text(),
    setBy: ref(() => people.id),
    setAt: moment(),
  },
  t => [
    unique('channels_ext').on(t.workspace, t.ext),
    oneOf('channels_kind', t.kind, CHANNEL_KINDS),
    oneOf('channels_learn', t.learn, LEARN_SWITCHES),
    oneOf('channels_approve', t.approve, APPROVER_RULES),
  ],
);

/** Who approves where a channel's rule is `listed`. */
export const channelApprovers = pgTable(
  'channel_approvers',
  {
    channel: ref(() => channels.id).notNull(),
    person: ref(() => people.id).notNull(),
  },
  t => [primaryKey({ columns: [t.channel, t.person] })],
);
