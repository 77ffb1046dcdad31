package oversell.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.Vector;
import java.util.concurrent.atomic.AtomicInteger;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** Objects of the JDK take monitors of their own, which code under test takes, too. */
public final class OwnMonitors {
  private OwnMonitors() {}

  /** Purchases read a list that is empty for a while, except under its monitor. */
  private abstract static class Emptied implements Inventory {
    final List<Integer> shelf;

    Emptied(int stock, List<Integer> shelf) {
      this.shelf = shelf;
      shelf.add(stock);
    }

    /** The shelf is empty for a while. */
    final Answer take(int units, Pause pause) throws InterruptedException {
      int seen = shelf.remove(0);
      pause.pause();
      boolean enough = seen >= units;
      shelf.add(enough ? seen - units : seen);
      return enough ? new Answer(units, seen - units) : Answer.refused(seen);
    }

    @Override
    public final int stock() {
      return shelf.stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** A sale by way of something that runs it once. */
  private abstract static class Run implements Inventory {
    int stock;

    Run(int stock) {
      this.stock = stock;
    }

    final Answer sold(int units) {
      int seen = stock;
      if (seen < units) {
        return Answer.refused(seen);
      }
      stock = seen - units;
      return new Answer(units, seen - units);
    }

    @Override
    public final int stock() {
      return stock;
    }
  }

  /** A vector is called as a list. */
  public static final class VectorAsAList {
    private VectorAsAList() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Emptied(stock, new Vector<>()) {
                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (shelf.get(0) < units) {
                      return Answer.refused(0);
                    }
                    synchronized (this) {
                      return take(units, pause);
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Emptied(stock, new Vector<>()) {
                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (shelf.get(0) < units) {
                      return Answer.refused(0);
                    }
                    synchronized (shelf) {
                      return take(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A stack is asked by a method that is not synchronized itself. */
  public static final class StackThatIsAsked {
    private StackThatIsAsked() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Emptied(stock, new Stack<>()) {
                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (((Stack<Integer>) shelf).empty()) {
                      throw new IllegalStateException();
                    }
                    synchronized (this) {
                      return take(units, pause);
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Emptied(stock, new Stack<>()) {
                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (((Stack<Integer>) shelf).empty()) {
                      throw new IllegalStateException();
                    }
                    synchronized (shelf) {
                      return take(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** A class inherits from a vector and calls what it overrides. */
  public static final class SubclassOfAVector {
    private SubclassOfAVector() {}

    private static final class Counted extends Vector<Integer> {
      private static final long serialVersionUID = 1L;

      @Override
      public Integer get(int index) {
        return super.get(index);
      }
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Emptied(stock, new Counted()) {
                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (shelf.get(0) < units) {
                      return Answer.refused(0);
                    }
                    synchronized (this) {
                      return take(units, pause);
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Emptied(stock, new Counted()) {
                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    if (shelf.get(0) < units) {
                      return Answer.refused(0);
                    }
                    synchronized (shelf) {
                      return take(units, pause);
                    }
                  }
                });
      }
    }
  }

  /** What an iterator calls back is in the monitor of the vector. */
  public static final class CalledBackByAnIterator {
    private CalledBackByAnIterator() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Run(stock) {
                  private final List<String> lock = new ArrayList<>(List.of("one"));

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = {Answer.refused(-1)};
                    lock.iterator().forEachRemaining(unused -> answer[0] = sold(units));
                    return answer[0];
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Run(stock) {
                  private final List<String> lock = new Vector<>(List.of("one"));

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = {Answer.refused(-1)};
                    lock.iterator().forEachRemaining(unused -> answer[0] = sold(units));
                    return answer[0];
                  }
                });
      }
    }
  }

  /** What a part of a vector calls back is in the monitor of the vector. */
  public static final class CalledBackByAPart {
    private CalledBackByAPart() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Run(stock) {
                  private final List<String> lock = new ArrayList<>(List.of("one"));

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = {Answer.refused(-1)};
                    lock.subList(0, 1).forEach(unused -> answer[0] = sold(units));
                    return answer[0];
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Run(stock) {
                  private final List<String> lock = new Vector<>(List.of("one"));

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = {Answer.refused(-1)};
                    lock.subList(0, 1).forEach(unused -> answer[0] = sold(units));
                    return answer[0];
                  }
                });
      }
    }
  }

  /** What a list calls back is in its monitor, or in none. */
  public static final class CalledBackByAVector {
    private CalledBackByAVector() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Run(stock) {
                  private final List<String> lock = new ArrayList<>(List.of("one"));

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = {Answer.refused(-1)};
                    lock.forEach(unused -> answer[0] = sold(units));
                    return answer[0];
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Run(stock) {
                  private final List<String> lock = new Vector<>(List.of("one"));

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = {Answer.refused(-1)};
                    lock.forEach(unused -> answer[0] = sold(units));
                    return answer[0];
                  }
                });
      }
    }
  }

  /** What a map calls back is in the monitor of the map. */
  public static final class CalledBackByASynchronizedMap {
    private CalledBackByASynchronizedMap() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Run(stock) {
                  private final Map<String, String> lock = new HashMap<>(Map.of("one", "two"));

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = {Answer.refused(-1)};
                    lock.forEach((key, value) -> answer[0] = sold(units));
                    return answer[0];
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Run(stock) {
                  private final Map<String, String> lock =
                      Collections.synchronizedMap(new HashMap<>(Map.of("one", "two")));

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = {Answer.refused(-1)};
                    lock.forEach((key, value) -> answer[0] = sold(units));
                    return answer[0];
                  }
                });
      }
    }
  }

