// All money of a shop in PostgreSQL counted again, as every test that has been hard on it ends.

/** Accounts that are not what their entries say, and accounts that are not what their orders say. */
export const UNEVEN = `
  SELECT account FROM accounts
  LEFT JOIN (
    SELECT account,
      sum(CASE kind WHEN 'transfer-out' THEN -amount WHEN 'deposit' THEN amount WHEN 'correction' THEN amount
        WHEN 'transfer-in' THEN amount ELSE 0 END) AS put,
      sum(CASE kind WHEN 'hold' THEN amount WHEN 'release' THEN -amount WHEN 'capture' THEN -amount ELSE 0 END) AS held,
      sum(CASE kind WHEN 'capture' THEN amount ELSE 0 END) AS taken
    FROM entries GROUP BY account
  ) AS told USING (account)
  WHERE account <> 'shop'
    AND (accounts.put, accounts.held, accounts.taken)
      IS DISTINCT FROM (coalesce(told.put, 0), coalesce(told.held, 0), coalesce(told.taken, 0))
  UNION ALL
  SELECT account FROM accounts
  LEFT JOIN (
    SELECT account,
      sum((record->'order'->>'price')::bigint) FILTER (WHERE settled_at IS NULL) AS held,
      sum((record->'order'->>'price')::bigint) FILTER (WHERE state = 'fulfilled') AS taken
    FROM orders GROUP BY account
  ) AS told USING (account)
  WHERE (accounts.held, accounts.taken) IS DISTINCT FROM (coalesce(told.held, 0), coalesce(told.taken, 0))`;
