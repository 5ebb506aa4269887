CREATE TABLE "audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" bigint,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"verb" text NOT NULL,
	"object" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" bigint NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"error" text,
	"done_at" timestamp with time zone,
	CONSTRAINT "inbox_key" UNIQUE("workspace","key")
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "posts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" bigint NOT NULL,
	"key" text NOT NULL,
	"channel" text NOT NULL,
	"thread" text,
	"recipient" jsonb,
	"body" jsonb NOT NULL,
	"rev" integer DEFAULT 1 NOT NULL,
	"sent_rev" integer DEFAULT 0 NOT NULL,
	"remote_channel" text,
	"remote_id" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"error" text,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "posts_key" UNIQUE("workspace","key")
);
--> statement-breakpoint
CREATE TABLE "approvals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "approvals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"example" bigint NOT NULL,
	"person" bigint NOT NULL,
	"revision" integer NOT NULL,
	"counts" boolean NOT NULL,
	"mark" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "approvals_person" UNIQUE("example","person")
);
--> statement-breakpoint
CREATE TABLE "dataset_members" (
	"dataset" bigint NOT NULL,
	"revision" bigint NOT NULL,
	"part" text NOT NULL,
	CONSTRAINT "dataset_members_dataset_revision_pk" PRIMARY KEY("dataset","revision"),
	CONSTRAINT "dataset_members_part" CHECK ("dataset_members"."part" in ('train', 'heldout'))
);
--> statement-breakpoint
CREATE TABLE "datasets" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "datasets_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" bigint NOT NULL,
	"hash" text NOT NULL,
	"counts" jsonb NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "datasets_hash" UNIQUE("workspace","hash")
);
--> statement-breakpoint
CREATE TABLE "example_revisions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "example_revisions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"example" bigint NOT NULL,
	"n" integer NOT NULL,
	"instruction" text NOT NULL,
	"input" text NOT NULL,
	"output" text NOT NULL,
	"lang" text NOT NULL,
	"tokens" integer,
	"masked" jsonb,
	"made_by" bigint,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "example_revisions_n" UNIQUE("example","n")
);
--> statement-breakpoint
CREATE TABLE "examples" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "examples_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" bigint NOT NULL,
	"no" integer NOT NULL,
	"kind" text NOT NULL,
	"author" bigint,
	"origin" text NOT NULL,
	"thread" text,
	"state" text DEFAULT 'pending' NOT NULL,
	"why" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "examples_no" UNIQUE("workspace","no"),
	CONSTRAINT "examples_kind" CHECK ("examples"."kind" in ('qa', 'report')),
	CONSTRAINT "examples_origin" CHECK ("examples"."origin" in ('chat', 'import', 'correction', 'report_edit')),
	CONSTRAINT "examples_state_known" CHECK ("examples"."state" in ('pending', 'approved', 'stale', 'retired', 'erased', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "channels_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" bigint NOT NULL,
	"ext" text NOT NULL,
	"name" text NOT NULL,
	"kind" text DEFAULT 'open' NOT NULL,
	"learn" text DEFAULT 'off' NOT NULL,
	"approve" text DEFAULT 'anyone' NOT NULL,
	"needed" integer DEFAULT 1 NOT NULL,
	"own_counts" boolean DEFAULT false NOT NULL,
	"compare_every" integer DEFAULT 5 NOT NULL,
	"lang" text,
	"set_by" bigint,
	"set_at" timestamp with time zone,
	CONSTRAINT "channels_ext" UNIQUE("workspace","ext"),
	CONSTRAINT "channels_kind" CHECK ("channels"."kind" in ('open', 'private', 'direct', 'external', 'restricted')),
	CONSTRAINT "channels_learn" CHECK ("channels"."learn" in ('on', 'off')),
	CONSTRAINT "channels_approve" CHECK ("channels"."approve" in ('anyone', 'listed', 'admins'))
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "people_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" bigint NOT NULL,
	"ext" text NOT NULL,
	"name" text,
	"lang" text,
	"tz" text,
	"role" text DEFAULT 'member' NOT NULL,
	"consent" text DEFAULT 'unset' NOT NULL,
	"guest" boolean DEFAULT false NOT NULL,
	"bot" boolean DEFAULT false NOT NULL,
	"forgotten_at" timestamp with time zone,
	CONSTRAINT "people_ext" UNIQUE("workspace","ext"),
	CONSTRAINT "people_role" CHECK ("people"."role" in ('member', 'admin', 'owner')),
	CONSTRAINT "people_consent" CHECK ("people"."consent" in ('unset', 'in', 'out'))
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "workspaces_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"platform" text NOT NULL,
	"team" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"lang" text DEFAULT 'en' NOT NULL,
	"tz" text DEFAULT 'UTC' NOT NULL,
	"training_allowed_by" text,
	"training_allowed_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "workspaces_team" UNIQUE("platform","team")
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "answers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"question" bigint NOT NULL,
	"version" bigint,
	"side" text NOT NULL,
	"text" text NOT NULL,
	"tokens" integer NOT NULL,
	"ms" double precision NOT NULL,
	"stop" text NOT NULL,
	CONSTRAINT "answers_side" UNIQUE("question","side"),
	CONSTRAINT "answers_version" UNIQUE NULLS NOT DISTINCT("question","version"),
	CONSTRAINT "answers_side_known" CHECK ("answers"."side" in ('A', 'B', 'only'))
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "questions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" bigint NOT NULL,
	"channel" bigint NOT NULL,
	"asker" bigint NOT NULL,
	"source" text NOT NULL,
	"thread" text,
	"kind" text NOT NULL,
	"turns" jsonb NOT NULL,
	"lang" text NOT NULL,
	"version" bigint,
	"state" text DEFAULT 'asked' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"worker" text,
	"lease_until" timestamp with time zone,
	"near_example" bigint,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"seed" integer NOT NULL,
	"comparison" boolean DEFAULT false NOT NULL,
	"failure_code" text,
	"failure_values" jsonb,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp with time zone,
	"closes_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	CONSTRAINT "questions_source" UNIQUE("channel","source"),
	CONSTRAINT "questions_kind" CHECK ("questions"."kind" in ('qa', 'report', 'exam')),
	CONSTRAINT "questions_state_known" CHECK ("questions"."state" in ('asked', 'answering', 'answered', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "votes" (
	"question" bigint NOT NULL,
	"person" bigint NOT NULL,
	"first" text NOT NULL,
	"now" text NOT NULL,
	"reasons" text[] DEFAULT '{}' NOT NULL,
	"first_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone,
	CONSTRAINT "votes_question_person_pk" PRIMARY KEY("question","person"),
	CONSTRAINT "votes_first" CHECK ("votes"."first" in ('A', 'B', 'tie', 'bad')),
	CONSTRAINT "votes_now" CHECK ("votes"."now" in ('A', 'B', 'tie', 'bad'))
);
--> statement-breakpoint
CREATE TABLE "run_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "run_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempt" integer NOT NULL,
	"kind" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run_heldout" (
	"run" bigint NOT NULL,
	"step" integer NOT NULL,
	"epoch" double precision NOT NULL,
	"loss" double precision NOT NULL,
	"tokens" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "run_heldout_run_step_pk" PRIMARY KEY("run","step")
);
--> statement-breakpoint
CREATE TABLE "run_steps" (
	"run" bigint NOT NULL,
	"step" integer NOT NULL,
	"epoch" double precision NOT NULL,
	"loss" double precision NOT NULL,
	"learning_rate" double precision NOT NULL,
	"grad_norm" double precision NOT NULL,
	"tokens" integer NOT NULL,
	"ms" double precision NOT NULL,
	"bytes" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "run_steps_run_step_pk" PRIMARY KEY("run","step")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" bigint NOT NULL,
	"no" integer NOT NULL,
	"requested_by" bigint NOT NULL,
	"channel" text NOT NULL,
	"thread" text,
	"dataset" bigint NOT NULL,
	"base" text,
	"base_fingerprint" text,
	"trainer" text DEFAULT 'builtin' NOT NULL,
	"wishes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"settings" jsonb,
	"reasons" jsonb,
	"preflight" jsonb,
	"state" text DEFAULT 'checking' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"fruitless" integer DEFAULT 0 NOT NULL,
	"worker" text,
	"lease_until" timestamp with time zone,
	"step" integer DEFAULT 0 NOT NULL,
	"steps" integer,
	"checkpoint_folder" text,
	"checkpoint_step" integer,
	"cancel_at" timestamp with time zone,
	"cancel_by" bigint,
	"failure_code" text,
	"failure_values" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "runs_no" UNIQUE("workspace","no"),
	CONSTRAINT "runs_state" CHECK ("runs"."state" in ('checking', 'waiting', 'queued', 'training', 'evaluating', 'done', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "workers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"roles" text[] NOT NULL,
	"labels" text[] DEFAULT '{}' NOT NULL,
	"device" text NOT NULL,
	"memory_free" bigint,
	"speed" jsonb,
	"version" text NOT NULL,
	"base" text,
	"base_fingerprint" text,
	"trainer_pid" integer,
	"beat_at" timestamp with time zone DEFAULT now() NOT NULL,
	"run" bigint,
	CONSTRAINT "workers_process" UNIQUE("host","pid")
);
--> statement-breakpoint
CREATE TABLE "version_samples" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "version_samples_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"version" bigint NOT NULL,
	"revision" bigint,
	"prompt" text NOT NULL,
	"base_text" text NOT NULL,
	"tuned_text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "versions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "versions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" bigint NOT NULL,
	"no" integer NOT NULL,
	"run" bigint NOT NULL,
	"base_fingerprint" text NOT NULL,
	"artifact" text NOT NULL,
	"folder" text NOT NULL,
	"rank" integer NOT NULL,
	"state" text DEFAULT 'candidate' NOT NULL,
	"card" jsonb NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"why" text,
	CONSTRAINT "versions_no" UNIQUE("workspace","no"),
	CONSTRAINT "versions_run" UNIQUE("run"),
	CONSTRAINT "versions_state" CHECK ("versions"."state" in ('candidate', 'champion', 'retired', 'blocked', 'quarantined'))
);
--> statement-breakpoint
ALTER TABLE "audit" ADD CONSTRAINT "audit_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox" ADD CONSTRAINT "inbox_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_example_examples_id_fk" FOREIGN KEY ("example") REFERENCES "public"."examples"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_members" ADD CONSTRAINT "dataset_members_dataset_datasets_id_fk" FOREIGN KEY ("dataset") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_members" ADD CONSTRAINT "dataset_members_revision_example_revisions_id_fk" FOREIGN KEY ("revision") REFERENCES "public"."example_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "example_revisions" ADD CONSTRAINT "example_revisions_example_examples_id_fk" FOREIGN KEY ("example") REFERENCES "public"."examples"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "example_revisions" ADD CONSTRAINT "example_revisions_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "examples" ADD CONSTRAINT "examples_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "examples" ADD CONSTRAINT "examples_author_people_id_fk" FOREIGN KEY ("author") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_set_by_people_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_question_questions_id_fk" FOREIGN KEY ("question") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_version_versions_id_fk" FOREIGN KEY ("version") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_channel_channels_id_fk" FOREIGN KEY ("channel") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_asker_people_id_fk" FOREIGN KEY ("asker") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_version_versions_id_fk" FOREIGN KEY ("version") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_near_example_examples_id_fk" FOREIGN KEY ("near_example") REFERENCES "public"."examples"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_question_questions_id_fk" FOREIGN KEY ("question") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_events" ADD CONSTRAINT "run_events_run_runs_id_fk" FOREIGN KEY ("run") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_heldout" ADD CONSTRAINT "run_heldout_run_runs_id_fk" FOREIGN KEY ("run") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_steps" ADD CONSTRAINT "run_steps_run_runs_id_fk" FOREIGN KEY ("run") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_requested_by_people_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_dataset_datasets_id_fk" FOREIGN KEY ("dataset") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_cancel_by_people_id_fk" FOREIGN KEY ("cancel_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workers" ADD CONSTRAINT "workers_run_runs_id_fk" FOREIGN KEY ("run") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_samples" ADD CONSTRAINT "version_samples_version_versions_id_fk" FOREIGN KEY ("version") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_samples" ADD CONSTRAINT "version_samples_revision_example_revisions_id_fk" FOREIGN KEY ("revision") REFERENCES "public"."example_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "versions" ADD CONSTRAINT "versions_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "versions" ADD CONSTRAINT "versions_run_runs_id_fk" FOREIGN KEY ("run") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inbox_open" ON "inbox" USING btree ("workspace","id") WHERE "inbox"."done_at" is null;--> statement-breakpoint
CREATE INDEX "posts_due" ON "posts" USING btree ("workspace","next_at") WHERE "posts"."sent_rev" < "posts"."rev";--> statement-breakpoint
CREATE INDEX "examples_state" ON "examples" USING btree ("workspace","state");--> statement-breakpoint
CREATE INDEX "questions_state" ON "questions" USING btree ("workspace","state");--> statement-breakpoint
CREATE INDEX "run_events_run" ON "run_events" USING btree ("run","id");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_one_open" ON "runs" USING btree ("workspace") WHERE "runs"."state" in ('checking', 'waiting', 'queued', 'training', 'evaluating');--> statement-breakpoint
CREATE INDEX "version_samples_version" ON "version_samples" USING btree ("version");--> statement-breakpoint
CREATE UNIQUE INDEX "versions_one_champion" ON "versions" USING btree ("workspace") WHERE "versions"."state" = 'champion';