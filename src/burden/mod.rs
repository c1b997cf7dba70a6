//! Compliance cost of a procedure (standard cost model), with volumes, before and after.
