package oversell.adversary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import oversell.adversary.Thing.Entries;
import oversell.adversary.Thing.Items;

/**
 * What an operation can be: its Java beside what the interpreter does. In the Java, {@code <x|y>}
 * is one of the two things that the operation may be about, {@code $v} its value, <code>{{…}}
 * </code> makes an int part of what the thread saw, {@code $B} is its body, {@code $n} a number of
 * its own.
 */
@SuppressWarnings("unchecked")
enum Kind {
  READ(
      Feature.FIELDS,
      "{{<a|b>}}",
      (c, op) -> {
        c.read(op.which() == 0 ? "a" : "b");
        c.see();
      },
      Thing.FIELDS),
  WRITE(
      Feature.FIELDS,
      "<a|b> = $v;",
      (c, op) -> c.write(op.which() == 0 ? "a" : "b", op.value()),
      Thing.FIELDS),
  ADD(
      Feature.FIELDS,
      "<a|b> += $v;",
      (c, op) -> add(c, op.which() == 0 ? "a" : "b", op.value()),
      Thing.FIELDS),
  CHECK_THEN_ACT(
      Feature.FIELDS,
      "if (<a|b> >= 0) { <a|b> -= $v; {{1}} }",
      (c, op) -> {
        String name = op.which() == 0 ? "a" : "b";
        Code.Label end = new Code.Label();
        c.read(name);
        c.jumpUnless(value -> (int) value >= 0, end);
        add(c, name, -op.value());
        c.see(1);
        c.place(end);
      },
      Thing.FIELDS),
  COPY(
      Feature.FIELDS,
      "<a = b|b = a>;",
      (c, op) -> {
        c.read(op.which() == 0 ? "b" : "a");
        c.writeHeld(op.which() == 0 ? "a" : "b", value -> value);
      },
      Thing.FIELDS),
  READ_VOLATILE(
      Feature.VOLATILES,
      "{{v}}",
      (c, op) -> {
        c.read("v");
        c.see();
      },
      Thing.VOLATILE),
  WRITE_VOLATILE(Feature.VOLATILES, "v = $v;", (c, op) -> c.write("v", op.value()), Thing.VOLATILE),
  ADD_VOLATILE(Feature.VOLATILES, "v += $v;", (c, op) -> add(c, "v", op.value()), Thing.VOLATILE),
  READ_ELEMENT(
      Feature.ARRAYS,
      "{{e[$w]}}",
      (c, op) -> {
        c.read("e" + op.which());
        c.see();
      },
      Thing.ELEMENTS),
  WRITE_ELEMENT(
      Feature.ARRAYS,
      "e[$w] = $v;",
      (c, op) -> c.write("e" + op.which(), op.value()),
      Thing.ELEMENTS),
  ADD_ELEMENT(
      Feature.ARRAYS,
      "e[$w] += $v;",
      (c, op) -> add(c, "e" + op.which(), op.value()),
      Thing.ELEMENTS),
  READ_WHERE(
      Feature.ARRAYS,
      "{{e[<a|b> & 1]}}",
      (c, op) -> {
        c.read(op.which() == 0 ? "a" : "b");
        int first = c.slot("e0");
        int second = c.slot("e1");
        c.step(
            "read e[...]",
            (s, me) -> s.held[me] = s.memory[(s.held(me) & 1) == 0 ? first : second]);
        c.see();
      },
      Thing.ELEMENTS,
      Thing.FIELDS),
  WRITE_REFERENCE(
      Feature.ARRAYS,
      "x[$w] = $v;",
      (c, op) -> c.write("x" + op.which(), op.value()),
      Thing.REFERENCES),
  READ_STATIC(
      Feature.STATICS,
      "{{<s|sv>}}",
      (c, op) -> {
        c.read(op.which() == 0 ? "s" : "sv");
        c.see();
      },
      Thing.STATICS),
  WRITE_STATIC(
      Feature.STATICS,
      "<s|sv> = $v;",
      (c, op) -> c.write(op.which() == 0 ? "s" : "sv", op.value()),
      Thing.STATICS),
  ADD_STATIC(
      Feature.STATICS,
      "<s|sv> += $v;",
      (c, op) -> add(c, op.which() == 0 ? "s" : "sv", op.value()),
      Thing.STATICS),
  SYNCHRONIZE_CLASS(
      Feature.STATICS,
      "synchronized (P.class) { $B }",
      (c, op) -> {
        c.enter("class");
        c.ops(op.body());
        c.exit("class");
      },
      Thing.CLASS),
  READ_KEPT(
      Feature.STATICS_KEPT,
      "{{k}}",
      (c, op) -> {
        c.read("k");
        c.see();
      },
      Thing.KEPT),
  ADD_KEPT(Feature.STATICS_KEPT, "k += $v;", (c, op) -> add(c, "k", op.value()), Thing.KEPT),
  COUNT_KEPT(
      Feature.STATICS_KEPT,
      "{{KC.incrementAndGet()}}",
      (c, op) -> {
        c.call("KC", n -> (int) n + 1, n -> (int) n + 1);
        c.see();
      },
      Thing.KEPT),
  PUT_KEPT(
      Feature.STATICS_KEPT,
      "{{num(KM.putIfAbsent($w, $v))}}",
      (c, op) -> {
        putIfAbsent(c, "KM", op);
        c.see();
      },
      Thing.KEPT),
  COUNT_BY_REFERENCE(
      Feature.STATIC_REFERENCES,
      "{{KS.getAsInt()}}",
      (c, op) -> {
        c.call("KC", n -> (int) n + 1, n -> (int) n + 1);
        c.see();
      },
      Thing.KEPT),
  READ_HOLDER(
      Feature.INITIALISERS,
      "{{<H0|H1>.x}}",
      (c, op) -> {
        c.use(op.which());
        c.read("H" + op.which() + ".x");
        c.see();
      },
      Thing.HOLDERS),
  WRITE_HOLDER(
      Feature.INITIALISERS,
      "<H0|H1>.x = $v;",
      (c, op) -> {
        c.use(op.which());
        c.write("H" + op.which() + ".x", op.value());
      },
      Thing.HOLDERS),
  CALL_HOLDER(
      Feature.INITIALISERS,
      "{{<H0|H1>.get()}}",
      (c, op) -> {
        c.use(op.which());
        c.read("H" + op.which() + ".x");
        c.see();
      },
      Thing.HOLDERS),
  MAKE_HOLDER(Feature.INITIALISERS, "new <H0|H1>();", (c, op) -> c.use(op.which()), Thing.HOLDERS),
  NEW(
      Feature.CONSTRUCTORS,
      "r = new Box($v);",
      (c, op) -> c.write("r", box(c, op.value(), op.value() + 1, -5)),
      Thing.BOX,
      Thing.REFERENCE),
  READ_BOX(
      Feature.CONSTRUCTORS,
      "{ Box b$n = r; {{b$n == null ? -1 : 31 * b$n.p + b$n.q}} }",
      (c, op) -> {
        Code.Label none = new Code.Label();
        c.read("r");
        c.local((s, me) -> s.aside[me] = s.held[me]);
        c.jumpUnless(box -> (int) box >= 0, none);
        readOfBox(c, "p");
        c.local(
            (s, me) -> {
              int p = s.held(me);
              s.held[me] = s.aside[me];
              s.aside[me] = p;
            });
        readOfBox(c, "q");
        c.local((s, me) -> s.held[me] = 31 * (int) s.aside[me] + s.held(me));
        c.place(none);
        c.local((s, me) -> s.aside[me] = null);
        c.see();
      },
      Thing.BOX,
      Thing.REFERENCE),
  WRITE_BOX(
      Feature.CONSTRUCTORS,
      "{ Box b$n = r; if (b$n != null) { b$n.<p|q> = $v; } }",
      (c, op) -> {
        Code.Label none = new Code.Label();
        c.read("r");
        c.jumpUnless(box -> (int) box >= 0, none);
        String part = op.which() == 0 ? ".p" : ".q";
        c.step(
            "write of box",
            (s, me) -> s.memory[c.layout.slots.get("box" + s.held[me] + part)] = op.value());
        c.place(none);
      },
      Thing.BOX,
      Thing.REFERENCE),
  CHECK_TWICE(
      Feature.CONSTRUCTORS,
      "if (r == null) { synchronized (m) { if (r == null) { r = new Box($v); {{1}} } } }",
      (c, op) -> {
        Code.Label end = new Code.Label();
        Code.Label exit = new Code.Label();
        c.read("r");
        c.jumpUnless(box -> (int) box < 0, end);
        c.enter("m");
        c.read("r");
        c.jumpUnless(box -> (int) box < 0, exit);
        c.write("r", box(c, op.value(), op.value() + 1, -5));
        c.see(1);
        c.place(exit);
        c.exit("m");
        c.place(end);
      },
      Thing.BOX,
      Thing.REFERENCE,
      Thing.MONITORS),
  LEAK(
      Feature.LEAKS,
      "new <Leaky|LeakyBefore>(this, $v);",
      (c, op) -> {
        int box = box(c, 0, 0, -5);
        c.write("r", box);
        c.write("box" + box + ".p", op.value());
        c.read("box" + box + ".p");
        c.writeHeld("box" + box + ".q", p -> (int) p + op.value());
      },
      Thing.BOX,
      Thing.LEAKY,
      Thing.REFERENCE),
  LEAK_BEFORE_FINAL(
      Feature.LEAKS,
      "new LeakyFinal(this, $v);",
      (c, op) -> {
        int box = box(c, 0, 0, 0);
        c.write("r", box);
        c.write("box" + box + ".f", op.value());
      },
      Thing.BOX,
      Thing.LEAKY,
      Thing.REFERENCE),
  READ_FINAL(
      Feature.LEAKS,
      "{ Box b$n = r; {{b$n == null ? -1 : b$n.f()}} }",
      (c, op) -> {
        Code.Label none = new Code.Label();
        c.read("r");
        c.jumpUnless(box -> (int) box >= 0, none);
        readOfBox(c, "f");
        c.place(none);
        c.see();
      },
      Thing.BOX,
      Thing.LEAKY,
      Thing.REFERENCE),
  WRITE_FIXED(
      Feature.RECORDS,
      "fixed.<p|q> = $v;",
      (c, op) -> c.write(op.which() == 0 ? "fixed.p" : "fixed.q", op.value()),
      Thing.BOX,
      Thing.FIXED),
  HASH_RECORD(
      Feature.RECORDS,
      "{{rob.hashCode()}}",
      (c, op) -> {
        readTwo(c, "fixed.p", "fixed.q", (p, q) -> 31 * (int) p + (int) q);
        c.see();
      },
      Thing.BOX,
      Thing.FIXED,
      Thing.RECORDS_OF_BOXES),
  TEXT_OF_RECORD(
      Feature.RECORDS,
      "{{rob.toString().hashCode()}}",
      (c, op) -> {
        readTwo(c, "fixed.p", "fixed.q", (p, q) -> ("Rob[b=" + p + "," + q + "]").hashCode());
        c.see();
      },
      Thing.BOX,
      Thing.FIXED,
      Thing.RECORDS_OF_BOXES),
  EQUAL_RECORDS(
      Feature.RECORDS,
      "{{<rob.equals(rob2)|rob.equals(new Rob(other))> ? 1 : 0}}",
      (c, op) -> {
        Code.Label end = new Code.Label();
        readTwo(c, "fixed.p", "other.p", (p, q) -> p.equals(q) ? 1 : 0);
        c.jumpUnless(equal -> (int) equal == 1, end);
        readTwo(c, "fixed.q", "other.q", (p, q) -> p.equals(q) ? 1 : 0);
        c.place(end);
        c.see();
      },
      Thing.BOX,
      Thing.FIXED,
      Thing.RECORDS_OF_BOXES),
  HASH_RECORD_OF_LIST(
      Feature.RECORDS_OF_LISTS,
      "{{<rec|rec2>.hashCode()}}",
      (c, op) -> {
        c.ask(op.which() == 0 ? "list" : "list2", list -> ((Items) list).items().hashCode());
        c.see();
      },
      Thing.LIST,
      Thing.RECORDS_OF_LISTS),
  TEXT_OF_RECORD_OF_LIST(
      Feature.RECORDS_OF_LISTS,
      "{{<rec|rec2>.toString().length()}}",
      (c, op) -> {
        c.ask(
            op.which() == 0 ? "list" : "list2",
            list -> ("Rec[l=" + ((Items) list).items() + "]").length());
        c.see();
      },
      Thing.LIST,
      Thing.RECORDS_OF_LISTS),
  EQUAL_RECORDS_OF_LISTS(
      Feature.RECORDS_OF_LISTS,
      "{{rec.equals(rec2) ? 1 : 0}}",
      (c, op) -> {
        int one = c.slot("list");
        int two = c.slot("list2");
        c.step(
            "compare",
            (s, me) ->
                s.held[me] =
                    ((Items) s.memory[one]).items().equals(((Items) s.memory[two]).items())
                        ? 1
                        : 0);
        c.see();
      },
      Thing.LIST,
      Thing.RECORDS_OF_LISTS),
  READ_IN_LAMBDA(
      Feature.LAMBDAS,
      "{ int k$n = $v; IntSupplier f$n = () -> <a|b> + k$n; {{f$n.getAsInt()}} }",
      (c, op) -> {
        c.read(op.which() == 0 ? "a" : "b");
        c.compute(value -> (int) value + op.value());
        c.see();
      },
      Thing.FIELDS),
  WRITE_IN_LAMBDA(
      Feature.LAMBDAS,
      "{ Runnable f$n = () -> <a|b> = $v; f$n.run(); }",
      (c, op) -> c.write(op.which() == 0 ? "a" : "b", op.value()),
      Thing.FIELDS),
  READ_BY_REFERENCE(
      Feature.LAMBDAS,
      "{ IntSupplier f$n = P.this::<getA|getB>; {{f$n.getAsInt()}} }",
      (c, op) -> {
        c.read(op.which() == 0 ? "a" : "b");
        c.see();
      },
      Thing.FIELDS),
  COUNT_IN_REFERENCE(
      Feature.LAMBDAS,
      "{ IntSupplier f$n = <c|d>::incrementAndGet; {{f$n.getAsInt()}} }",
      (c, op) -> {
        c.call(op.which() == 0 ? "c" : "d", n -> (int) n + 1, n -> (int) n + 1);
        c.see();
      },
      Thing.ATOMICS),
  ADD_BY_REFERENCE(
      Feature.LAMBDAS,
      "{ Consumer<Integer> f$n = <list|list2>::add; f$n.accept($v); }",
      (c, op) -> c.call(op.which() == 0 ? "list" : "list2", adding(op), before -> null),
      Thing.LIST),
  LIST_ADD(
      Feature.LISTS,
      "<list|list2>.add($v);",
      (c, op) -> c.call(op.which() == 0 ? "list" : "list2", adding(op), before -> null),
      Thing.LIST),
  LIST_GET(
      Feature.LISTS,
      "try { {{<list|list2>.get(0)}} } catch (IndexOutOfBoundsException none) { {{-9}} }",
      (c, op) -> {
        c.ask(
            op.which() == 0 ? "list" : "list2",
            list -> ((Items) list).items().isEmpty() ? -9 : ((Items) list).items().get(0));
        c.see();
      },
      Thing.LIST),
  LIST_SIZE(
      Feature.LISTS,
      "{{<list|list2>.size()}}",
      (c, op) -> {
        c.ask(op.which() == 0 ? "list" : "list2", list -> ((Items) list).items().size());
        c.see();
      },
      Thing.LIST),
  LIST_REMOVE(
      Feature.LISTS,
      "if (!list.isEmpty()) { try { {{list.remove(0)}} }"
          + " catch (IndexOutOfBoundsException none) { {{-9}} } }",
      (c, op) -> {
        Code.Label end = new Code.Label();
        c.ask("list", list -> ((Items) list).items().isEmpty());
        c.jumpUnless(empty -> !(boolean) empty, end);
        c.call(
            "list",
            list -> {
              Items before = (Items) list;
              return before.items().isEmpty()
                  ? before
                  : new Items(
                      List.copyOf(before.items().subList(1, before.items().size())),
                      before.changes() + 1);
            },
            list -> ((Items) list).items().isEmpty() ? -9 : ((Items) list).items().get(0));
        c.see();
        c.place(end);
      },
      Thing.LIST),
  LIST_CLEAR(
      Feature.LISTS,
      "list.clear();",
      (c, op) ->
          c.call(
              "list", list -> new Items(List.of(), ((Items) list).changes() + 1), before -> null),
      Thing.LIST),
  ITERATE(
      Feature.ITERATORS,
      "try { for (int i$n : <list|list2>) { {{i$n}} } }"
          + " catch (ConcurrentModificationException changed) { {{-9}} }",
      (c, op) -> {
        String name = op.which() == 0 ? "list" : "list2";
        int slot = c.slot(name);
        Code.Label more = new Code.Label();
        Code.Label end = new Code.Label();
        Code.Label changed = new Code.Label();
        c.step("iterator", (s, me) -> s.aside[me] = List.of(0, ((Items) s.memory[slot]).changes()));
        c.place(more);
        c.step(
            "hasNext",
            (s, me) -> {
              int at = (int) ((List<?>) s.aside[me]).get(0);
              if (at == ((Items) s.memory[slot]).items().size()) {
                s.next[me] = end.at;
              }
            });
        c.step(
            "next",
            (s, me) -> {
              Items items = (Items) s.memory[slot];
              List<Integer> cursor = (List<Integer>) s.aside[me];
              if (cursor.get(1) != items.changes()) {
                s.next[me] = changed.at;
              } else {
                s.held[me] = items.items().get(cursor.get(0));
                s.aside[me] = List.of(cursor.get(0) + 1, cursor.get(1));
              }
            });
        c.see();
        c.jump(more);
        c.place(changed);
        c.see(-9);
        c.place(end);
        c.local((s, me) -> s.aside[me] = null);
      },
      Thing.LIST),
  COPY_OF_LIST(
      Feature.COPIES,
      "{{<List.copyOf(list)|list.clone()>.hashCode()}}",
      (c, op) -> {
        c.ask("list", list -> ((Items) list).items().hashCode());
        c.see();
      },
      Thing.LIST),
  VIEW(
      Feature.COPIES,
      "{{<view.size()|view.hashCode()>}}",
      (c, op) -> {
        c.ask(
            "list",
            list ->
                op.which() == 0
                    ? ((Items) list).items().size()
                    : ((Items) list).items().hashCode());
        c.see();
      },
      Thing.LIST,
      Thing.VIEW),
  LIST_OF_ARRAY(
      Feature.ARRAY_COPIES,
      "{{List.of(x).hashCode()}}",
      (c, op) -> {
        both(c, "x0", "x1");
        c.see();
      },
      Thing.REFERENCES),
  VIEW_OF_ARRAY(
      Feature.ARRAY_COPIES,
      "{{Arrays.asList(x).hashCode()}}",
      (c, op) -> {
        both(c, "x0", "x1");
        c.see();
      },
      Thing.REFERENCES),
  CLONE_OF_ARRAY(
      Feature.ARRAY_COPIES,
      "{{Arrays.hashCode(<e.clone()|e>)}}",
      (c, op) -> {
        both(c, "e0", "e1");
        c.see();
      },
      Thing.ELEMENTS),
  MAP_GET(
      Feature.MAPS,
      "{{num(map.get($w))}}",
      (c, op) -> {
        c.ask("map", map -> ((Entries) map).map().getOrDefault(op.which(), -1));
        c.see();
      },
      Thing.MAP),
  MAP_PUT(
      Feature.MAPS,
      "{{num(map.put($w, $v))}}",
      (c, op) -> {
        c.call(
            "map",
            map -> ((Entries) map).put(op.which(), op.value()),
            map -> ((Entries) map).map().getOrDefault(op.which(), -1));
        c.see();
      },
      Thing.MAP),
  MAP_MERGE(
      Feature.MAPS,
      "{{map.merge($w, $v, Integer::sum)}}",
      (c, op) -> {
        c.call(
            "map",
            map ->
                ((Entries) map)
                    .put(
                        op.which(), ((Entries) map).map().getOrDefault(op.which(), 0) + op.value()),
            map -> ((Entries) map).map().getOrDefault(op.which(), 0) + op.value());
        c.see();
      },
      Thing.MAP),
  MAP_REMOVE(
      Feature.MAPS,
      "{{num(map.remove($w))}}",
      (c, op) -> {
        c.call(
            "map",
            map -> {
              Entries before = (Entries) map;
              return before.map().containsKey(op.which())
                  ? new Entries(Thing.without(before.map(), op.which()), before.changes() + 1)
                  : before;
            },
            map -> ((Entries) map).map().getOrDefault(op.which(), -1));
        c.see();
      },
      Thing.MAP),
  MAP_TEXT(
      Feature.MAPS,
      "{{<map.size()|map.toString().hashCode()>}}",
      (c, op) -> {
        c.ask(
            "map",
            map ->
                op.which() == 0
                    ? ((Entries) map).map().size()
                    : ((Entries) map).map().toString().hashCode());
        c.see();
      },
      Thing.MAP),
  MAP_COMPUTE(
      Feature.CALLBACKS,
      "try { {{map.computeIfAbsent($w, key -> a)}} }"
          + " catch (ConcurrentModificationException changed) { {{-9}} }",
      (c, op) -> {
        int map = c.slot("map");
        Code.Label present = new Code.Label();
        c.step(
            "look up",
            (s, me) -> {
              Entries entries = (Entries) s.memory[map];
              if (entries.map().containsKey(op.which())) {
                s.held[me] = entries.map().get(op.which());
                s.next[me] = present.at;
              } else {
                s.aside[me] = entries.changes();
              }
            });
        c.read("a");
        c.step(
            "insert",
            (s, me) -> {
              Entries entries = (Entries) s.memory[map];
              if (entries.changes() != (int) s.aside[me]) {
                s.held[me] = -9;
              } else {
                s.memory[map] = entries.put(op.which(), s.held(me));
              }
              s.aside[me] = null;
            });
        c.place(present);
        c.see();
      },
      Thing.MAP,
      Thing.FIELDS),
  ATOMIC_COMPUTE(
      Feature.CALLBACKS,
      "{{c.updateAndGet(x -> x + <a|b>)}}",
      (c, op) -> {
        int slot = c.slot("c");
        Code.Label again = new Code.Label();
        c.place(again);
        c.step("get", (s, me) -> s.aside[me] = s.memory[slot]);
        c.read(op.which() == 0 ? "a" : "b");
        c.step(
            "compare and set",
            (s, me) -> {
              if (s.memory[slot].equals(s.aside[me])) {
                s.held[me] = s.held(me) + (int) s.aside[me];
                s.memory[slot] = s.held[me];
              } else {
                s.next[me] = again.at;
              }
              s.aside[me] = null;
            });
        c.see();
      },
      Thing.ATOMICS,
      Thing.FIELDS),
  DEQUE_OFFER(
      Feature.DEQUES,
      "deque.<offer|push>($v);",
      (c, op) ->
          c.call(
              "deque",
              deque ->
                  op.which() == 0
                      ? Thing.plus((List<?>) deque, op.value())
                      : pushed((List<?>) deque, op.value()),
              before -> null),
      Thing.DEQUE),
  DEQUE_POLL(
      Feature.DEQUES,
      "{{num(deque.<poll|peek>())}}",
      (c, op) -> {
        c.call(
            "deque",
            deque -> {
              List<?> before = (List<?>) deque;
              return before.isEmpty() || op.which() == 1
                  ? before
                  : List.copyOf(before.subList(1, before.size()));
            },
            deque -> ((List<?>) deque).isEmpty() ? -1 : ((List<?>) deque).get(0));
        c.see();
      },
      Thing.DEQUE),
  CONCURRENT_GET(
      Feature.CONCURRENT_MAPS,
      "{{num(chm.get($w))}}",
      (c, op) -> {
        c.ask("chm", map -> map(map).getOrDefault(op.which(), -1));
        c.see();
      },
      Thing.CONCURRENT),
  CONCURRENT_PUT(
      Feature.CONCURRENT_MAPS,
      "{{num(chm.put($w, $v))}}",
      (c, op) -> {
        c.call(
            "chm",
            map -> Thing.with(map(map), op.which(), op.value()),
            map -> map(map).getOrDefault(op.which(), -1));
        c.see();
      },
      Thing.CONCURRENT),
  CONCURRENT_MERGE(
      Feature.CONCURRENT_MAPS,
      "{{chm.merge($w, $v, Integer::sum)}}",
      (c, op) -> {
        c.call(
            "chm",
            map ->
                Thing.with(map(map), op.which(), map(map).getOrDefault(op.which(), 0) + op.value()),
            map -> map(map).getOrDefault(op.which(), 0) + op.value());
        c.see();
      },
      Thing.CONCURRENT),
  CONCURRENT_PUT_IF_ABSENT(
      Feature.CONCURRENT_MAPS,
      "{{num(chm.putIfAbsent($w, $v))}}",
      (c, op) -> {
        putIfAbsent(c, "chm", op);
        c.see();
      },
      Thing.CONCURRENT),
  CONCURRENT_REPLACE(
      Feature.CONCURRENT_MAPS,
      "{{chm.replace($w, $v, $v + 1) ? 1 : 0}}",
      (c, op) -> {
        c.call(
            "chm",
            map ->
                map(map).getOrDefault(op.which(), -1) == op.value()
                    ? Thing.with(map(map), op.which(), op.value() + 1)
                    : map,
            map -> map(map).getOrDefault(op.which(), -1) == op.value() ? 1 : 0);
        c.see();
      },
      Thing.CONCURRENT),
  ATOMIC_GET(
      Feature.ATOMICS,
      "{{<c|d>.get()}}",
      (c, op) -> {
        c.ask(op.which() == 0 ? "c" : "d", n -> n);
        c.see();
      },
      Thing.ATOMICS),
  ATOMIC_SET(
      Feature.ATOMICS,
      "<c|d>.set($v);",
      (c, op) -> c.write(op.which() == 0 ? "c" : "d", op.value()),
      Thing.ATOMICS),
  ATOMIC_COUNT(
      Feature.ATOMICS,
      "{{<c|d>.incrementAndGet()}}",
      (c, op) -> {
        c.call(op.which() == 0 ? "c" : "d", n -> (int) n + 1, n -> (int) n + 1);
        c.see();
      },
      Thing.ATOMICS),
  ATOMIC_EXCHANGE(
      Feature.ATOMICS,
      "{{<c|d>.compareAndSet(0, $v) ? 1 : 0}}",
      (c, op) -> {
        c.call(
            op.which() == 0 ? "c" : "d",
            n -> (int) n == 0 ? op.value() : n,
            n -> (int) n == 0 ? 1 : 0);
        c.see();
      },
      Thing.ATOMICS),
  ATOMIC_WITNESS(
      Feature.ATOMICS,
      "{{<c|d>.compareAndExchange(0, $v)}}",
      (c, op) -> {
        c.call(op.which() == 0 ? "c" : "d", n -> (int) n == 0 ? op.value() : n, n -> n);
        c.see();
      },
      Thing.ATOMICS),
  ATOMIC_UPDATE(
      Feature.ATOMICS,
      "{{<c|d>.updateAndGet(x -> 2 * x + $v)}}",
      (c, op) -> {
        c.call(
            op.which() == 0 ? "c" : "d",
            n -> 2 * (int) n + op.value(),
            n -> 2 * (int) n + op.value());
        c.see();
      },
      Thing.ATOMICS),
  ATOMIC_LOOP(
      Feature.ATOMICS,
      "{ int x$n; do { x$n = c.get(); } while (!c.compareAndSet(x$n, x$n + $v)); {{x$n}} }",
      (c, op) -> {
        int slot = c.slot("c");
        Code.Label again = new Code.Label();
        c.place(again);
        c.ask("c", n -> n);
        c.step(
            "compare and set c",
            (s, me) -> {
              if (s.memory[slot].equals(s.held[me])) {
                s.memory[slot] = s.held(me) + op.value();
              } else {
                s.next[me] = again.at;
              }
            });
        c.see();
      },
      Thing.ATOMICS),
  NUMBER(
      Feature.SUPERTYPES,
      "{ Number n$n = <c|d>; {{n$n.intValue()}} }",
      (c, op) -> {
        c.ask(op.which() == 0 ? "c" : "d", n -> n);
        c.see();
      },
      Thing.ATOMICS),
  OBJECT(
      Feature.SUPERTYPES,
      "{ Object n$n = <c|d>; {{n$n.toString().length()}} }",
      (c, op) -> {
        c.ask(op.which() == 0 ? "c" : "d", n -> n.toString().length());
        c.see();
      },
      Thing.ATOMICS),
  SUPPLIER(
      Feature.SUPERTYPES,
      "{ Supplier<Integer> n$n = <c|d>::intValue; {{n$n.get()}} }",
      (c, op) -> {
        c.ask(op.which() == 0 ? "c" : "d", n -> n);
        c.see();
      },
      Thing.ATOMICS),
  CHARACTERS(
      Feature.SUPERTYPES,
      "{ CharSequence n$n = sb; {{n$n.length()}} }",
      (c, op) -> {
        c.ask("sb", text -> ((String) text).length());
        c.see();
      },
      Thing.BUILDER),
  COLLECTION(
      Feature.SUPERTYPES,
      "{ Collection<Integer> n$n = <list|list2>; {{n$n.size()}} }",
      (c, op) -> {
        c.ask(op.which() == 0 ? "list" : "list2", list -> ((Items) list).items().size());
        c.see();
      },
      Thing.LIST),
  HANDLE_GET(
      Feature.VAR_HANDLES,
      "{{<(int) N.getVolatile(this)|n>}}",
      (c, op) -> {
        c.read("n");
        c.see();
      },
      Thing.HANDLES),
  HANDLE_SET(
      Feature.VAR_HANDLES,
      "<N.setVolatile(this, $v)|n = $v>;",
      (c, op) -> c.write("n", op.value()),
      Thing.HANDLES),
  HANDLE_ADD(
      Feature.VAR_HANDLES,
      "{{(int) N.getAndAdd(this, $v)}}",
      (c, op) -> {
        c.call("n", n -> (int) n + op.value(), n -> n);
        c.see();
      },
      Thing.HANDLES),
  HANDLE_EXCHANGE(
      Feature.VAR_HANDLES,
      "{{N.compareAndSet(this, 0, $v) ? 1 : 0}}",
      (c, op) -> {
        c.call("n", n -> (int) n == 0 ? op.value() : n, n -> (int) n == 0 ? 1 : 0);
        c.see();
      },
      Thing.HANDLES),
  HANDLE_WITNESS(
      Feature.VAR_HANDLES,
      "{{(int) N.compareAndExchange(this, 0, $v)}}",
      (c, op) -> {
        c.call("n", n -> (int) n == 0 ? op.value() : n, n -> n);
        c.see();
      },
      Thing.HANDLES),
  HANDLE_WITNESS_OF_ELEMENT(
      Feature.VAR_HANDLES,
      "{{(int) E.compareAndExchange(e, $w, 0, $v)}}",
      (c, op) -> {
        c.call("e" + op.which(), n -> (int) n == 0 ? op.value() : n, n -> n);
        c.see();
      },
      Thing.HANDLE_OF_ELEMENTS,
      Thing.ELEMENTS),
  GET_ATOMIC_ELEMENT(
      Feature.ATOMIC_ARRAYS,
      "{{q.get($w)}}",
      (c, op) -> {
        c.ask("q" + op.which(), n -> n);
        c.see();
      },
      Thing.ATOMIC_ELEMENTS),
  COUNT_ATOMIC_ELEMENT(
      Feature.ATOMIC_ARRAYS,
      "{{q.incrementAndGet($w)}}",
      (c, op) -> {
        c.call("q" + op.which(), n -> (int) n + 1, n -> (int) n + 1);
        c.see();
      },
      Thing.ATOMIC_ELEMENTS),
  EXCHANGE_ATOMIC_ELEMENT(
      Feature.ATOMIC_ARRAYS,
      "{{q.compareAndSet($w, 0, $v) ? 1 : 0}}",
      (c, op) -> {
        c.call("q" + op.which(), n -> (int) n == 0 ? op.value() : n, n -> (int) n == 0 ? 1 : 0);
        c.see();
      },
      Thing.ATOMIC_ELEMENTS),
  HANDLE_ADD_TO_ELEMENT(
      Feature.VAR_HANDLES,
      "{{(int) E.getAndAdd(e, $w, $v)}}",
      (c, op) -> {
        c.call("e" + op.which(), n -> (int) n + op.value(), n -> n);
        c.see();
      },
      Thing.HANDLE_OF_ELEMENTS,
      Thing.ELEMENTS),
  UPDATER_COUNT(
      Feature.UPDATERS,
      "{{U.incrementAndGet(this)}}",
      (c, op) -> {
        c.call("u", n -> (int) n + 1, n -> (int) n + 1);
        c.see();
      },
      Thing.UPDATER),
  UPDATER_EXCHANGE(
      Feature.UPDATERS,
      "{{U.compareAndSet(this, 0, $v) ? 1 : 0}}",
      (c, op) -> {
        c.call("u", n -> (int) n == 0 ? op.value() : n, n -> (int) n == 0 ? 1 : 0);
        c.see();
      },
      Thing.UPDATER),
  UPDATER_READ(
      Feature.UPDATERS,
      "{{<u|U.get(this)>}}",
      (c, op) -> {
        c.read("u");
        c.see();
      },
      Thing.UPDATER),
  UPDATED_WRITE(Feature.UPDATERS, "u = $v;", (c, op) -> c.write("u", op.value()), Thing.UPDATER),
  APPEND(
      Feature.BUILDERS,
      "sb.append($v);",
      (c, op) -> c.call("sb", text -> text.toString() + op.value(), before -> null),
      Thing.BUILDER),
  LENGTH(
      Feature.BUILDERS,
      "{{<sb.length()|sb.toString().hashCode()>}}",
      (c, op) -> {
        c.ask("sb", text -> op.which() == 0 ? text.toString().length() : text.hashCode());
        c.see();
      },
      Thing.BUILDER),
  CUT(Feature.BUILDERS, "sb.setLength(0);", (c, op) -> c.write("sb", ""), Thing.BUILDER),
  CONCATENATE_LIST(
      Feature.CONCATENATION,
      "{{(\"x\" + <list|list2>).length()}}",
      (c, op) -> {
        c.ask(
            op.which() == 0 ? "list" : "list2",
            list -> 1 + ((Items) list).items().toString().length());
        c.see();
      },
      Thing.LIST),
  CONCATENATE_ATOMIC(
      Feature.CONCATENATION,
      "{{(\"x\" + <c|d>).length()}}",
      (c, op) -> {
        c.ask(op.which() == 0 ? "c" : "d", n -> 1 + n.toString().length());
        c.see();
      },
      Thing.ATOMICS),
  CONCATENATE_BOX(
      Feature.CONCATENATION,
      "{{(\"x\" + fixed).hashCode()}}",
      (c, op) -> {
        readTwo(c, "fixed.p", "fixed.q", (p, q) -> ("x" + p + "," + q).hashCode());
        c.see();
      },
      Thing.BOX,
      Thing.FIXED),
  CONCATENATE_TWO(
      Feature.CONCATENATION_OF_TWO,
      "{{(c + \",\" + d).hashCode()}}",
      (c, op) -> {
        readTwo(c, "c", "d", (p, q) -> (p + "," + q).hashCode());
        c.see();
      },
      Thing.ATOMICS),
  SYNCHRONIZE(
      Feature.MONITORS,
      "synchronized (<m|o>) { $B }",
      (c, op) -> {
        c.enter(op.which() == 0 ? "m" : "o");
        c.ops(op.body());
        c.exit(op.which() == 0 ? "m" : "o");
      },
      Thing.MONITORS),
  SYNCHRONIZED_METHOD(
      Feature.MONITORS,
      "$METHOD",
      (c, op) -> {
        c.enter("this");
        c.ops(op.body());
        c.exit("this");
      },
      Thing.THIS),
  WAIT(
      Feature.WAITS,
      "synchronized (m) { m.wait(); }",
      (c, op) -> {
        c.enter("m");
        c.await("m");
        c.exit("m");
      },
      Thing.MONITORS),
  NOTIFY_ALL(
      Feature.WAITS,
      "synchronized (m) { m.notifyAll(); }",
      (c, op) -> {
        c.enter("m");
        c.signalAll("m");
        c.exit("m");
      },
      Thing.MONITORS),
  WAIT_FOR_FIELD(
      Feature.WAITS,
      "synchronized (m) { while (<a|b> == 0) { m.wait(); } }",
      (c, op) -> {
        Code.Label again = new Code.Label();
        Code.Label end = new Code.Label();
        c.enter("m");
        c.place(again);
        c.read(op.which() == 0 ? "a" : "b");
        c.jumpUnless(value -> (int) value == 0, end);
        c.await("m");
        c.jump(again);
        c.place(end);
        c.exit("m");
      },
      Thing.MONITORS,
      Thing.FIELDS),
  NOTIFY_OF_FIELD(
      Feature.WAITS,
      "synchronized (m) { <a|b> = $v; m.notifyAll(); }",
      (c, op) -> {
        c.enter("m");
        c.write(op.which() == 0 ? "a" : "b", op.value());
        c.signalAll("m");
        c.exit("m");
      },
      Thing.MONITORS,
      Thing.FIELDS),
  LOCK(
      Feature.LOCKS,
      "<l|t>.lock(); try { $B } finally { <l|t>.unlock(); }",
      (c, op) -> {
        c.enter(op.which() == 0 ? "l" : "t");
        c.ops(op.body());
        c.exit(op.which() == 0 ? "l" : "t");
      },
      Thing.LOCKS),
  TRY_LOCK(
      Feature.LOCKS,
      "if (<l|t>.tryLock()) { try { {{1}} $B } finally { <l|t>.unlock(); } }",
      (c, op) -> {
        Code.Label end = new Code.Label();
        c.tryToEnter(op.which() == 0 ? "l" : "t");
        c.jumpUnless(entered -> (boolean) entered, end);
        c.see(1);
        c.ops(op.body());
        c.exit(op.which() == 0 ? "l" : "t");
        c.place(end);
      },
      Thing.LOCKS),
  IS_LOCKED(
      Feature.LOCKS,
      "{{<l|t>.isLocked() ? 1 : 0}}",
      (c, op) -> {
        c.ask(op.which() == 0 ? "l" : "t", owned -> ((Code.Owned) owned).entries() > 0 ? 1 : 0);
        c.see();
      },
      Thing.LOCKS),
  AWAIT(
      Feature.CONDITIONS,
      "l.lock(); try { lc.await(); } finally { l.unlock(); }",
      (c, op) -> {
        c.enter("l");
        c.awaitCondition("l");
        c.exit("l");
      },
      Thing.LOCKS),
  SIGNAL_ALL(
      Feature.CONDITIONS,
      "l.lock(); try { lc.signalAll(); } finally { l.unlock(); }",
      (c, op) -> {
        c.enter("l");
        c.signalAllOfCondition("l");
        c.exit("l");
      },
      Thing.LOCKS),
  AWAIT_FIELD(
      Feature.CONDITIONS,
      "l.lock(); try { while (<a|b> == 0) { lc.await(); } } finally { l.unlock(); }",
      (c, op) -> {
        Code.Label again = new Code.Label();
        Code.Label end = new Code.Label();
        c.enter("l");
        c.place(again);
        c.read(op.which() == 0 ? "a" : "b");
        c.jumpUnless(value -> (int) value == 0, end);
        c.awaitCondition("l");
        c.jump(again);
        c.place(end);
        c.exit("l");
      },
      Thing.LOCKS,
      Thing.FIELDS),
  SIGNAL_OF_FIELD(
      Feature.CONDITIONS,
      "l.lock(); try { <a|b> = $v; lc.signalAll(); } finally { l.unlock(); }",
      (c, op) -> {
        c.enter("l");
        c.write(op.which() == 0 ? "a" : "b", op.value());
        c.signalAllOfCondition("l");
        c.exit("l");
      },
      Thing.LOCKS,
      Thing.FIELDS),
  ACQUIRE(Feature.SEMAPHORES, "f.acquire();", (c, op) -> acquire(c), Thing.SEMAPHORE),
  TRY_ACQUIRE(
      Feature.SEMAPHORES,
      "{{f.tryAcquire() ? 1 : 0}}",
      (c, op) -> {
        c.call("f", n -> Math.max(0, (int) n - 1), n -> (int) n > 0 ? 1 : 0);
        c.see();
      },
      Thing.SEMAPHORE),
  RELEASE(
      Feature.SEMAPHORES,
      "f.release();",
      (c, op) -> c.call("f", n -> (int) n + 1, before -> null),
      Thing.SEMAPHORE),
  PERMIT(
      Feature.SEMAPHORES,
      "f.acquire(); try { $B } finally { f.release(); }",
      (c, op) -> {
        acquire(c);
        c.ops(op.body());
        c.call("f", n -> (int) n + 1, before -> null);
      },
      Thing.SEMAPHORE),
  START(
      Feature.THREADS,
      "$THREAD",
      (c, op) -> {
        List<Op> inside = op.body();
        // The first half is done by the thread; the rest meanwhile, before its end is waited for.
        int half = (inside.size() + 1) / 2;
        int started = c.start(code -> code.ops(inside.subList(0, half)));
        c.ops(inside.subList(half, inside.size()));
        if (op.which() == 0) {
          c.join(started);
        }
      });

