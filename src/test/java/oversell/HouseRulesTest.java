package oversell;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house, each with its exceptions in full. */
class HouseRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("oversell");
  private static final String[] HOT = {
    "oversell.inventory..",
    "oversell.variant..",
    "oversell.store..",
    "oversell.lab.trial..",
    "oversell.explorer.."
  };
  private static final Path SOURCES = Path.of("src", "main", "java", "oversell");

  /**
   * A room, and those it may import. The lab's front door, the root package, may import every one.
   */
  private static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          room("boot"),
          room("inventory"),
          room("plot"),
          room("stats"),
          room("text"),
          room("variant", "inventory"),
          room("variant.model", "inventory"),
          // Programs to explore, which know the library alone.
          room("scenario", "explorer"),
          room("conformance", "explorer"),
          room("versus", "explorer", "inventory"),
          room("store", "inventory"),
          // The library, which needs nothing of the lab.
          room("explorer.hook"),
          room("explorer.inside", "explorer.hook"),
          room("explorer.weave", "explorer.hook", "explorer.inside"),
          room("explorer.schedule"),
          room("explorer.control", "explorer.hook", "explorer.schedule"),
          room("explorer.picture", "plot", "text"),
          room(
              "explorer",
              "explorer.hook",
              "explorer.weave",
              "explorer.schedule",
              "explorer.control",
              "explorer.picture",
              "text"),
          room("junit", "explorer"),
          room("lab.cluster", "store"),
          room("lab.experiment", "inventory", "store", "explorer"),
          room(
              "lab.trial",
              "inventory",
              "lab.experiment",
              "stats",
              "explorer",
              "explorer.picture",
              // For what another tool can be told of.
              "versus"),
          room(
              "lab.fork",
              "boot",
              "inventory",
              "store",
              "stats",
              "lab.cluster",
              "lab.experiment",
              "lab.trial",
              "explorer"),
          room(
              "report.table",
              // For what a store said of itself and of its books, as the raw log has it.
              "store",
              "lab.experiment",
              "lab.trial",
              "lab.fork",
              "explorer",
              "stats",
              "text"),
          room(
              "report",
              "store",
              "lab.experiment",
              "lab.trial",
              "lab.fork",
              "explorer",
              "explorer.picture",
              "stats",
              "plot",
              "text",
              "report.table"),
          room(
              "report.overview",
              "lab.experiment",
              "lab.trial",
              "lab.fork",
              "explorer",
              "stats",
              "text",
              "report.table",
              "report"));

  private static Map.Entry<String, Set<String>> room(String name, String... allowed) {
    return Map.entry(name, Set.of(allowed));
  }

  @Test
  void thereAreClassesToCheck() {
    assertThat(CLASSES.size()).isGreaterThan(60);
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of("oversell"), ROOMS.keySet().stream().map(room -> "oversell." + room))
                .toList());
  }

  @Test
  void aRoomImportsOnlyWhatItMay() {
    ROOMS.forEach(
        (room, allowed) -> {
          List<String> forbidden = new ArrayList<>(List.of("oversell"));
          ROOMS.keySet().stream()
              .filter(other -> !other.equals(room) && !allowed.contains(other))
              .forEach(other -> forbidden.add("oversell." + other));
          check(
              noClasses()
                  .that()
                  .resideInAPackage("oversell." + room)
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(forbidden.toArray(String[]::new)));
        });
  }

  @Test
  void noRoomsImportOneAnother() {
    check(slices().matching("oversell.(**)").should().beFreeOfCycles());
  }

  /**
   * The broken twin of the rules above: the same check, told that a room may not import what it
   * does import.
   */
  @Test
  void theCheckOfImportsCatchesOne() {
    ArchRule tooStrict =
        noClasses()
            .that()
            .resideInAPackage("oversell.lab.trial")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("oversell.inventory");

    assertThat(tooStrict.evaluate(CLASSES).hasViolation()).isTrue();
  }

  @Test
  void onlyTheFrontDoorsPrint() {
    check(
        noClasses()
            // The last only asks whether it is the console that others print to.
            .that(
                areNot(
                    "oversell.Main", "oversell.boot.Launcher",
                    "oversell.junit.ExploringJvm", "oversell.explorer.weave.ByClass"))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  /**
   * A variant whose reservations or leases expire needs a clock, and its provider is a front door:
   * the service loader makes it, and has none to hand in.
   */
  @Test
  void onlyTheFrontDoorsReadTheClock() {
    check(
        noClasses()
            .that(
                areNot(
                    "oversell.Main",
                    "oversell.explorer.Explorer",
                    "oversell.junit.ExploringJvm",
                    "oversell.junit.Runner",
                    "oversell.lab.fork.ForkMain",
                    "oversell.lab.fork.MemberMain",
                    "oversell.lab.fork.ShareMain",
                    "oversell.variant.ReservationInventory$ExpiringProvider",
                    "oversell.variant.model.SoldUnderLease$Provider"))
            .should(readTheClock()));
  }

  /**
   * The broken twin: those that do are caught, though all they have is a reference to the method.
   */
  @Test
  void theCheckOfClocksCatchesAReference() {
    ArchRule withoutExceptions = noClasses().should(readTheClock());

    assertThat(withoutExceptions.evaluate(CLASSES).getFailureReport().getDetails())
        .anyMatch(detail -> detail.contains("oversell.Main"))
        .anyMatch(detail -> detail.contains("oversell.lab.fork.ForkMain"));
  }

  private static ArchCondition<JavaClass> readTheClock() {
    Set<String> clocks =
        Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.time.Instant.now",
            "java.time.Clock.systemUTC",
            "java.time.InstantSource.system");
    return ArchConditions.accessTargetWhere(
        DescribedPredicate.describe(
            "is a clock",
            (JavaAccess<?> access) ->
                clocks.contains(access.getTargetOwner().getName() + "." + access.getName())));
  }

  @Test
  void whatRunsInATrialOrAnExplorationDoesNotLog() {
    check(noClasses().that().resideInAnyPackage(HOT).should(log()));
  }

  /** The broken twin: the same check of the package that launches forks, which does log. */
  @Test
  void theCheckOfLogsCatchesOne() {
    assertThat(
            noClasses()
                .that()
                .resideInAPackage("oversell.lab.fork")
                .should(log())
                .evaluate(CLASSES)
                .hasViolation())
        .isTrue();
  }

  private static ArchCondition<JavaClass> log() {
    return ArchConditions.dependOnClassesThat(
        JavaClass.Predicates.resideInAnyPackage(
            "org.slf4j..", "ch.qos.logback..", "java.util.logging.."));
  }

  /** But for a token and a password, which nobody may be able to draw again. */
  @Test
  void onlyThePlanAndSomeStrategiesAreRandomAndTheirSeedIsPrinted() {
    check(
        noClasses()
            .that(
                areNot(
                    "oversell.lab.fork.ForkPlan",
                    "oversell.lab.fork.Token",
                    "oversell.store.Password",
                    "oversell.explorer.hook.ChanceHooks",
                    "oversell.explorer.hook.SeededSecureRandom",
                    "oversell.explorer.hook.SeededSecureRandom$Source",
                    "oversell.explorer.schedule.RandomOrder",
                    "oversell.explorer.schedule.Priorities"))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(RandomGenerator.class)
            .orShould()
            .callMethod(Math.class, "random"));
  }

  @Test
  void inventoriesAreHiddenBehindTheirProviders() {
    check(
        classes()
            .that()
            .resideInAPackage("oversell.variant")
            .and()
            .haveSimpleNameEndingWith("Inventory")
            .and()
            .areNotInterfaces()
            .should()
            .bePackagePrivate());
  }

  @Test
  void everyRoomSaysWhatItIsFor() throws IOException {
    for (Path room : rooms()) {
      assertThat(room.resolve("package-info.java")).isRegularFile();
      String text = Files.readString(room.resolve("package-info.java"));
      assertThat(text).contains("Start reading at");
      // The launcher is compiled for Java 8, and NullAway is not for it.
      assertThat(text.contains("@NullMarked")).as("%s", room).isNotEqualTo(room.endsWith("boot"));
    }
  }

  private static List<Path> rooms() throws IOException {
    try (Stream<Path> folders = Files.walk(SOURCES)) {
      return folders.filter(Files::isDirectory).filter(folder -> !folder.endsWith("lab")).toList();
    }
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> areNot(String... names) {
    return DescribedPredicate.describe(
        "are not " + List.of(names), type -> !List.of(names).contains(type.getName()));
  }
}
