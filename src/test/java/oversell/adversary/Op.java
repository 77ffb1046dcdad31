package oversell.adversary;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One operation of a program.
 *
 * @param which of two things that are alike, 0 or 1
 * @param value a small number
 * @param body what is done inside; empty if it has no inside
 */
record Op(Kind kind, int which, int value, List<Op> body) {
  Op {
    body = List.copyOf(body);
  }

  /** It and all that is inside. */
  Stream<Op> all() {
    return Stream.concat(Stream.of(this), body.stream().flatMap(Op::all));
  }

  /** Every list of operations that is one step smaller than a list. */
  static List<List<Op>> smaller(List<Op> ops) {
    List<List<Op>> smaller = new ArrayList<>();
    for (int i = 0; i < ops.size(); i++) {
      Op op = ops.get(i);
      smaller.add(with(ops, i, List.of()));
      if (!op.body.isEmpty()) {
        smaller.add(with(ops, i, op.body));
        for (List<Op> body : smaller(op.body)) {
          smaller.add(with(ops, i, List.of(new Op(op.kind, op.which, op.value, body))));
        }
      }
      if (op.which != 0) {
        smaller.add(with(ops, i, List.of(new Op(op.kind, 0, op.value, op.body))));
      }
      if (op.value != 1) {
        smaller.add(with(ops, i, List.of(new Op(op.kind, op.which, 1, op.body))));
      }
    }
    return smaller;
  }

  private static List<Op> with(List<Op> ops, int at, List<Op> instead) {
    List<Op> changed = new ArrayList<>(ops);
    changed.remove(at);
    changed.addAll(at, instead);
    return changed;
  }
}
