package oversell.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/**
 * A store behind a guard as a JVM sees it that sells from articles which another one has made. Used
 * by one thread, between sales.
 */
public final class JoinedStore implements InventoryProvider {
  private final Store store;
  private final String guard;
  private final String process;
  private final Consumer<String> told;
  private List<StoredInventory> articles = List.of();
  private Iterator<? extends Inventory> next = articles.iterator();

  /**
   * With a store that another JVM has made the tables of.
   *
   * @param guard the name of one
   * @param process tells this JVM from the others, or its buyers from all others; 1 or more
   * @param told is given the key of each purchase when its buyer is told that it was made
   */
  public JoinedStore(Store store, String guard, int process, Consumer<String> told) {
    this.store = store;
    this.guard = guard;
    this.process = Integer.toString(process);
    this.told = told;
  }

  private StoredInventory inventory(long article, Customers customers, Incident incident) {
    return new StoredInventory(store, Guards.of(guard), article, customers, incident);
  }

  @Override
  public String name() {
    return guard;
  }

  /**
   * Takes the next articles, each with a guard of this JVM's own.
   *
   * @param incident happens in the sale of each
   */
  public void next(List<Long> numbers, Incident incident) {
    articles =
        numbers.stream()
            .map(article -> inventory(article, Customers.fresh(article, process, told), incident))
            .toList();
    next = articles.iterator();
  }

  /**
   * Takes the next articles, for those who got no answer from another JVM. They are sold as if they
   * were one article: there may be more of these buyers for some than for others.
   *
   * @param keys of their purchases, for each article
   * @param unanswered what they do
   */
  public void next(List<Long> numbers, List<List<String>> keys, Incident.Unanswered unanswered) {
    articles =
        IntStream.range(0, numbers.size())
            .mapToObj(
                i ->
                    inventory(
                        numbers.get(i),
                        Customers.unanswered(keys.get(i), told),
                        Incident.over(unanswered)))
            .toList();
    List<StoredInventory> wanted = new ArrayList<>();
    for (int i = 0; i < articles.size(); i++) {
      for (int buyer = 0; buyer < keys.get(i).size(); buyer++) {
        wanted.add(articles.get(i));
      }
    }
    next = List.of(new Together(articles, new ConcurrentLinkedQueue<>(wanted))).iterator();
  }

  /**
   * Several articles as one.
   *
   * @param all of them
   * @param wanted what each buyer wants that comes next
   */
  private record Together(List<StoredInventory> all, Queue<StoredInventory> wanted)
      implements Inventory {
    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      return wanted.remove().purchase(units, pause);
    }

    @Override
    public int stock() {
      return all.stream().mapToInt(StoredInventory::stock).sum();
    }
  }

  /**
   * The keys of all who come to a JVM for an article.
   *
   * @param process its number
   */
  public static List<String> keys(long article, int process, int customers) {
    return Customers.keys(article, Integer.toString(process), customers);
  }

  /** The next of the articles, with those who come for it. */
  @Override
  public Inventory create(int stock) {
    return next.next();
  }

  /** What the buyers of this JVM know of each article. */
  public List<ClientBooks> books() {
    return articles.stream().map(StoredInventory::books).toList();
  }
}
