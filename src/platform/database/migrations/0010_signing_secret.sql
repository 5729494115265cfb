CREATE TABLE "signing_secret" (
	"is_only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"fingerprint" text NOT NULL,
	"noted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "signing_secret_is_only" CHECK ("signing_secret"."is_only")
);
