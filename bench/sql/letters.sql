-- Letters %(first)s to %(last)s over ten years, more of them lately; a tenth of each growth lies among the older ones.
INSERT INTO intake_letter (id, port, source_number, received_at, title, text, goods, platform, place, original,
                           import_ref, registered_by, registered_at, idempotency_key, request_digest, receipt_mac,
                           party_id, region_id)
SELECT n, (ARRAY['12315','12315','12315','12345','12345','web','phone','letter','visit','right_holder'])[1 + n %% 10],
       'B' || lpad(n::text, 9, '0'), received_at, text.title, text.text, text.goods, text.platform, text.place,
       '{}', '', 'coordinator', received_at + interval '10 minutes', '', '', '',
       1 + n * 7919 %% %(parties)s, %(region)s
FROM (
    SELECT n, %(now)s - interval '3650 days' * (1 - power((n - %(first)s + 1)::float / (%(last)s - %(first)s + 1), 0.7))
              - interval '1 hour' - interval '3 days' * random() AS received_at
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
) AS numbered
JOIN bench_text AS text ON text.id = 1 + n * 104729 %% %(texts)s;
