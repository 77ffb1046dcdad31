package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;
import oversell.explorer.Reduction;
import oversell.explorer.Scenario;

/** Objects of the JDK that are not made for two threads at once. */
class OverlapsTest {
  private static final String NOT_MADE_FOR_IT = "which is not made for that";
  private static final String GOES_THROUGH = "one of them by a call that goes through it";
  private static final String TWO_THREADS =
      """
      var used = %s;
      Thread beside = Thread.startVirtualThread(() -> {
        try {
          %s
        } catch (Exception broken) {
          throw new IllegalStateException(broken);
        }
      });
      %s
      beside.join();
      return used.hashCode() == 0 ? 0 : 1;
      """;

  private static Exploration<Integer> explored(String made, String beside, String mine) {
    return Explorer.explore(
        Sources.scenario(TWO_THREADS.formatted(made, beside, mine)), Options.exhaustive());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ArrayList        | new ArrayList<Integer>()         | used.add(1);                | used.add(2);
          ArrayList        | new ArrayList<Integer>()         | used.add(1);                | used.size();
          ArrayList        | new ArrayList<Integer>()         | used.add(1);                | List.copyOf(used);
          ArrayList        | new ArrayList<>(List.of(2, 1))   | Collections.sort(used);     | used.get(0);
          ArrayList        | new ArrayList<Integer>()         | used.add(1);                | used.iterator().hasNext();
          ArrayList        | new ArrayList<Integer>()         | used.add(1);                | used.removeIf(one -> one > 1);
          ArrayList        | new ArrayList<Integer>()         | used.add(1);                | new ArrayList<>(used);
          ArrayList        | new ArrayList<Integer>()         | used.add(1);                | Collections.unmodifiableList(used).size();
          ArrayList        | new ArrayList<Integer>()         | Collections.addAll(used, 1); | Collections.addAll(used, 2);
          ArrayList        | new ArrayList<Integer>()         | used.size();                | new LinkedBlockingQueue<>(List.of(1)).drainTo(used);
          ArrayList        | new ArrayList<Integer>()         | used.add(1);                | new ConcurrentLinkedQueue<Integer>().addAll(used);
          HashMap          | new HashMap<Integer, Integer>()  | used.put(1, 1);             | new TreeMap<>(used);
          LinkedList       | new LinkedList<Integer>()        | used.add(1);                | used.poll();
          ArrayDeque       | new ArrayDeque<Integer>()        | used.push(1);               | used.push(2);
          PriorityQueue    | new PriorityQueue<Integer>()     | used.add(1);                | used.add(2);
          HashMap          | new HashMap<Integer, Integer>()  | used.put(1, 1);             | used.get(2);
          HashMap          | new HashMap<Integer, Integer>()  | used.merge(1, 1, Integer::sum); | used.computeIfAbsent(1, key -> 2);
          TreeMap          | new TreeMap<Integer, Integer>()  | used.put(1, 1);             | used.firstEntry();
          HashSet          | new HashSet<Integer>()           | used.add(1);                | used.add(2);
          BitSet           | new BitSet()                     | used.set(1);                | used.set(2);
          RegularEnumSet   | EnumSet.noneOf(TimeUnit.class)   | used.add(TimeUnit.DAYS);    | used.add(TimeUnit.HOURS);
          StringBuilder    | new StringBuilder()              | used.append(1);             | used.append(2);
          SimpleDateFormat | new java.text.SimpleDateFormat("yyyy") | used.format(new Date(0)); | used.format(new Date(1));
          Date             | new Date(0)                      | used.setHours(3);           | used.setMinutes(4);
          Matcher          | java.util.regex.Pattern.compile("a").matcher("aa") | used.find(); | used.find();
          Formatter        | new Formatter()                  | used.format("%d", 1);       | used.format("%d", 2);
          CRC32            | new java.util.zip.CRC32()        | used.update(1);             | used.update(2);
          IntSummaryStatistics | new IntSummaryStatistics()   | used.accept(1);             | used.accept(2);
          LinkedHashMap    | new LinkedHashMap<Integer, Integer>(16, 0.75f, true); used.put(1, 1) | used.get(1); | used.get(2);
          ByteBuffer       | java.nio.ByteBuffer.allocate(8)  | used.put((byte) 1);         | used.putInt(2);
          CharBuffer       | java.nio.CharBuffer.allocate(8)  | used.append('1');           | used.put('2');
          GregorianCalendar | new GregorianCalendar(2026, 1, 1) | used.get(1);              | used.get(2);
          ByteBuffer       | java.nio.ByteBuffer.allocate(4)  | used.put((byte) 1);         | used.put((byte) 2);
          ByteBuffer       | java.nio.ByteBuffer.allocate(4)  | used.get();                 | count = used.get();
          ByteBuffer       | java.nio.ByteBuffer.allocate(4)  | used.putShort((short) 1);   | used.position();
          IntBuffer        | java.nio.ByteBuffer.allocate(8).asIntBuffer() | used.put(1);   | used.put(2);
          ByteBuffer       | java.nio.ByteBuffer.allocate(4)  | used.limit(2).position(1);  | used.remaining();
          ByteBuffer       | java.nio.ByteBuffer.allocate(4)  | used.position(1);           | java.nio.ByteBuffer.allocate(4).put(used);
          ByteBuffer       | java.nio.ByteBuffer.allocate(4)  | used.position(1);           | new java.util.zip.CRC32().update(used);
          CharBuffer       | java.nio.CharBuffer.allocate(4)  | used.append('1');           | used.append('2');
          ChoiceFormat     | new java.text.ChoiceFormat("0#a") | used.applyPattern("0#c"); | used.format(1);
          StreamBuilderImpl | java.util.stream.Stream.<Integer>builder() | used.add(1);      | used.add(2);
          ArrayList        | new ArrayList<>(List.of(1, 2))   | used.set(0, 3); used.set(1, 4); | used.hashCode();
          Date             | new java.sql.Timestamp(0)        | used.setTime(3);            | used.getNanos();
          SimpleEntry      | new AbstractMap.SimpleEntry<>(1, 1) | used.setValue(2);        | used.setValue(3);
          AffineTransform  | new java.awt.geom.AffineTransform() | used.translate(1, 0);    | used.translate(1, 0);
          Point            | new java.awt.Point()             | used.translate(1, 0);       | used.translate(1, 0);
          Point            | new java.awt.Point()             | used.setLocation(1, 1);     | count = used.x - used.y;
          Point            | new java.awt.Point()             | used.x = 1; used.y = 1;     | used.getLocation();
          Double           | new java.awt.geom.Point2D.Double() | used.setLocation(1, 1);   | used.getX();
          DataOutputStream | new java.io.DataOutputStream(new java.io.ByteArrayOutputStream()) | used.writeShort(1); | used.writeShort(2);
          DataInputStream  | new java.io.DataInputStream(new java.io.ByteArrayInputStream(new byte[8])) | used.readInt(); | count = used.readInt();
          PushbackInputStream | new java.io.PushbackInputStream(new java.io.ByteArrayInputStream(new byte[8])) | used.read(); | used.unread(1);
          StreamTokenizer  | new java.io.StreamTokenizer(new java.io.StringReader("a b")) | used.nextToken(); | var text = used.sval;
          StringCharacterIterator | new java.text.StringCharacterIterator("abc") | used.next(); | used.first();
          BreakIterator    | java.text.BreakIterator.getWordInstance(Locale.ROOT); used.setText("a b") | used.first(); | used.following(1);
          DateTimeFormatterBuilder | new java.time.format.DateTimeFormatterBuilder() | used.appendLiteral('a'); | used.appendLiteral('b');
          CheckedOutputStream | new java.util.zip.CheckedOutputStream(java.io.OutputStream.nullOutputStream(), new java.util.zip.CRC32()) | used.write(1); | used.write(2);
          CheckedOutputStream | new java.util.zip.CheckedOutputStream(java.io.OutputStream.nullOutputStream(), new java.util.zip.CRC32()) | used.write(new byte[] {1}); | used.write(new byte[] {2});
          ZipInputStream   | new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(new byte[0])) | used.getNextEntry(); | used.getNextEntry();
          AttributesImpl   | new org.xml.sax.helpers.AttributesImpl() | used.addAttribute("", "a", "", "", ""); | used.addAttribute("", "b", "", "", "");
          NamespaceSupport | new org.xml.sax.helpers.NamespaceSupport() | used.pushContext();  | used.pushContext();
          DataOutputStream | new java.io.DataOutputStream(new java.io.ByteArrayOutputStream()) | used.size(); | try { used.writeInt(2); } catch (java.io.IOException none) { count++; }
          CheckedOutputStream | new java.util.zip.CheckedOutputStream(new java.io.ByteArrayOutputStream(), new java.util.zip.CRC32()) | used.getChecksum(); | try { used.write(2); } catch (java.io.IOException none) { count++; }
          """)
  void twoThreadsThatUseOneAtOnceAreNamedUnlessTheyAreGuarded(
      String type, String made, String beside, String mine) {
    assertThatItIsNamedUnlessItIsGuarded(type, NOT_MADE_FOR_IT, made, beside, mine);
  }

  private static void assertThatItIsNamedUnlessItIsGuarded(
      String type, String why, String made, String beside, String mine) {
    Exploration<Integer> broken = explored(made, beside, mine);
    Exploration<Integer> right =
        explored(
            made,
            "synchronized (lock) { %s }".formatted(beside),
            "synchronized (lock) { %s }".formatted(mine));

    assertThat(broken.certificate()).isEmpty();
    assertThat(broken.uncontrolled())
        .singleElement()
        .asString()
        .startsWith("two threads that use one %s at once, %s: ".formatted(type, why));
    assertThat(right.certificate()).as(right.toString()).isPresent();
  }

  /** A part of a collection, or what is made of it, is used where the collection is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HashMap    | new HashMap<>(Map.of(1, 1)); var part = used.keySet()        | part.contains(1); | used.put(2, 2);
          HashMap    | new HashMap<>(Map.of(1, 1)); var part = used.values()        | part.remove(1);   | used.get(1);
          HashMap    | new HashMap<>(Map.of(1, 1)); var part = used.entrySet().iterator() | part.hasNext(); | used.put(2, 2);
          HashMap    | new HashMap<>(Map.of(1, 1)); var part = used.entrySet().iterator().next() | part.setValue(10); | used.merge(1, 1, Integer::sum);
          TreeMap    | new TreeMap<>(Map.of(1, 1)); var part = used.entrySet().iterator().next() | part.setValue(10); | used.put(1, 2);
          HashMap    | new HashMap<>(Map.of(1, 1)); var part = used.entrySet().iterator().next() | part.setValue(10); | used.entrySet().iterator().next().setValue(5);
          MapEntry   | new ConcurrentHashMap<>(Map.of(1, 1)); var part = used.entrySet().iterator().next() | part.setValue(10); | part.setValue(5);
          MapEntry   | new ConcurrentHashMap<>(Map.of(1, 1)); var part = used.entrySet().iterator().next() | part.setValue(10); | count = part.getValue() - used.get(1);
          HashMap    | new HashMap<Integer, Boolean>(); var part = Collections.newSetFromMap(used) | part.add(1); | part.add(2);
          TreeMap    | new TreeMap<>(Map.of(1, 1)); var part = used.headMap(5)      | part.put(2, 2);   | used.get(1);
          TreeSet    | new TreeSet<>(Set.of(1)); var part = used.descendingSet()    | part.first();     | used.add(2);
          ArrayList  | new ArrayList<>(List.of(1, 2)); var part = used.subList(0, 1) | part.add(3);     | used.get(0);
          ArrayList  | new ArrayList<>(List.of(1, 2)); var part = used.reversed()   | part.add(3);      | used.get(0);
          ArrayList  | new ArrayList<>(List.of(1)); var part = used.stream().map(one -> one + 1) | part.count(); | used.add(2);
          ArrayList  | new ArrayList<Integer>(); var part = Collections.synchronizedList(used) | part.add(1); | used.add(2);
          ArrayList  | new ArrayList<>(List.of(1)); var part = Collections.synchronizedList(used) | part.add(1); | part.stream().count();
          ArrayList  | new ArrayList<Integer>(); var part = Collections.synchronizedList(used) | part.add(1); | new HashSet<>(part);
          ArrayDeque | new ArrayDeque<Integer>(); var part = Collections.asLifoQueue(used) | part.add(1); | used.peek();
          ArrayList  | new ArrayList<>(List.of(1)); var part = java.util.stream.Stream.concat(List.of(1).stream(), used.stream()) | part.count(); | used.add(2);
          ArrayList  | new ArrayList<>(List.of(1)); var part = java.util.stream.StreamSupport.stream(used.spliterator(), false) | part.count(); | used.add(2);
          ArrayList  | new ArrayList<>(List.of(1)); var part = used.stream().map(one -> one + 1).iterator() | part.next(); | used.add(2);
          HashMap    | new HashMap<>(Map.of(1, 1)); var part = new ArrayList<>(used.entrySet()).get(0) | part.setValue(10); | used.merge(1, 1, Integer::sum);
          TreeMap    | new TreeMap<>(Map.of(1, 1)); var part = used.entrySet().stream().findFirst().get() | part.setValue(10); | used.merge(1, 1, Integer::sum);
          Iterator   | new ArrayList<>(List.of(1, 2)); var part = used.iterator()   | part.next();      | part.next();
          Iterator   | List.of(1, 2); var part = used.iterator()                    | part.next();      | part.next();
          """)
  void aPartOfOneIsUsedAsThat(String type, String made, String beside, String mine) {
    assertThatItIsNamedUnlessItIsGuarded(type, NOT_MADE_FOR_IT, made, beside, mine);
  }

  /** By a reference, by reflection, past what overrides it, or by way of something else. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          java.util.function.Function<Collection<Integer>, List<Integer>> copy = ArrayList::new; | copy.apply(used);
          record Pair(List<Integer> one, List<Integer> other) {}                                | new Pair(List.of(), used).hashCode();
          record Pair(List<Integer> one, List<Integer> other) {}                                | new Pair(List.of(), used).equals(new Pair(List.of(), List.of()));
          List<List<Integer>> all = List.of(used);                                               | all.toString();
          var size = List.class.getMethod("size");                                               | try { size.invoke(used); } catch (ReflectiveOperationException impossible) {}
          var lists = new Object[] {used};                                                       | Arrays.toString(lists);
          //                                                                                     | Objects.hash(used, 1);
          //                                                                                     | String.format("%s", used);
          //                                                                                     | System.out.print(used);
          //                                                                                     | new HashSet<Object>().add(used);
          //                                                                                     | new HashMap<Object, Integer>().computeIfAbsent(used, one -> 1);
          //                                                                                     | new ConcurrentHashMap<Object, Integer>().get(used);
          //                                                                                     | new ArrayList<Object>(List.of(List.of(1))).contains(used);
          var all = new CopyOnWriteArrayList<Object>(List.of(used));                             | all.indexOf(List.of(1));
          var all = new LinkedBlockingQueue<Object>(List.of(used));                              | all.toString();
          var all = new HashMap<Integer, Object>(Map.of(1, used));                               | all.containsValue(List.of(1));
          //                                                                                     | Map.entry(1, used).toString();
          //                                                                                     | Optional.of(used).equals(Optional.of(List.of(1)));
          var handle = java.lang.invoke.MethodHandles.lookup().findVirtual(List.class, "size", java.lang.invoke.MethodType.methodType(int.class)); | try { handle.invoke((List<?>) used); } catch (Throwable impossible) {}
          var handle = java.lang.invoke.MethodHandles.lookup().findVirtual(List.class, "size", java.lang.invoke.MethodType.methodType(int.class)).bindTo(used); | try { handle.invoke(); } catch (Throwable impossible) {}
          class Own extends ArrayList<Object> { @Override public boolean addAll(Collection<?> all) { return super.addAll(all); } } | new Own().addAll(used);
          """)
  void theWayToItDoesNotMatter(String made, String mine) {
    assertThatItIsNamedUnlessItIsGuarded(
        "ArrayList",
        NOT_MADE_FOR_IT,
        "new ArrayList<Integer>();\n" + made + "\n",
        "used.add(1);",
        mine);
    assertThatItIsNamedUnlessItIsGuarded(
        "ArrayList",
        NOT_MADE_FOR_IT,
        """
        new ArrayList<Integer>() {
          @Override
          public boolean addAll(Collection<? extends Integer> all) {
            return super.addAll(all);
          }
        };
        """
            + made
            + "\n",
        "used.addAll(List.of(1, 2));",
        mine);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new ArrayList<>(List.of(1))                 | used.get(0);     | used.indexOf(1);
          new ArrayList<>(List.of(1, 2))              | used.set(0, 3);  | used.set(1, used.get(0));
          new HashMap<>(Map.of(1, 2))                 | used.get(1);     | used.size();
          new java.awt.Point()                        | used.x++;        | used.x++;
          new java.awt.Point()                        | used.getX();     | count = used.x;
          new java.awt.geom.AffineTransform()         | used.transform(new java.awt.Point(), null); | used.createTransformedShape(null);
          new AbstractMap.SimpleEntry<>(1, 2)         | used.getKey();   | used.getValue();
          new ArrayList<Integer>()                    | used.add(1); count++; | if (count > 0) { used.add(2); }
          Collections.synchronizedList(new ArrayList<Integer>()) | used.add(1); | used.add(2);
          new ConcurrentHashMap<Integer, Integer>()   | used.put(1, 1);  | used.put(2, 2);
          new Vector<Integer>()                       | used.add(1);     | used.add(2);
          new StringBuffer()                          | used.append(1);  | used.append(2);
          new ArrayList<>(List.of(1, 2))              | used.iterator().next(); | used.subList(0, 1).iterator().next();
          new LinkedHashMap<>(Map.of(1, 2))           | used.get(1);     | used.get(2);
          new GregorianCalendar(2026, 1, 1); used.get(1) | used.get(1);  | used.get(2);
          Collections.synchronizedMap(new LinkedHashMap<Integer, Integer>(16, 0.75f, true)) | used.put(1, 1); | used.get(1);
          Collections.synchronizedMap(new HashMap<Integer, Integer>()); var keys = used.keySet() | used.put(1, 1); | keys.contains(1);
          Collections.synchronizedList(new ArrayList<Integer>()); var part = Collections.unmodifiableList(used) | used.add(1); | part.size();
          Collections.synchronizedList(new ArrayList<Integer>()) | used.add(1); | new ArrayList<>(used);
          Collections.synchronizedList(new ArrayList<Integer>()) | used.add(1); | synchronized (used) { new HashSet<>(used); }
          new ArrayList<Integer>(); var all = Collections.synchronizedList(used) | all.add(1); | synchronized (lock) { synchronized (all) { used.add(2); } }
          Spliterators.<Integer>emptySpliterator()    | used.tryAdvance(one -> {}); | used.tryAdvance(one -> {});
          Collections.<Integer>emptyIterator()        | used.forEachRemaining(one -> {}); | used.forEachRemaining(one -> {});
          new Vector<>(List.of(1, 2)); var part = used.iterator() | part.next(); | part.next();
          java.nio.ByteBuffer.allocate(4)             | used.put(0, (byte) 1); | used.get(used.capacity() - 1);
          java.nio.ByteBuffer.allocate(4)             | used.duplicate().put((byte) 1); | used.duplicate().get();
          new ArrayList<>(List.of(1, 2))              | used.set(0, 3);  | used.get(1); used.size();
          new ArrayList<>(List.of(1, 2)); var all = new ConcurrentLinkedQueue<Object>() | used.add(3); | all.add(used);
          new ArrayList<>(List.of(1, 2)); var all = new HashMap<Integer, Object>() | used.add(3); | all.put(1, used); all.get(1);
          new StringBuilder(); var all = new HashSet<Object>() | used.append(3); | all.add(used);
          new ArrayList<Object>(); var all = new IdentityHashMap<Object, Integer>() | used.add(3); | all.put(used, 1);
          new HashMap<>(Map.of(1, 1)); var part = new ArrayList<>(new HashMap<>(Map.of(1, 1)).entrySet()).get(0) | part.setValue(10); | used.merge(1, 1, Integer::sum);
          """)
  void whatDoesNotOverlapOrIsMadeForThatIsProved(String made, String beside, String mine) {
    Exploration<Integer> right = explored(made, beside, mine);

    assertThat(right.certificate()).as(right.toString()).isPresent();
  }

  /** One that is handed on from thread to thread is used by one of them at a time. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          var to = new LinkedBlockingQueue<List<Integer>>(); | to.add(used);                | to.take().add(2);
          var to = new CountDownLatch(1);                    | used.add(1); to.countDown(); | to.await(); used.add(2);
          var to = new Semaphore(0);                         | used.add(1); to.release();   | to.acquire(); used.add(2);
          var to = new CompletableFuture<Integer>();         | used.add(1); to.complete(1); | to.join(); used.add(2);
          """)
  void oneThatIsHandedOnIsProved(String by, String beside, String mine) {
    Exploration<Integer> right =
        Explorer.explore(
            Sources.scenario(
                """
                %s
                List<Integer> used = new ArrayList<>();
                Thread beside = Thread.startVirtualThread(() -> { %s });
                %s
                beside.join();
                return used.size();
                """
                    .formatted(by, beside, mine)),
            Options.exhaustive());

    assertThat(right.certificate()).as(right.toString()).isPresent();
  }

  /** A call that began when there was no other thread, and goes on when there is one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          used.forEach(one -> others.add(Thread.startVirtualThread(() -> used.add(one))))           | false
          used.stream().forEach(one -> others.add(Thread.startVirtualThread(() -> used.add(one))))  | false
          List.copyOf(used).forEach(one -> others.add(Thread.startVirtualThread(() -> { synchronized (lock) { used.add(one); } }))) | true
          used.forEach(one -> others.add(Thread.startVirtualThread(() -> used.get(0))))             | true
          """)
  void aCallThatGoesOnBesideOthersIsNamed(String call, boolean isProved) {
    Exploration<Integer> explored =
        Explorer.explore(
            Sources.scenario(
                """
                List<Integer> used = new ArrayList<>(List.of(1, 2));
                List<Thread> others = new ArrayList<>();
                try {
                  %s;
                } catch (ConcurrentModificationException seen) {
                  count++;
                }
                for (Thread other : others) {
                  other.join();
                }
                return used.size();
                """
                    .formatted(call)),
            Options.exhaustive());

    assertThat(explored.certificate().isPresent()).as(explored.toString()).isEqualTo(isProved);
    assertThat(explored.uncontrolled()).hasSize(isProved ? 0 : 1);
  }

  /** They are read by whoever hands them over. */
  @ParameterizedTest
  @ValueSource(
      strings = {"invokeAll(used)", "invokeAll(used, 1, TimeUnit.SECONDS)", "invokeAny(used)"})
  void tasksThatAreHandedOverAtOnceAreReadThen(String call) {
    assertThatItIsNamedUnlessItIsGuarded(
        "ArrayList",
        NOT_MADE_FOR_IT,
        "new ArrayList<Callable<Integer>>(List.of(() -> 1));\nvar pool = Executors.newCachedThreadPool()",
        "used.add(() -> 2);",
        "count = pool.%s.hashCode() == 0 ? 0 : 1; pool.shutdown();".formatted(call));
  }

  /** A collector adds to what it is supplied with. */
  @ParameterizedTest
  @CsvSource({"() -> used, false", "ArrayList::new, true"})
  void aListThatTasksCollectIntoIsNamedUnlessEachHasItsOwn(String supplier, boolean isProved) {
    Exploration<Integer> explored =
        Explorer.explore(
            Sources.scenario(
                """
                List<Integer> used = new ArrayList<>();
                return List.of(1, 2).parallelStream()
                    .collect(java.util.stream.Collectors.toCollection(%s))
                    .isEmpty() ? 0 : 1;
                """
                    .formatted(supplier)),
            Options.exhaustive());

    assertThat(explored.certificate().isPresent()).as(explored.toString()).isEqualTo(isProved);
    if (!isProved) {
      assertThat(explored.uncontrolled())
          .singleElement()
          .asString()
          .startsWith("two threads that use one ArrayList at once");
    }
  }

  @Test
  void withEachScheduleTheyAreNamedToo() {
    Class<? extends Scenario<Integer>> scenario =
        Sources.scenario(
            TWO_THREADS.formatted("new ArrayList<Integer>()", "used.add(1);", "used.add(2);"));

    assertThat(
            Explorer.explore(scenario, Options.exhaustive().reduction(Reduction.NONE))
                .uncontrolled())
        .hasSize(1);
  }

  /** What the message advises: an element of a list is lost, as it is without a lock. */
  @Test
  void fromTheInsideItIsSeenWhatHappens() {
    Exploration<Integer> inside =
        Explorer.explore(
            Sources.scenario(
                """
                List<Integer> list = new ArrayList<>();
                Thread beside = Thread.startVirtualThread(() -> list.add(1));
                list.add(2);
                beside.join();
                return list.size();
                """),
            Options.exhaustive().inside("java.util.ArrayList"));

    assertThat(inside.uncontrolled()).isEmpty();
    assertThat(inside.outcomes()).containsOnlyKeys(1, 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int[]     | new int[] {3, 1, 2}         | used[0] = 5; used[1] = 6; | Arrays.sort(used);
          int[]     | new int[] {3, 1, 2}         | used[0] = 5; used[1] = 6; | Arrays.toString(used);
          int[]     | new int[] {3, 1, 2}         | if (used[0] == 0 && used[1] == 1) lock.hashCode(); | Arrays.fill(used, 0);
          int[]     | new int[] {3, 1, 2}         | used[0]++; used[1]++; | used.clone();
          int[]     | new int[] {3, 1, 2}         | used[0]++; used[1]++; | Arrays.stream(used).sum();
          int[]     | new int[] {3, 1, 2}         | used[0]++; used[1]++; | Arrays.stream(used, 0, 2).map(one -> one + 1).sum();
          int[]     | new int[] {3, 1, 2}         | used[0]++; used[1]++; | java.util.stream.IntStream.of(used).max();
          int[]     | new int[] {3, 1, 2}         | used[0]++; used[1]++; | System.arraycopy(used, 0, new int[2], 0, 2);
          int[]     | new int[] {3, 1, 2}         | int mine = used[1] + used[2]; | System.arraycopy(new int[2], 0, used, 1, 2);
          int[]     | new int[] {3, 1, 2}         | used[0]++; used[1]++; | System.arraycopy(used, 0, used, 1, 2);
          int[]     | new int[] {3, 1, 2}         | Arrays.fill(used, 1);  | Arrays.hashCode(used);
          int[]     | new int[] {3, 1, 2}         | Arrays.fill(used, 0, 2, 1); | Arrays.sort(used, 1, 3);
          int[]     | new int[] {3, 1, 2}         | used[0]--; used[1]--; | Arrays.equals(used, new int[3]);
          int[]     | new int[] {3, 1, 2}         | used[0]--; used[1]--; | Arrays.equals(new int[3], used);
          int[]     | new int[] {3, 1, 2}         | used[0]--; used[1]--; | Arrays.setAll(used, i -> i);
          int[]     | new int[] {3, 1, 2}         | used[0]--; used[1]--; | Arrays.parallelPrefix(used, Integer::sum);
          char[]    | new char[] {'a', 'b'}       | used[0] = 'c'; used[1] = 'd'; | String.valueOf(used);
          char[]    | new char[] {'a', 'b'}       | used[0] = 'c'; used[1] = 'd'; | new String(used).length();
          byte[]    | new byte[] {1, 2}           | used[0] = 3; used[1] = 4; | new String(used).length();
          byte[]    | new byte[] {1, 2}           | used[0] = 3; used[1] = 4; | new java.math.BigInteger(1, used);
          int[]     | new int[] {3, 1, 2}         | used[0] = 5; used[1] = 6; | new java.util.concurrent.atomic.AtomicIntegerArray(used);
          Integer[] | new Integer[] {3, 1, 2}     | used[0] = 5; used[1] = 6; | new CopyOnWriteArrayList<>(used);
          Integer[] | new Integer[] {3, 1, 2}     | used[0] = 5; used[1] = 6; | Arrays.sort(used, Comparator.reverseOrder());
          Integer[] | new Integer[] {3, 1, 2}     | used[0] = 5; used[1] = 6; | List.of(used);
          Integer[] | new Integer[] {3, 1, 2}     | used[0] = 5; used[1] = 6; | Collections.sort(Arrays.asList(used));
          Integer[] | new Integer[] {3, 1, 2}     | used[0] = 5; used[1] = 6; | Arrays.asList(used).contains(2);
          Integer[] | new Integer[] {3, 1, 2}     | used[0] = 5; used[1] = 6; | Arrays.asList(used).stream().toList();
          Integer[] | new Integer[] {3, 1, 2}     | used[0] = 5; used[1] = 6; | java.util.stream.Stream.of(used).count();
          Integer[] | new Integer[] {3, 1, 2}     | used[0] = 5; used[1] = 6; | List.of(7, 8, 9).toArray(used);
          Integer[] | Arrays.asList(1, 2)         | used.replaceAll(one -> one + 1); | used.replaceAll(one -> one + 1);
          Integer[] | Arrays.asList(2, 1)         | used.sort(null);       | used.get(0);
          Integer[] | Arrays.asList(1, 2)         | used.set(0, 3); used.set(1, 4); | used.contains(2);
          int[]     | new int[] {3, 1, 2}         | Arrays.sort(used);     | count = used[1];
          Integer[] | new Integer[] {3, 1, 2}     | Arrays.asList(used).set(1, 8); used[0] = 2; | Arrays.sort(used);
          AtomicIntegerArray | new java.util.concurrent.atomic.AtomicIntegerArray(3) | used.set(0, 5); used.addAndGet(1, 6); | used.toString();
          AtomicReferenceArray | new java.util.concurrent.atomic.AtomicReferenceArray<>(3) | used.set(0, 5); used.compareAndSet(1, null, 6); | String.valueOf(used);
          """)
  void anArrayThatACallGoesThroughMeanwhileIsNamedUnlessItIsGuarded(
      String type, String made, String beside, String mine) {
    assertThatItIsNamedUnlessItIsGuarded(type, GOES_THROUGH, made, beside, mine);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new int[] {3, 1, 2}     | used[2] = 5;                 | Arrays.sort(used, 0, 2);
          new int[] {3, 1, 2}     | used[0] = 5;                 | used[0]++;
          new int[] {3, 1, 2}     | used[0] = 5; used[0] = 6;    | Arrays.toString(used);
          new int[] {3, 1, 2}     | int mine = used[1];          | Arrays.fill(used, 0);
          new int[] {3, 1, 2}     | used[0] = 5; int mine = used[1]; | Arrays.toString(used);
          new int[] {3, 1, 2}     | Arrays.fill(used, 0, 1, 9);  | Arrays.sort(used, 1, 3);
          new int[] {3, 1, 2}     | int mine = used[0];          | Arrays.toString(used);
          new int[] {3, 1, 2}     | Arrays.hashCode(used);       | Arrays.stream(used).sum();
          new int[] {3, 1, 2}     | used[2] = 5;                 | System.arraycopy(used, 0, new int[2], 0, 2);
          new int[] {3, 1, 2}     | used[0] = 5;                 | System.arraycopy(new int[3], 0, used, 1, 2);
          new int[] {3}           | used[0] = 5;                 | used.clone();
          new int[] {3}           | used[0]--;                   | Arrays.toString(used);
          new java.util.concurrent.atomic.AtomicLongArray(3) | used.set(0, 5); | used.toString();
          new java.util.concurrent.atomic.AtomicLongArray(3) | used.set(0, 5); used.incrementAndGet(0); | used.toString();
          new java.util.concurrent.atomic.AtomicLongArray(3) | used.set(0, 5); used.set(1, 6); | used.length();
          new java.util.concurrent.atomic.AtomicLongArray(3) | used.set(0, 5); used.set(1, 6); | used.get(1);
          new Integer[] {3, 1, 2} | Arrays.asList(used).set(1, 8); | used[1] = 7;
          new Integer[] {3, 1, 2} | Arrays.asList(used).set(1, 8); | Arrays.asList(used).get(1);
          new Integer[] {3, 1, 2} | used[0] = 8;                 | Arrays.asList(used).size();
          new Integer[] {3, 1, 2} | used[0] = 5; used[1] = 6;    | Collections.addAll(new ArrayList<Integer>(), used);
          new Integer[] {3, 1, 2} | String.format("%d %d", used[0], 2); | used[1] = 2;
          """)
  void anArrayOfWhichTwoThreadsReachSingleElementsOrOthersIsNotNamed(
      String made, String beside, String mine) {
    Exploration<Integer> explored = explored(made, beside, mine);

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ConcurrentHashMap     | map | used.merge(1, -1, Integer::sum); used.merge(2, 1, Integer::sum); | used.values().stream().mapToInt(Integer::intValue).sum();
          ConcurrentHashMap     | map | used.put(1, 2); used.remove(2);     | Map.copyOf(used);
          ConcurrentHashMap     | map | used.put(1, 2); used.remove(2);     | new HashMap<>(used);
          ConcurrentHashMap     | map | used.put(1, 2); used.remove(2);     | new ArrayList<>(used.values());
          ConcurrentHashMap     | map | used.put(1, 2); used.remove(2);     | used.toString();
          ConcurrentHashMap     | map | used.put(1, 2); used.remove(2);     | String.valueOf(used.keySet());
          ConcurrentHashMap     | map | used.put(1, 2); used.remove(2);     | used.containsValue(5);
          ConcurrentHashMap     | map | used.compute(1, (k, v) -> 2); used.computeIfAbsent(3, k -> 2); | used.equals(Map.of());
          ConcurrentHashMap     | map | used.put(1, 2); used.put(2, 3);     | used.replaceAll((k, v) -> v + 1);
          ConcurrentHashMap     | map | used.get(1); used.get(2);           | used.clear();
          ConcurrentHashMap     | map | used.size();                        | used.clear();
          ConcurrentHashMap     | map | used.get(1); used.get(2);           | used.keySet().removeAll(List.of(1, 2));
          ConcurrentHashMap     | map | used.get(1); used.get(2);           | used.values().removeIf(one -> one == 1);
          ConcurrentHashMap     | map | for (var one : used.entrySet()) one.setValue(7); | used.hashCode();
          ConcurrentSkipListMap | new ConcurrentSkipListMap<>(Map.of(1, 1, 2, 1)) | used.put(1, 2); used.remove(2); | List.copyOf(used.values());
          ConcurrentSkipListMap | new ConcurrentSkipListMap<>(Map.of(1, 1, 2, 1)) | used.firstEntry(); used.get(2); | used.clear();
          ConcurrentSkipListSet | new ConcurrentSkipListSet<>(List.of(1, 2))      | used.add(3); used.remove(2);    | used.toArray();
          ConcurrentLinkedQueue | new ConcurrentLinkedQueue<>(List.of(1, 2))      | used.add(3); used.poll();       | List.copyOf(used);
          ConcurrentLinkedDeque | new ConcurrentLinkedDeque<>(List.of(1, 2))      | used.push(3); used.pollLast();  | used.stream().toList();
          LinkedTransferQueue   | new LinkedTransferQueue<>(List.of(1, 2))        | used.add(3); used.poll();       | new ArrayList<>(used);
          ConcurrentLinkedQueue | new ConcurrentLinkedQueue<>(List.of(1, 2))      | used.poll(); used.add(3);       | used.size();
          ConcurrentLinkedDeque | new ConcurrentLinkedDeque<>(List.of(1, 2))      | used.pollLast(); used.push(3);  | used.size();
          LinkedTransferQueue   | new LinkedTransferQueue<>(List.of(1, 2))        | used.poll(); used.add(3);       | used.size();
          ConcurrentLinkedDeque | new ConcurrentLinkedDeque<>(List.of(1, 2))      | used.push(2); used.pollLast();  | used.contains(2);
          ConcurrentSkipListMap | new ConcurrentSkipListMap<>(Map.of(1, 1, 2, 1)) | used.remove(1); used.put(3, 1); | used.headMap(9).size();
          ArrayBlockingQueue    | new ArrayBlockingQueue<>(9, false, List.of(1, 2)) | used.clear();                 | used.stream().count();
          LinkedBlockingQueue   | new LinkedBlockingQueue<>(List.of(1, 2))        | used.poll(); used.add(3);       | used.stream().anyMatch(one -> one > 2);
          LinkedBlockingDeque   | new LinkedBlockingDeque<>(List.of(1, 2))        | used.clear();                   | new TreeSet<>(used);
          PriorityBlockingQueue | new PriorityBlockingQueue<>(List.of(1, 2))      | used.clear();                   | used.stream().toList();
          Vector                | new Vector<>(List.of(1, 2))                     | used.add(3);                    | used.stream().toList();
          Vector                | new Vector<>(List.of(1, 2))                     | used.add(3);                    | new HashSet<>(used);
          Vector                | new Vector<>(List.of(1, 2))                     | used.add(3);                    | Collections.max(used);
          Vector                | new Vector<>(List.of(1, 2))                     | used.add(3);                    | new HashSet<Integer>().addAll(used);
          Vector                | new Vector<>(List.of(1, 2))                     | used.add(3);                    | Set.copyOf(used);
          Stack                 | new Stack<Integer>()                            | used.push(3);                   | used.stream().count();
          Hashtable             | new Hashtable<>(Map.of(1, 1))                   | used.put(2, 2);                 | new HashMap<>(used);
          """)
  void aCollectionThatACallGoesThroughWhileSeveralOfItAreReachedIsNamedUnlessItIsGuarded(
      String type, String made, String beside, String mine) {
    String all =
        made.equals("map") ? "new ConcurrentHashMap<Integer, Integer>(Map.of(1, 1, 2, 1))" : made;
    assertThatItIsNamedUnlessItIsGuarded(type, GOES_THROUGH, all, beside, mine);
  }

  /** It adds up what is counted in several places, one of them after the other. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new ConcurrentHashMap<Integer, Integer>()          | used.put(1, 2);    | used.size();        | true
          new ConcurrentHashMap<Integer, Integer>()          | used.put(1, 2);    | used.keySet().isEmpty(); | true
          new ConcurrentLinkedQueue<Integer>()               | used.add(1);       | used.size();        | false
          new java.util.concurrent.atomic.LongAdder()        | used.increment();  | used.sum();         | true
          new java.util.concurrent.atomic.LongAccumulator(Long::max, 0) | used.accumulate(1); | used.intValue(); | true
          new ConcurrentHashMap<Integer, Integer>()          | used.put(1, 2);    | if (used.containsKey(1)) count = used.size(); | true
          new ConcurrentHashMap<Integer, Integer>()          | used.put(1, 2);    | used.get(1);        | false
          new LinkedBlockingQueue<Integer>()                 | used.add(1);       | used.size();        | false
          new java.util.concurrent.atomic.AtomicInteger()                              | used.set(1);       | used.intValue();    | false
          """)
  void aSumThatMissesAChangeIsNamed(String made, String beside, String mine, boolean isNamed) {
    Exploration<Integer> explored = explored(made, beside, mine);

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.toString().contains("misses a change made just before")).isEqualTo(isNamed);
  }

  @Test
  void aSumOfWhatNobodyChangesAnyMoreIsRight() {
    Exploration<Integer> explored =
        Explorer.explore(
            Sources.scenario(
                """
                var used = new ConcurrentHashMap<Integer, Integer>();
                Thread beside = Thread.startVirtualThread(() -> used.put(1, 2));
                used.put(2, 2);
                beside.join();
                return used.size();
                """),
            Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.toString()).doesNotContain("misses a change made just before");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          used.put(1, 2);                 | used.toString();
          used.get(1);                    | used.clear();
          used.put(1, 2); used.put(3, 3); | used.size();
          used.put(1, 2); used.put(3, 3); | used.get(1);
          used.get(1); used.get(2);       | used.toString();
          used.put(1, 2); used.put(3, 3); | for (int one : used.values()) lock.hashCode();
          used.put(1, 2); used.put(3, 3); | used.merge(2, 1, Integer::sum);
          used.put(1, 2); used.put(3, 3); | used.isEmpty();
          """)
  void aMapOfWhichTwoThreadsReachSingleEntriesOrOnlyOneMeanwhileIsNotNamed(
      String beside, String mine) {
    Exploration<Integer> explored =
        explored("new ConcurrentHashMap<Integer, Integer>(Map.of(1, 1, 2, 1))", beside, mine);

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
  }

  /** Most keep a count; the others count their elements, and one that changes is there or not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new ConcurrentLinkedQueue<>(List.of(1, 2))      | used.poll();
          new ConcurrentLinkedQueue<>(List.of(1, 2))      | used.peek(); used.isEmpty();
          new ConcurrentLinkedDeque<>(List.of(1, 2))      | used.push(3);
          new ConcurrentSkipListSet<>(List.of(1, 2))      | used.remove(1); used.add(3);
          new LinkedBlockingQueue<>(List.of(1, 2))        | used.poll(); used.add(3);
          """)
  void howManyThereAreMayBeAskedMeanwhile(String made, String beside) {
    Exploration<Integer> explored = explored(made, beside, "used.size();");
    assertThat(explored.certificate()).as(explored.toString()).isPresent();
  }

  /** What locks itself for a call, or is gone through while one element is added. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new LinkedBlockingQueue<>(List.of(1, 2)) | used.add(3);   | used.stream().count();
          new LinkedBlockingQueue<>(List.of(1, 2)) | used.clear();  | used.toArray();
          new LinkedBlockingQueue<>(List.of(1, 2)) | used.clear();  | new ArrayList<>(used);
          new LinkedBlockingQueue<>(List.of(1, 2)) | used.clear();  | used.toString();
          new LinkedBlockingQueue<>(List.of(1, 2)) | used.clear();  | for (int one : used) lock.hashCode();
          new ArrayBlockingQueue<>(9, false, List.of(1, 2)) | used.removeIf(one -> one < 3); | used.drainTo(new ArrayList<>());
          new Vector<>(List.of(1, 2))              | used.add(3);   | used.toString();
          new Vector<>(List.of(1, 2))              | used.clear();  | List.copyOf(used);
          new Vector<>(List.of(1, 2))              | used.add(3);   | new ArrayList<>(used);
          new Vector<>(List.of(1, 2))              | used.sort(null); | Collections.sort(used);
          new Vector<>(List.of(1, 2))              | used.add(3);   | used.iterator().hasNext();
          new Vector<>(List.of(1, 2))              | used.add(3);   | Collections.unmodifiableList(used).size();
          new Hashtable<>(Map.of(1, 1))            | used.put(2, 2); | used.toString();
          new Hashtable<>(Map.of(1, 1))            | used.put(2, 2); | used.keySet().contains(1);
          """)
  void aCollectionThatLocksItselfIsNotNamedWhereItDoes(String made, String beside, String mine) {
    Exploration<Integer> explored = explored(made, beside, mine);

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
  }

  /** By several calls, between which another thread changes what they are of. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new LinkedBlockingQueue<>(List.of(1))    | used.poll(); used.add(2);       | used.containsAll(List.of(1, 2)) ? 1 : 0 | 1, 0
          new ConcurrentLinkedQueue<>(List.of(1))  | used.poll(); used.add(2);       | Collections.unmodifiableCollection(used).containsAll(List.of(1, 2)) ? 1 : 0 | 1, 0
          new CopyOnWriteArrayList<>(List.of(1))   | used.remove(0); used.add(2);    | used.containsAll(List.of(1, 2)) ? 1 : 0 | 0
          new Vector<>(List.of(1))                 | used.clear();                   | used.getFirst()                         | 1, -1, -2
          new Vector<>(List.of(1))                 | used.clear();                   | used.removeLast()                       | 1, -1, -2
          new Vector<>(List.of(1, 2))              | used.remove(0);                 | used.getLast()                          | 2, -2
          new ConcurrentSkipListSet<>(List.of(1))  | used.pollFirst();                   | used.removeLast()                       | 1, -3, -1
          new CopyOnWriteArrayList<>(List.of(1))   | used.clear();                   | used.getFirst()                         | 1, -1
          new LinkedBlockingDeque<>(List.of(1))    | used.clear();                   | used.removeFirst()                      | 1, -1
          """)
  void whatIsAskedByOneCallAfterTheOtherIsSeenBetweenThem(
      String made, String beside, String mine, String answers) {
    Exploration<Integer> explored =
        Explorer.explore(
            Sources.scenario(
                """
                var used = %s;
                Thread beside = Thread.startVirtualThread(() -> {
                  %s
                });
                int answer;
                try {
                  Integer found = %s;
                  answer = found == null ? -3 : found;
                } catch (NoSuchElementException none) {
                  answer = -1;
                } catch (IndexOutOfBoundsException none) {
                  answer = -2;
                }
                beside.join();
                return answer;
                """
                    .formatted(made, beside, mine)),
            Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes().keySet())
        .containsExactlyInAnyOrder(
            Arrays.stream(answers.split(", ")).map(Integer::valueOf).toArray(Integer[]::new));
  }

  /** Others see the first of them before the rest are there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new LinkedBlockingQueue<Integer>()                      | used.addAll(List.of(1, 2));            | 0, 1, 2
          new ArrayBlockingQueue<Integer>(9)                      | used.addAll(List.of(1, 2));            | 0, 1, 2
          new PriorityBlockingQueue<Integer>()                    | used.addAll(List.of(1, 2));            | 0, 1, 2
          ConcurrentHashMap.<Integer>newKeySet()                  | used.addAll(List.of(1, 2));            | 0, 1, 2
          Collections.newSetFromMap(new ConcurrentHashMap<Integer, Boolean>()) | used.addAll(List.of(1, 2)); | 0, 1, 2
          new ConcurrentSkipListSet<Integer>()                    | used.addAll(List.of(1, 2));            | 0, 1, 2
          new ConcurrentHashMap<Integer, Integer>()               | used.putAll(Map.of(1, 1, 2, 1));       | 0, 1, 2
          new ConcurrentSkipListMap<Integer, Integer>()           | used.putAll(Map.of(1, 1, 2, 1));       | 0, 1, 2
          new CopyOnWriteArrayList<Integer>()                     | Collections.addAll(used, 1, 2);        | 0, 1, 2
          Collections.synchronizedList(new ArrayList<Integer>())  | Collections.addAll(used, 1, 2);        | 0, 1, 2
          new Vector<Integer>()                                   | Collections.addAll(used, 1, 2);        | 0, 1, 2
          new CopyOnWriteArrayList<Integer>()                     | used.addAll(List.of(1, 2));            | 0, 2
          Collections.synchronizedList(new ArrayList<Integer>())  | used.addAll(List.of(1, 2));            | 0, 2
          new Vector<Integer>()                                   | used.addAll(List.of(1, 2));            | 0, 2
          new ConcurrentLinkedQueue<Integer>()                    | used.addAll(List.of(1, 2));            | 0, 2
          """)
  void whatIsAddedOneAfterTheOtherIsSeenHalf(String made, String beside, String sizes) {
    Exploration<Integer> explored =
        Explorer.explore(
            Sources.scenario(
                """
                var used = %s;
                Thread beside = Thread.startVirtualThread(() -> {
                  %s
                });
                int size = used.size();
                beside.join();
                if (used.size() != 2) throw new IllegalStateException();
                return size;
                """
                    .formatted(made, beside)),
            Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes().keySet())
        .containsExactlyInAnyOrder(
            Arrays.stream(sizes.split(", ")).map(Integer::valueOf).toArray(Integer[]::new));
  }

  /** Who has found one entry removed lets a third thread look for the other one. */
  @Test
  void whatOneThreadFindsHalfwayMayLetAnotherLookForTheRest() {
    Exploration<Integer> explored =
        Explorer.explore(
            Sources.scenario(
                """
                var map = new ConcurrentHashMap<Integer, Integer>(Map.of(1, 1, 2, 1));
                var found = new java.util.concurrent.atomic.AtomicBoolean();
                Thread third = Thread.startVirtualThread(() -> {
                  if (found.get() && map.get(2) != null) count++;
                });
                Thread beside = Thread.startVirtualThread(map::clear);
                if (map.get(1) == null) found.set(true);
                third.join();
                beside.join();
                return count;
                """),
            Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isEmpty();
    assertThat(explored.uncontrolled()).singleElement().asString().contains(GOES_THROUGH);
  }
}
