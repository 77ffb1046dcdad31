package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.explored;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Scenario;

/** Readers, loggers and publishers by which nothing comes from outside. */
class ReadersTest {
  private static final String QUIET = "readers.quiet";
  private static final Logger WRITES_NOWHERE = Logger.getLogger(QUIET);

  @BeforeAll
  static void writeNowhere() {
    WRITES_NOWHERE.setUseParentHandlers(false);
  }

  /** Two threads that sell, each of which does something else before. */
  abstract static class Sells implements Scenario<Integer> {
    private int stock = 2;

    abstract int units() throws IOException;

    void sell() {
      try {
        stock -= units();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }

    final int stock() {
      return stock;
    }

    @Override
    public Integer run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(this::sell);
      sell();
      other.join();
      return stock;
    }
  }

  static class ByAReader extends Sells {
    @Override
    int units() throws IOException {
      try (BufferedReader reader = new BufferedReader(new StringReader("1\n2"))) {
        return Integer.parseInt(reader.readLine());
      }
    }
  }

  static class ByAScanner extends Sells {
    @Override
    int units() {
      try (Scanner scanner = new Scanner("1 2")) {
        return scanner.nextInt();
      }
    }
  }

  static class ByAStream extends Sells {
    @Override
    int units() throws IOException {
      try (DataInputStream stream = new DataInputStream(new ByteArrayInputStream(new byte[] {1}))) {
        return stream.readByte();
      }
    }
  }

  static class WithALogger extends Sells {
    private static final Logger LOG = Logger.getLogger("readers");

    @Override
    int units() {
      LOG.fine(() -> "left " + stock());
      LOG.log(Level.FINER, "sells {0}", 1);
      return 1;
    }
  }

  static class WithALoggerOfTheSystem extends Sells {
    private static final System.Logger LOG = System.getLogger("readers");

    @Override
    int units() {
      LOG.log(System.Logger.Level.TRACE, () -> "left " + stock());
      return 1;
    }
  }

  static class ByASubscription extends Sells {
    private final List<Flow.Subscriber<? super Integer>> all = new CopyOnWriteArrayList<>();
    private final Flow.Publisher<Integer> publisher = all::add;
    private int units;

    ByASubscription() {
      publisher.subscribe(
          new Flow.Subscriber<Integer>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {}

            @Override
            public void onNext(Integer item) {
              units = item;
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
          });
    }

    @Override
    int units() {
      all.forEach(one -> one.onNext(1));
      return units;
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ByAReader.class,
        ByAScanner.class,
        ByAStream.class,
        WithALogger.class,
        WithALoggerOfTheSystem.class,
        ByASubscription.class
      })
  void whatComesFromNothingOutsideIsUnderControl(Class<? extends Sells> scenario) {
    assertThat(explored(scenario).uncontrolled()).isEmpty();
    assertThat(explored(scenario).outcomes()).containsOnlyKeys(0, 1);
  }

  /** A logger that writes what it is given runs code of it. */
  static class SellsForALogger extends Sells {
    private static final Logger LOG = Logger.getLogger(QUIET);

    private String taken() {
      super.sell();
      return "sold";
    }

    @Override
    void sell() {
      LOG.log(Level.OFF, this::taken);
    }

    @Override
    int units() {
      return 1;
    }
  }

  @Test
  void whatALoggerIsGivenIsRunByIt() {
    assertThat(explored(SellsForALogger.class).outcomes()).containsOnlyKeys(0, 1);
  }

  static class ByWhoeverTypes extends Sells {
    @Override
    int units() throws IOException {
      return System.in.read();
    }
  }

  @Test
  void whatSomebodyTypesIsNotUnderControl() {
    assertThat(explored(ByWhoeverTypes.class).uncontrolled())
        .singleElement()
        .asString()
        .contains("System.in");
  }
}
