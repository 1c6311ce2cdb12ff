-- One matter a letter. The unit is drawn by share; the 双打办 registered all; the procuratorate sees reports.
INSERT INTO intake_matter (id, seen_by, confidentiality, closed_at, kind, state, routing, received_at, port, goods,
                           named, reopen_requested_at, clue_ref, outcome, bigrams, changed_at, handler_id, letter_id,
                           party_id, registered_unit_id, unit_id)
SELECT id,
       CASE WHEN kind = 'report' THEN ARRAY[%(office_scope)s, %(procuratorate_scope)s, scope]
            ELSE ARRAY[%(office_scope)s, scope] END,
       CASE WHEN random() < 0.01 THEN 1 ELSE 0 END,
       CASE WHEN closed THEN received_at + interval '40 days' * random() END,
       kind,
       CASE WHEN closed THEN
                CASE kind WHEN 'enquiry' THEN 'answered'
                          WHEN 'report' THEN (ARRAY['closed','closed','merged','referred'])[1 + id %% 4]
                          ELSE (ARRAY['closed','closed','closed','refused','withdrawn','forwarded'])[1 + id %% 6] END
            ELSE CASE kind WHEN 'enquiry' THEN 'received'
                           WHEN 'report' THEN (ARRAY['received','verifying','verifying'])[1 + id %% 3]
                           ELSE (ARRAY['received','accepted','mediating'])[1 + id %% 3] END END,
       '{"explanation": ["白酒归市场监管"], "rules": ["商品"], "contested": false}', received_at, port, goods,
       random() < 0.8, NULL, '', '', bigrams, received_at + interval '1 day' * random(),
       CASE WHEN NOT closed AND unit = %(officer_unit)s AND random() < 0.5 THEN %(officer)s END,
       id, party_id, %(office_unit)s, unit
FROM (
    SELECT letter.*, text.bigrams || party.bigrams AS bigrams,
           (%(units)s::bigint[])[drawn_unit] AS unit, (%(scopes)s::int[])[drawn_unit] AS scope,
           CASE WHEN letter.id %% 20 < 11 THEN 'complaint' WHEN letter.id %% 20 < 19 THEN 'report' ELSE 'enquiry' END
               AS kind,
           random() > CASE WHEN letter.received_at > %(now)s - interval '60 days' THEN 0.6
                           WHEN letter.received_at > %(now)s - interval '5 years' THEN 0.004 ELSE 0 END AS closed
    FROM (SELECT *, 1 + width_bucket(random(), %(bounds)s::float[]) AS drawn_unit FROM intake_letter
          WHERE id BETWEEN %(first)s AND %(last)s) AS letter
    JOIN bench_text AS text ON text.id = 1 + letter.id * 104729 %% %(texts)s
    JOIN registry_party AS party ON party.id = letter.party_id
) AS drawn;
