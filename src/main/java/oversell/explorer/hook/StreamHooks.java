package oversell.explorer.hook;

import java.util.Collection;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import java.util.stream.StreamSupport;

/**
 * What woven classes call to make a stream parallel: see {@link ParallelStream}. What they return
 * is a stream of the kind that was to be made.
 */
public final class StreamHooks {
  private StreamHooks() {}

  public static Object parallelStream(Object collection, int site) {
    Collection<?> asked = (Collection<?>) Objects.requireNonNull(collection);
    Hooks.callAnything(site);
    try {
      return ParallelStream.of(asked.parallelStream(), site);
    } finally {
      Hooks.left();
    }
  }

  public static Object parallel(Object stream, int site) {
    BaseStream<?, ?> asked = (BaseStream<?, ?>) Objects.requireNonNull(stream);
    return ParallelStream.of(asked.parallel(), site);
  }

  public static Object stream(Spliterator<?> source, boolean parallel, int site) {
    return derived(ParallelStream.of(StreamSupport.stream(source, parallel), site), source);
  }

  public static Object stream(
      Supplier<? extends Spliterator<Object>> source,
      int characteristics,
      boolean parallel,
      int site) {
    return ParallelStream.of(StreamSupport.stream(source, characteristics, parallel), site);
  }

  public static Object intStream(Spliterator.OfInt source, boolean parallel, int site) {
    return derived(ParallelStream.of(StreamSupport.intStream(source, parallel), site), source);
  }

  public static Object intStream(
      Supplier<? extends Spliterator.OfInt> source,
      int characteristics,
      boolean parallel,
      int site) {
    return ParallelStream.of(StreamSupport.intStream(source, characteristics, parallel), site);
  }

  public static Object longStream(Spliterator.OfLong source, boolean parallel, int site) {
    return derived(ParallelStream.of(StreamSupport.longStream(source, parallel), site), source);
  }

  public static Object longStream(
      Supplier<? extends Spliterator.OfLong> source,
      int characteristics,
      boolean parallel,
      int site) {
    return ParallelStream.of(StreamSupport.longStream(source, characteristics, parallel), site);
  }

  public static Object doubleStream(Spliterator.OfDouble source, boolean parallel, int site) {
    return derived(ParallelStream.of(StreamSupport.doubleStream(source, parallel), site), source);
  }

  public static Object doubleStream(
      Supplier<? extends Spliterator.OfDouble> source,
      int characteristics,
      boolean parallel,
      int site) {
    return ParallelStream.of(StreamSupport.doubleStream(source, characteristics, parallel), site);
  }

  private static Object derived(Object stream, Object source) {
    Hooks.derived(stream, source);
    return stream;
  }
}
