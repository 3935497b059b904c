-- A copy for tests opens no books: secrets and tokens are gone, connections paused.
UPDATE ledger_credential SET secret_data = NULL, secret_hint = NULL;
DELETE FROM ledger_token;
UPDATE ledger_connection
   SET state = 'paused'
 WHERE state NOT IN ('draft', 'paused');
UPDATE ledger_sync_job
   SET state = 'cancelled'
 WHERE state IN ('pending', 'running', 'waiting');
UPDATE ledger_exchange SET request_body = NULL, response_body = NULL;
UPDATE ledger_connection
   SET webhook_active = false, webhook_data = NULL, webhook_digest = NULL,
       webhook_count = 0, webhook_checked_at = NULL, webhook_error = NULL;
UPDATE ledger_event SET state = 'ignored' WHERE state = 'new';
