-- A try that waited in a browser was answered before it was graded, and may be sent twice.
ALTER TABLE "graded_answer"
  ADD COLUMN "graded_at" timestamp with time zone DEFAULT now() NOT NULL,
  ADD COLUMN "try_id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
UPDATE "graded_answer" SET "graded_at" = "answered_at";--> statement-breakpoint
CREATE UNIQUE INDEX "graded_answer_account_try_id_index" ON "graded_answer" USING btree ("account","try_id");
