-- A copy that gets keys again opens test books, not the real ones.
UPDATE ledger_credential
   SET environment = 'test'
 WHERE system = 'procountor' AND environment = 'production';
