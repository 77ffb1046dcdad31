package oversell.store;

/**
 * What a store is, as it says itself.
 *
 * @param version product and version
 * @param settings its default isolation level, and whether it waits for the disk
 * @param durable whether what it has acknowledged survives its crash
 */
public record StoreFacts(String version, String settings, boolean durable) {}
