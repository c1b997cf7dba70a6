//! Claims → verdicts; one file a check; the ledger.
