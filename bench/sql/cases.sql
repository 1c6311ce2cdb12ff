-- As many cases as matters, of the same units, over the same ten years; amounts from tens of yuan to millions.
INSERT INTO cases_case (id, seen_by, confidentiality, closed_at, number, cause, state, party_kind, party_name, party_code,
                        party_address, party_head, facts, conduct, elements, filed_at, party_key, bigrams, amount,
                        transfer_test_met, transfer_answer, transfer_answer_reason, handler_id, party_id, unit_id)
SELECT id, seen_by, confidentiality,
       CASE WHEN closed THEN filed_at + interval '80 days' * random() END,
       '青市监罚案〔' || to_char(filed_at, 'YYYY') || '〕' || id || '号', title,
       CASE WHEN closed THEN (ARRAY['closed','closed','closed','closed','dropped','referred_out'])[1 + id %% 6]
            ELSE (ARRAY['filed','investigating','investigating','evidence_complete','notified','decided'])[1 + id %% 6]
       END,
       'legal_person', party_name, '', '青禾区东关街', '', text, '{}', '{}', filed_at, party_name, bigrams,
       round(exp(3 + 8 * random())::numeric, 2), random() < 0.01, '', '', handler_id, party_id, unit_id
FROM (
    SELECT matter.id, 
           CASE WHEN matter.kind = 'report' THEN matter.seen_by
                ELSE matter.seen_by || %(procuratorate_scope)s::int END AS seen_by,
           matter.confidentiality, letter.received_at + interval '5 days' * random() - interval '5 days' AS filed_at,
           letter.title, letter.text, party.name AS party_name, party.bigrams || text.cause AS bigrams,
           matter.handler_id, matter.party_id, matter.unit_id,
           random() > CASE WHEN letter.received_at > %(now)s - interval '90 days' THEN 0.7
                           WHEN letter.received_at > %(now)s - interval '5 years' THEN 0.004 ELSE 0 END AS closed
    FROM intake_matter AS matter
    JOIN intake_letter AS letter ON letter.id = matter.letter_id
    JOIN registry_party AS party ON party.id = matter.party_id
    JOIN bench_text AS text ON text.id = 1 + letter.id * 104729 %% %(texts)s
    WHERE matter.id BETWEEN %(first)s AND %(last)s
) AS drawn;
