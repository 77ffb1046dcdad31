package oversell.report.table;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import oversell.lab.fork.Message;
import oversell.store.Audit;

/**
 * What the stores of a row said, and what their books did; empty if its stock was in memory.
 *
 * @param stores one a fork that opened its store
 * @param audited one a counted trial
 * @param shared one a counted trial, if JVMs of several machines could sell in it
 */
public record StoredRow(
    List<Message.StoreOpened> stores,
    List<Message.StoreAudited> audited,
    List<Message.SaleShared> shared) {
  /** Copies its lists. */
  public StoredRow {
    stores = List.copyOf(stores);
    audited = List.copyOf(audited);
    shared = List.copyOf(shared);
  }

  /** That of a stock in memory. */
  public static StoredRow none() {
    return new StoredRow(List.of(), List.of(), List.of());
  }

  /** What the store is; that of the first fork, since all forks of a row open the same. */
  Optional<Message.StoreOpened> store() {
    return stores.stream().findFirst();
  }

  /** The trials whose books meet a condition. */
  public long count(Predicate<Audit> isSo) {
    return audits().filter(isSo).count();
  }

  /** The books of the counted trials. */
  Stream<Audit> audits() {
    return audited.stream().map(Message.StoreAudited::audit);
  }

  /** How often a process was killed, over all trials. */
  int kills() {
    return audited.stream().mapToInt(Message.StoreAudited::kills).sum();
  }

  /** How many JVMs that had joined sold in a trial, at most; empty if none could. */
  Optional<Integer> joined() {
    return shared.stream().map(Message.SaleShared::joined).max(Integer::compare);
  }

  /** How many JVMs took a share of a sale and never reported; empty if no sale was shared. */
  Optional<Integer> lost() {
    return shared.stream().map(Message.SaleShared::lost).reduce(Integer::sum);
  }

  /** A figure over all trials; empty if nothing was audited. */
  Optional<Long> sum(ToLongFunction<Audit> figure) {
    return audited.isEmpty() ? Optional.empty() : Optional.of(audits().mapToLong(figure).sum());
  }
}
