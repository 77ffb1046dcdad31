package oversell.store;

/**
 * What a buyer wants.
 *
 * @param key the same in every attempt, and no other purchase has it: the ledger's primary key
 * @param article the row of the stock
 * @param units how many; all or none
 */
record Purchase(String key, long article, int units) {}