  /** What the interpreter does. */
  @FunctionalInterface
  interface Lowering {
    void lower(Code code, Op op);
  }

  final Feature feature;
  final String java;
  final Lowering lowering;
  final Set<Thing> things = EnumSet.noneOf(Thing.class);

  Kind(Feature feature, String java, Lowering lowering, Thing... things) {
    this.feature = feature;
    this.java = java;
    this.lowering = lowering;
    this.things.addAll(Arrays.asList(things));
  }

  boolean hasBody() {
    return java.contains("$B") || this == SYNCHRONIZED_METHOD || this == START;
  }

  /** Whether it can be done where there is no object of the program. */
  boolean isOfClass() {
    return switch (feature) {
      case STATICS, STATICS_KEPT, STATIC_REFERENCES, INITIALISERS -> true;
      default -> false;
    };
  }

  private static void add(Code c, String name, int value) {
    c.read(name);
    c.writeHeld(name, before -> (int) before + value);
  }

  private static void readTwo(Code c, String one, String two, BinaryOperator<Object> result) {
    int second = c.slot(two);
    c.read(one);
    c.step("read " + two, (s, me) -> s.held[me] = result.apply(s.held[me], s.memory[second]));
  }

  private static void both(Code c, String one, String two) {
    int first = c.slot(one);
    int second = c.slot(two);
    c.step(
        "look at an array",
        (s, me) -> s.held[me] = List.of(s.memory[first], s.memory[second]).hashCode());
  }

