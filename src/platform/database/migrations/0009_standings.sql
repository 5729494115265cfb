CREATE TABLE "active_week" (
	"account" text NOT NULL,
	"week" date NOT NULL,
	CONSTRAINT "active_week_account_week_pk" PRIMARY KEY("account","week")
);
--> statement-breakpoint
CREATE TABLE "lab_standing" (
	"account" text NOT NULL,
	"lab" text NOT NULL,
	"passed_at" timestamp with time zone,
	"failed_check" text,
	"attempts" integer NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"last" timestamp with time zone NOT NULL,
	CONSTRAINT "lab_standing_account_lab_pk" PRIMARY KEY("account","lab")
);
--> statement-breakpoint
CREATE TABLE "lesson_standing" (
	"account" text NOT NULL,
	"lesson" text NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "lesson_standing_account_lesson_pk" PRIMARY KEY("account","lesson")
);
--> statement-breakpoint
ALTER TABLE "active_week" ADD CONSTRAINT "active_week_account_user_id_fk" FOREIGN KEY ("account") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab_standing" ADD CONSTRAINT "lab_standing_account_user_id_fk" FOREIGN KEY ("account") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_standing" ADD CONSTRAINT "lesson_standing_account_user_id_fk" FOREIGN KEY ("account") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- A device whose clock is ahead cannot have done it after it told us.
CREATE FUNCTION "progress_moment"("happened" text, "received_at" timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
	SELECT least(coalesce(happened::timestamptz, received_at), received_at)
$$;
--> statement-breakpoint
CREATE FUNCTION "lab_standing_of"("person" text, "name" text) RETURNS SETOF "lab_standing" LANGUAGE sql STABLE AS $$
	WITH attempt AS (
		SELECT progress_moment(happened, received_at) AS at, outcome, failed_check
		FROM progress_entries
		WHERE account = person AND event = 'verdict' AND subject = name AND outcome IS NOT NULL
	),
	newest AS (SELECT failed_check FROM attempt ORDER BY at DESC LIMIT 1),
	trail AS (
		SELECT at FROM attempt WHERE at > coalesce((
			SELECT max(attempt.at) FROM attempt, newest
			WHERE attempt.failed_check IS DISTINCT FROM newest.failed_check), '-infinity')
	)
	SELECT person, name, (SELECT min(at) FROM attempt WHERE outcome = 'pass'),
		(SELECT failed_check FROM newest), count(*)::integer, min(at), max(at)
	FROM trail HAVING count(*) > 0
$$;
--> statement-breakpoint
CREATE FUNCTION "lesson_standing_of"("person" text, "name" text) RETURNS SETOF "lesson_standing" LANGUAGE sql STABLE AS $$
	SELECT person, name, CASE WHEN taken_back >= read THEN NULL ELSE read END
	FROM (
		SELECT max(at) FILTER (WHERE event = 'lesson-read') AS read,
			max(at) FILTER (WHERE event = 'lesson-unread') AS taken_back
		FROM (
			SELECT event, progress_moment(happened, received_at) AS at FROM progress_entries
			WHERE account = person AND event IN ('lesson-read', 'lesson-unread') AND subject = name
		) AS mark
	) AS newest
$$;
--> statement-breakpoint
CREATE FUNCTION "sum_up_progress"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF current_setting('day2.restoring', true) = 'on' THEN
		RETURN NULL;
	END IF;
	INSERT INTO lab_standing
	SELECT standing.* FROM (SELECT DISTINCT account, subject FROM added WHERE event = 'verdict' AND outcome IS NOT NULL) AS touched,
		LATERAL lab_standing_of(touched.account, touched.subject) AS standing
	ON CONFLICT (account, lab) DO UPDATE SET passed_at = excluded.passed_at, failed_check = excluded.failed_check,
		attempts = excluded.attempts, since = excluded.since, last = excluded.last;
	INSERT INTO lesson_standing
	SELECT standing.* FROM (SELECT DISTINCT account, subject FROM added WHERE event IN ('lesson-read', 'lesson-unread')) AS touched,
		LATERAL lesson_standing_of(touched.account, touched.subject) AS standing
	ON CONFLICT (account, lesson) DO UPDATE SET read_at = excluded.read_at;
	INSERT INTO active_week
	SELECT DISTINCT account, date_trunc('week', progress_moment(happened, received_at) AT TIME ZONE 'UTC')::date
	FROM added WHERE event IN ('verdict', 'lesson-read', 'lesson-unread')
	ON CONFLICT DO NOTHING;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "progress_entries_sum_up" AFTER INSERT ON "progress_entries" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "sum_up_progress"();
--> statement-breakpoint
INSERT INTO lab_standing
SELECT standing.* FROM (SELECT DISTINCT account, subject FROM progress_entries WHERE event = 'verdict' AND outcome IS NOT NULL) AS known,
	LATERAL lab_standing_of(known.account, known.subject) AS standing;
--> statement-breakpoint
INSERT INTO lesson_standing
SELECT standing.* FROM (SELECT DISTINCT account, subject FROM progress_entries WHERE event IN ('lesson-read', 'lesson-unread')) AS known,
	LATERAL lesson_standing_of(known.account, known.subject) AS standing;
--> statement-breakpoint
INSERT INTO active_week
SELECT DISTINCT account, date_trunc('week', progress_moment(happened, received_at) AT TIME ZONE 'UTC')::date
FROM progress_entries WHERE event IN ('verdict', 'lesson-read', 'lesson-unread');
