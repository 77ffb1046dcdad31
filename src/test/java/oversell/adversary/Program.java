package oversell.adversary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a sale does.
 *
 * @param buyers what each of them does
 * @param initialisers what the two holder classes do when they are initialised
 * @param inherits whether the second of them extends the first
 */
record Program(List<List<Op>> buyers, List<List<Op>> initialisers, boolean inherits) {
  Program {
    buyers = buyers.stream().map(List::copyOf).toList();
    initialisers = initialisers.stream().map(List::copyOf).toList();
  }

  /** All operations, those of the holder classes only if they are used. */
  Stream<Op> all() {
    List<Op> ops = buyers.stream().flatMap(List::stream).flatMap(Op::all).toList();
    boolean holders = ops.stream().anyMatch(op -> op.kind().things.contains(Thing.HOLDERS));
    return holders
        ? Stream.concat(ops.stream(), initialisers.stream().flatMap(List::stream).flatMap(Op::all))
        : ops.stream();
  }

  Set<Thing> things() {
    Set<Thing> things = EnumSet.noneOf(Thing.class);
    all().map(op -> op.kind().things).forEach(things::addAll);
    return things;
  }

  Set<Feature> features() {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    all().map(op -> op.kind().feature).forEach(features::add);
    return features;
  }

  /** Whether every execution needs its classes as they are when first loaded. */
  boolean keepsStatics() {
    return things().stream().anyMatch(thing -> thing == Thing.HOLDERS || thing == Thing.KEPT);
  }

  /** Programs that are one step smaller. */
  List<Program> smaller() {
    List<Program> smaller = new ArrayList<>();
    if (buyers.size() > 1) {
      for (int i = 0; i < buyers.size(); i++) {
        List<List<Op>> fewer = new ArrayList<>(buyers);
        fewer.remove(i);
        smaller.add(new Program(fewer, initialisers, inherits));
      }
    }
    for (List<List<Op>> other : smallerIn(buyers)) {
      smaller.add(new Program(other, initialisers, inherits));
    }
    for (List<List<Op>> other : smallerIn(initialisers)) {
      smaller.add(new Program(buyers, other, inherits));
    }
    if (inherits) {
      smaller.add(new Program(buyers, initialisers, false));
    }
    return smaller;
  }

  private static Collection<List<List<Op>>> smallerIn(List<List<Op>> lists) {
    List<List<List<Op>>> smaller = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      for (List<Op> one : Op.smaller(lists.get(i))) {
        List<List<Op>> changed = new ArrayList<>(lists);
        changed.set(i, one);
        smaller.add(changed);
      }
    }
    return smaller;
  }
}
