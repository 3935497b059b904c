-- There is no test address: a copy that gets keys again opens nothing before a person
-- has entered one.
UPDATE ledger_credential
   SET environment = 'custom', custom_url = NULL
 WHERE system = 'smartaccounts';
