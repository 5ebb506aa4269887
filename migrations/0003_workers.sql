ALTER TABLE "workers" ADD COLUMN "problem" jsonb;--> statement-breakpoint
ALTER TABLE "workers" ADD COLUMN "unfit" jsonb;