-- One statement, so that the table is written anew once.
ALTER TABLE "progress_entries"
  ADD COLUMN "event" text GENERATED ALWAYS AS (CASE WHEN kind = 'event' THEN content->>'kind' END) STORED,
  ADD COLUMN "subject" text GENERATED ALWAYS AS (left(coalesce(content->'payload'->>'lab', content->'payload'->>'lesson'), 100)) STORED,
  ADD COLUMN "outcome" text GENERATED ALWAYS AS (left(content->'payload'->>'result', 10)) STORED,
  ADD COLUMN "failed_check" text GENERATED ALWAYS AS (left(jsonb_path_query_first(content, '$.payload.checks[*] ? (@.status == "fail").id') #>> '{}', 100)) STORED,
  ADD COLUMN "happened" text GENERATED ALWAYS AS (CASE WHEN content->>'at' ~ '^[12][0-9]{3}-' THEN left(content->>'at', 40) END) STORED;
--> statement-breakpoint
CREATE INDEX "progress_entries_deeds" ON "progress_entries" USING btree ("account","event","subject","outcome","failed_check","happened","received_at") WHERE event IN ('verdict', 'lesson-read', 'lesson-unread');--> statement-breakpoint
CREATE INDEX "progress_entries_received" ON "progress_entries" USING brin ("received_at");