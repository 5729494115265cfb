ALTER TABLE "invitation" ADD COLUMN "mail" text;--> statement-breakpoint
ALTER TABLE "invitation" ADD COLUMN "mail_at" timestamp with time zone;