package oversell.adversary;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What a drawn program may use. */
enum Feature {
  FIELDS,
  VOLATILES,
  ARRAYS,
  STATICS,
  STATICS_KEPT,
  STATIC_REFERENCES,
  INITIALISERS,
  CONSTRUCTORS,
  LEAKS,
  RECORDS,
  RECORDS_OF_LISTS,
  LAMBDAS,
  LISTS,
  ITERATORS,
  COPIES,
  ARRAY_COPIES,
  MAPS,
  DEQUES,
  CONCURRENT_MAPS,
  CALLBACKS,
  ATOMICS,
  ATOMIC_ARRAYS,
  SUPERTYPES,
  VAR_HANDLES,
  UPDATERS,
  BUILDERS,
  CONCATENATION,
  CONCATENATION_OF_TWO,
  MONITORS,
  WAITS,
  LOCKS,
  CONDITIONS,
  SEMAPHORES,
  THREADS;

  /** Those of a text such as {@code "FIELDS,LOCKS"}, {@code "all"} or {@code "sound,LEAKS"}. */
  static Set<Feature> parse(String text, Set<Feature> sound) {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    for (String name : text.split(",")) {
      switch (name) {
        case "all" -> features.addAll(Arrays.asList(values()));
        case "sound" -> features.addAll(sound);
        default -> {
          if (name.startsWith("-")) {
            features.remove(valueOf(name.substring(1)));
          } else {
            features.add(valueOf(name));
          }
        }
      }
    }
    return features;
  }
}
