CREATE TABLE "leak_searches" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "leak_searches_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" bigint NOT NULL,
	"version" bigint NOT NULL,
	"requested_by" bigint NOT NULL,
	"channel" text NOT NULL,
	"thread" text,
	"state" text DEFAULT 'asked' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"worker" text,
	"lease_until" timestamp with time zone,
	"tried" integer DEFAULT 0 NOT NULL,
	"rows" integer,
	"found" jsonb,
	"failure_code" text,
	"failure_values" jsonb,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "leak_searches_state" CHECK ("leak_searches"."state" in ('asked', 'searching', 'done', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "leak_searches" ADD CONSTRAINT "leak_searches_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leak_searches" ADD CONSTRAINT "leak_searches_version_versions_id_fk" FOREIGN KEY ("version") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leak_searches" ADD CONSTRAINT "leak_searches_requested_by_people_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "leak_searches_one_open" ON "leak_searches" USING btree ("version") WHERE "leak_searches"."state" in ('asked', 'searching');