  /** What the keys of a map call back is in the monitor of the map. */
  public static final class CalledBackByAView {
    private CalledBackByAView() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Run(stock) {
                  private final Map<String, String> lock =
                      Collections.synchronizedMap(new HashMap<>(Map.of("one", "two")));
                  private final AtomicInteger turns = new AtomicInteger();
                  private final Object other = lock.keySet();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = {Answer.refused(-1)};
                    if (turns.getAndIncrement() == 0) {
                      lock.keySet().forEach(key -> answer[0] = sold(units));
                      return answer[0];
                    }
                    synchronized (other) {
                      return sold(units);
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Run(stock) {
                  private final Map<String, String> lock =
                      Collections.synchronizedMap(new HashMap<>(Map.of("one", "two")));
                  private final AtomicInteger turns = new AtomicInteger();
                  private final Object other = lock;

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = {Answer.refused(-1)};
                    if (turns.getAndIncrement() == 0) {
                      lock.keySet().forEach(key -> answer[0] = sold(units));
                      return answer[0];
                    }
                    synchronized (other) {
                      return sold(units);
                    }
                  }
                });
      }
    }
  }

  /** A table computes in its monitor. */
  public static final class ComputedByATable {
    private ComputedByATable() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Run(stock) {
                  private final Map<String, Answer> lock = new HashMap<>();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = {Answer.refused(-1)};
                    Answer unused = lock.compute("one", (key, old) -> answer[0] = sold(units));
                    return answer[0];
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Run(stock) {
                  private final Map<String, Answer> lock = new Hashtable<>();

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = {Answer.refused(-1)};
                    Answer unused = lock.compute("one", (key, old) -> answer[0] = sold(units));
                    return answer[0];
                  }
                });
      }
    }
  }

  /** What a list calls back throws, and its monitor is free again. */
  public static final class CalledBackAndThrows {
    private CalledBackAndThrows() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Run(stock) {
                  private final List<String> lock = new ArrayList<>(List.of("one"));

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = {Answer.refused(-1)};
                    try {
                      lock.forEach(
                          unused -> {
                            answer[0] = sold(units);
                            throw new IllegalStateException();
                          });
                    } catch (IllegalStateException expected) {
                      return answer[0];
                    }
                    return Answer.refused(-1);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Run(stock) {
                  private final List<String> lock = new Vector<>(List.of("one"));

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    Answer[] answer = {Answer.refused(-1)};
                    try {
                      lock.forEach(
                          unused -> {
                            answer[0] = sold(units);
                            throw new IllegalStateException();
                          });
                    } catch (IllegalStateException expected) {
                      return answer[0];
                    }
                    return Answer.refused(-1);
                  }
                });
      }
    }
  }

  /** One of two monitors is that of a vector: all threads have to take them in the same order. */
  public static final class OppositeOrderWithAVector {
    private OppositeOrderWithAVector() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Run(stock) {
                  private final List<String> lock = new Vector<>();

                  private Answer twice(int units) {
                    synchronized (lock) {
                      synchronized (this) {
                        return sold(units);
                      }
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      if (lock.size() > 1) {
                        return Answer.refused(0);
                      }
                    }
                    return twice(units);
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Run(stock) {
                  private final List<String> lock = new Vector<>();

                  private Answer twice(int units) {
                    synchronized (this) {
                      synchronized (lock) {
                        return sold(units);
                      }
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    synchronized (this) {
                      if (lock.size() > 1) {
                        return Answer.refused(0);
                      }
                    }
                    return twice(units);
                  }
                });
      }
    }
  }

  /** A thread that waits in the monitor of a vector releases it. */
  public static final class SignalsOfAVector {
    private SignalsOfAVector() {}

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(
            stock ->
                new Run(stock) {
                  private final Vector<String> free = new Vector<>(List.of("one"));

                  private void get() throws InterruptedException {
                    synchronized (free) {
                      if (free.isEmpty()) {
                        free.wait();
                      }
                      if (!free.isEmpty()) {
                        free.remove(0);
                      }
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    get();
                    try {
                      return sold(units);
                    } finally {
                      synchronized (free) {
                        free.add("one");
                        free.notifyAll();
                      }
                    }
                  }
                });
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(
            stock ->
                new Run(stock) {
                  private final Vector<String> free = new Vector<>(List.of("one"));

                  private void get() throws InterruptedException {
                    synchronized (free) {
                      while (free.isEmpty()) {
                        free.wait();
                      }
                      free.remove(0);
                    }
                  }

                  @Override
                  public Answer purchase(int units, Pause pause) throws InterruptedException {
                    get();
                    try {
                      return sold(units);
                    } finally {
                      synchronized (free) {
                        free.add("one");
                        free.notifyAll();
                      }
                    }
                  }
                });
      }
    }
  }
}