  private static int box(Code c, int p, int q, int f) {
    int box = c.layout.boxes++;
    c.layout.slot("box" + box + ".p", p);
    c.layout.slot("box" + box + ".q", q);
    c.layout.slot("box" + box + ".f", f);
    return box;
  }

  private static void readOfBox(Code c, String part) {
    c.step(
        "read of box",
        (s, me) -> s.held[me] = s.memory[c.layout.slots.get("box" + s.held[me] + "." + part)]);
  }

  private static Function<Object, Object> adding(Op op) {
    return list ->
        new Items(Thing.plus(((Items) list).items(), op.value()), ((Items) list).changes() + 1);
  }

  private static List<Object> pushed(List<?> deque, int value) {
    List<Object> pushed = new ArrayList<>(deque);
    pushed.add(0, value);
    return pushed;
  }

  private static Map<Integer, Integer> map(Object map) {
    return (Map<Integer, Integer>) map;
  }

  private static void putIfAbsent(Code c, String name, Op op) {
    c.call(
        name,
        map ->
            map(map).containsKey(op.which()) ? map : Thing.with(map(map), op.which(), op.value()),
        map -> map(map).getOrDefault(op.which(), -1));
  }

  private static void acquire(Code c) {
    int slot = c.slot("f");
    c.whenPossible(
        "acquire",
        (s, me) -> {
          s.memory[slot] = s.number(slot) - 1;
          return s.number(slot) >= 0;
        });
  }
}
