CREATE TABLE "example_sources" (
	"example" bigint NOT NULL,
	"message" bigint NOT NULL,
	"part" text NOT NULL,
	CONSTRAINT "example_sources_example_message_pk" PRIMARY KEY("example","message"),
	CONSTRAINT "example_sources_part" CHECK ("example_sources"."part" in ('question', 'answer', 'notes'))
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel" bigint NOT NULL,
	"ext" text NOT NULL,
	"thread_ext" text,
	"author" bigint,
	"permalink" text NOT NULL,
	"state" text DEFAULT 'present' NOT NULL,
	"text_hmac" text NOT NULL,
	"looked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"dirty_at" timestamp with time zone,
	CONSTRAINT "messages_ext" UNIQUE("channel","ext"),
	CONSTRAINT "messages_state" CHECK ("messages"."state" in ('present', 'deleted', 'hidden'))
);
--> statement-breakpoint
CREATE TABLE "channel_approvers" (
	"channel" bigint NOT NULL,
	"person" bigint NOT NULL,
	CONSTRAINT "channel_approvers_channel_person_pk" PRIMARY KEY("channel","person")
);
--> statement-breakpoint
CREATE TABLE "exam_questions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "exam_questions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" bigint NOT NULL,
	"no" integer NOT NULL,
	"text" text NOT NULL,
	"added_by" bigint NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "exam_questions_no" UNIQUE("workspace","no")
);
--> statement-breakpoint
ALTER TABLE "workspaces" ALTER COLUMN "lang" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "workspaces" ALTER COLUMN "lang" DROP NOT NULL;--> statement-breakpoint
-- Until now every workspace had 'en' without anybody having said so: the installation's language decides where nobody did.
UPDATE "workspaces" SET "lang" = NULL;--> statement-breakpoint
ALTER TABLE "examples" ADD COLUMN "answer" bigint;--> statement-breakpoint
ALTER TABLE "examples" ADD COLUMN "question" bigint;--> statement-breakpoint
ALTER TABLE "example_sources" ADD CONSTRAINT "example_sources_example_examples_id_fk" FOREIGN KEY ("example") REFERENCES "public"."examples"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "example_sources" ADD CONSTRAINT "example_sources_message_messages_id_fk" FOREIGN KEY ("message") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_channel_channels_id_fk" FOREIGN KEY ("channel") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_author_people_id_fk" FOREIGN KEY ("author") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_approvers" ADD CONSTRAINT "channel_approvers_channel_channels_id_fk" FOREIGN KEY ("channel") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_approvers" ADD CONSTRAINT "channel_approvers_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_questions" ADD CONSTRAINT "exam_questions_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_questions" ADD CONSTRAINT "exam_questions_added_by_people_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "example_sources_message" ON "example_sources" USING btree ("message");--> statement-breakpoint
ALTER TABLE "examples" ADD CONSTRAINT "examples_answer_messages_id_fk" FOREIGN KEY ("answer") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "examples" ADD CONSTRAINT "examples_question_messages_id_fk" FOREIGN KEY ("question") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "examples" ADD CONSTRAINT "examples_answer" UNIQUE("answer");