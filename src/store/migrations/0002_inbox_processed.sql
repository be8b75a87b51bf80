-- A delivery is recognised as a repetition when it is processed, not when it arrives. Keys are digests, without
-- any order: an index over all of them made every arriving row dirty a page of its own, and that was more than
-- half of what taking in a webhook cost (docs/performance.md).
DROP INDEX inbox_event;
CREATE UNIQUE INDEX inbox_event ON inbox (source, event_key) WHERE state <> 'new';
