package oversell.store;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the buyers of one article know of their purchases.
 *
 * @param acked the keys of those that they were told they made
 * @param inDoubt the keys of those that got no answer, from the store or from their JVM
 * @param found the keys of those in doubt that were in the ledger already when their buyer tried
 *     again
 * @param retries transactions that were run again
 * @param errors how many were rolled back for the sake of others, by SQLSTATE, and how many never
 *     began: {@value #NO_CONNECTION}
 */
public record ClientBooks(
    List<String> acked,
    List<String> inDoubt,
    List<String> found,
    long retries,
    Map<String, Long> errors) {
  /** The pool had no connection to give within a buyer's patience. */
  static final String NO_CONNECTION = "no connection";

  /** Copies its lists and its map. */
  public ClientBooks {
    acked = List.copyOf(acked);
    inDoubt = List.copyOf(inDoubt);
    found = List.copyOf(found);
    errors = Map.copyOf(errors);
  }

  /** What those know who have only heard whether they have bought, if they have heard it. */
  public static ClientBooks heard(List<String> acked, List<String> inDoubt) {
    return new ClientBooks(acked, inDoubt, List.of(), 0, Map.of());
  }

  /** The books of two JVMs in one. */
  ClientBooks plus(ClientBooks other) {
    return new ClientBooks(
        Stream.concat(acked.stream(), other.acked.stream()).toList(),
        Stream.concat(inDoubt.stream(), other.inDoubt.stream()).toList(),
        Stream.concat(found.stream(), other.found.stream()).toList(),
        retries + other.retries,
        sum(errors, other.errors));
  }

  /** Both counts of each error. */
  static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> both = new TreeMap<>(one);
    other.forEach((error, times) -> both.merge(error, times, Long::sum));
    return both;
  }

  /** Holds the ledger against what buyers know. */
  Audit against(Set<String> ledger, long start, long left, long sold, long reserved) {
    Set<String> known = new HashSet<>(acked);
    known.addAll(inDoubt);
    return new Audit(
        start,
        left,
        sold,
        reserved,
        acked.size(),
        missing(acked, ledger),
        inDoubt.size(),
        inDoubtCommitted(ledger),
        missing(ledger, known),
        soldTwice(ledger),
        retries,
        errors);
  }

  /** How many in doubt had been made before their buyers tried again with the same key. */
  private int inDoubtCommitted(Set<String> ledger) {
    Set<String> before = new HashSet<>(found);
    Set<String> told = new HashSet<>(acked);
    return (int)
        inDoubt.stream()
            .filter(key -> before.contains(key) || (ledger.contains(key) && !told.contains(key)))
            .count();
  }

  private static int soldTwice(Set<String> ledger) {
    Set<String> first = ledger.stream().map(Purchase::firstKey).collect(Collectors.toSet());
    return ledger.size() - first.size();
  }

  private static int missing(Collection<String> keys, Set<String> in) {
    return (int) keys.stream().filter(key -> !in.contains(key)).count();
  }

  /** The books while buyers write them. */
  static final class Open {
    private final Queue<String> acked = new ConcurrentLinkedQueue<>();
    private final Queue<String> inDoubt = new ConcurrentLinkedQueue<>();
    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final Consumer<String> told;

    /**
     * Empty ones.
     *
     * @param told is given the key of each purchase before it counts as acknowledged
     */
    Open(Consumer<String> told) {
      this.told = told;
    }

    void acked(Purchase purchase) {
      told.accept(purchase.key());
      acked.add(purchase.key());
    }

    void inDoubt(Purchase purchase) {
      inDoubt.add(purchase.key());
    }

    void found(Purchase purchase) {
      found.add(purchase.key());
    }

    ClientBooks close(long retries, Map<String, Long> errors) {
      return new ClientBooks(
          List.copyOf(acked), List.copyOf(inDoubt), List.copyOf(found), retries, errors);
    }
  }
}
