CREATE TABLE "submission" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" text NOT NULL,
	"verdict_id" uuid NOT NULL,
	"lab" text NOT NULL,
	"lab_version" integer NOT NULL,
	"seed" bigint NOT NULL,
	"files" jsonb NOT NULL,
	"verdict" jsonb NOT NULL,
	"solution_shown" boolean NOT NULL,
	"digest" text NOT NULL,
	"fingerprints" integer[] NOT NULL,
	"submitted_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "submission_verification" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "submission_verification_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"submission_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"lab" text NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"seed" bigint,
	"verdict" jsonb,
	"reason" text,
	"actor" text NOT NULL,
	CONSTRAINT "submission_verification_state" CHECK ("submission_verification"."state" IN ('queued', 'running', 'verified', 'not-reproduced', 'errored', 'superseded'))
);
--> statement-breakpoint
ALTER TABLE "submission" ADD CONSTRAINT "submission_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submission_verification" ADD CONSTRAINT "submission_verification_submission_id_submission_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submission"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submission_verification" ADD CONSTRAINT "submission_verification_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "submission_user_id_verdict_id_index" ON "submission" USING btree ("user_id","verdict_id");--> statement-breakpoint
CREATE INDEX "submission_user_id_lab_submitted_at_index" ON "submission" USING btree ("user_id","lab","submitted_at");--> statement-breakpoint
CREATE INDEX "submission_lab_submitted_at_index" ON "submission" USING btree ("lab","submitted_at");--> statement-breakpoint
CREATE INDEX "submission_verification_submission_id_id_index" ON "submission_verification" USING btree ("submission_id","id");--> statement-breakpoint
CREATE INDEX "submission_verification_user_id_lab_submitted_at_id_index" ON "submission_verification" USING btree ("user_id","lab","submitted_at","id");--> statement-breakpoint
CREATE INDEX "submission_verification_verified_index" ON "submission_verification" USING btree ("user_id","lab","at") WHERE "submission_verification"."state" = 'verified';--> statement-breakpoint
CREATE TRIGGER "submission_append_only" BEFORE UPDATE ON "submission" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "submission_verification_append_only" BEFORE UPDATE ON "submission_verification" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
