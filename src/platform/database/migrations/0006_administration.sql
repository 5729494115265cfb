CREATE TABLE "organisation_setting" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "organisation_setting_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"value" jsonb NOT NULL,
	"set_by" text,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "organisation" text GENERATED ALWAYS AS (details ->> 'organisation') STORED;--> statement-breakpoint
ALTER TABLE "organisation_setting" ADD CONSTRAINT "organisation_setting_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation_setting" ADD CONSTRAINT "organisation_setting_set_by_user_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "organisation_setting_organization_id_name_id_index" ON "organisation_setting" USING btree ("organization_id","name","id");--> statement-breakpoint
CREATE INDEX "audit_log_organisation_id_index" ON "audit_log" USING btree ("organisation","id");
--> statement-breakpoint
CREATE FUNCTION "audit_person"("person" text, "what" text) RETURNS void LANGUAGE sql AS $$
	INSERT INTO "audit_log" ("actor", "action", "subject", "details")
	SELECT person, what, 'user:' || person,
		CASE WHEN m."organization_id" IS NULL THEN '{}'::jsonb
			ELSE jsonb_build_object('organisation', m."organization_id") END
	FROM (SELECT 1) AS one LEFT JOIN "member" AS m ON m."user_id" = person
$$;
--> statement-breakpoint
CREATE FUNCTION "audit_sign_in_method"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF current_setting('day2.restoring', true) = 'on' THEN
		RETURN NULL;
	END IF;
	IF TG_TABLE_NAME = 'passkey' THEN
		PERFORM audit_person(NEW."user_id", 'passkey added');
	ELSIF TG_OP = 'INSERT' THEN
		PERFORM audit_person(NEW."user_id", 'sign-in provider connected');
	ELSIF EXISTS (SELECT 1 FROM "user" WHERE "id" = OLD."user_id") THEN
		PERFORM audit_person(OLD."user_id", 'password dropped');
	END IF;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "passkey_audit" AFTER INSERT ON "passkey" FOR EACH ROW EXECUTE FUNCTION "audit_sign_in_method"();
--> statement-breakpoint
CREATE TRIGGER "account_audit_provider" AFTER INSERT ON "account" FOR EACH ROW WHEN (NEW."provider_id" <> 'credential') EXECUTE FUNCTION "audit_sign_in_method"();
--> statement-breakpoint
CREATE TRIGGER "account_audit_password" AFTER DELETE ON "account" FOR EACH ROW WHEN (OLD."provider_id" = 'credential') EXECUTE FUNCTION "audit_sign_in_method"();
