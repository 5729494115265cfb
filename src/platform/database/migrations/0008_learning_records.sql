CREATE TABLE "record_keeping" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"actor" text NOT NULL,
	"started_by" text,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"covered_until" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "record_keeping_actor" CHECK ("record_keeping"."actor" IN ('account', 'mail'))
);
--> statement-breakpoint
CREATE TABLE "record_statement" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"source" text NOT NULL,
	"statement" jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"outcome" text,
	"settled_at" timestamp with time zone,
	"fault" text
);
--> statement-breakpoint
ALTER TABLE "record_keeping" ADD CONSTRAINT "record_keeping_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_keeping" ADD CONSTRAINT "record_keeping_started_by_user_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_statement" ADD CONSTRAINT "record_statement_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_statement" ADD CONSTRAINT "record_statement_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "record_statement_organization_id_source_index" ON "record_statement" USING btree ("organization_id","source");--> statement-breakpoint
CREATE INDEX "record_statement_waiting" ON "record_statement" USING btree ("next_at") WHERE "record_statement"."outcome" IS NULL;