-- One event for each matter, hashed as the application hashes, with its head and its first duty.
WITH written AS (
    INSERT INTO ledger_event (id, subject_kind, subject_id, sequence, verb, actor, unit, at, facts, basis, previous, hash)
    SELECT %(last_event)s + row_number() OVER (ORDER BY id), kind, id::text, 1, kind || '.receive', '统筹甲', 'office', at,
           '{"to": "received"}', '[]', repeat('0', 64),
           encode(sha256(convert_to(
               '["' || kind || '","' || id || '",1,"' || kind || '.receive","统筹甲","office","'
               || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
               || '+00:00",{"to":"received"},[],"' || repeat('0', 64) || '"]', 'UTF8')), 'hex')
    FROM (SELECT id, kind, received_at + interval '10 minutes' AS at FROM intake_matter
          WHERE id BETWEEN %(first)s AND %(last)s) AS matter
    RETURNING subject_kind, subject_id, hash
)
INSERT INTO ledger_head (subject_kind, subject_id, sequence, hash)
SELECT subject_kind, subject_id, 1, hash FROM written;

INSERT INTO ledger_duty (rule, subject_kind, subject_id, title, unit, member, opened_by, started_at, due_at, pauses,
                         extensions, state, closed_by, closed_at)
SELECT CASE matter.kind WHEN 'report' THEN 'report.verification' ELSE 'complaint.acceptance' END, matter.kind, matter.id::text,
       '投-' || matter.id, unit.code, matter.handler_id, 1, matter.received_at, matter.received_at + interval '10 days',
       '[]', 0, CASE WHEN matter.closed_at IS NULL THEN 'open' ELSE 'met' END,
       CASE WHEN matter.closed_at IS NULL THEN NULL ELSE 1 END, matter.closed_at
FROM intake_matter AS matter JOIN agencies_unit AS unit ON unit.id = matter.unit_id
WHERE matter.id BETWEEN %(first)s AND %(last)s AND matter.kind <> 'enquiry';

INSERT INTO ledger_duty (rule, subject_kind, subject_id, title, unit, member, opened_by, started_at, due_at, pauses,
                         extensions, state, closed_by, closed_at)
SELECT 'case.decision', 'case', cases.id::text, cases.number, unit.code, cases.handler_id, 1, cases.filed_at,
       cases.filed_at + interval '90 days', '[]', 0, CASE WHEN cases.closed_at IS NULL THEN 'open' ELSE 'met' END,
       CASE WHEN cases.closed_at IS NULL THEN NULL ELSE 1 END, cases.closed_at
FROM cases_case AS cases JOIN agencies_unit AS unit ON unit.id = cases.unit_id
WHERE cases.id BETWEEN %(first)s AND %(last)s;
