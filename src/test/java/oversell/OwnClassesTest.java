package oversell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.inventory.Inventories;
import oversell.lab.experiment.ExperimentError;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.experiment.InvalidExperiment;

class OwnClassesTest {
  private static final String PROVIDER =
      """
      package shop;

      import oversell.inventory.*;

      %s class Mine implements InventoryProvider {
        %s
        public String name() { %s }
        public Inventory create(int stock) { return null; }
      }
      """;
  @TempDir private Path folder;

  @BeforeEach
  void resolveLinks() throws IOException {
    folder = folder.toRealPath();
  }

  private OwnClasses own(String given) throws InvalidExperiment {
    ExperimentFile.Entry entry =
        new ExperimentFile.Entry(ExperimentError.Place.startOf("-Dclasspath"), given);
    return OwnClasses.parse(List.of(entry), (any, text) -> folder.resolve(text));
  }

  private OwnProject mine(String modifier, String constructor, String name) throws IOException {
    return OwnProject.in(folder.resolve("shop"))
        .compile("shop.Mine", PROVIDER.formatted(modifier, constructor, name))
        .provides("shop.Mine");
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> own("shop/target/classes").inventories())
        .isInstanceOf(InvalidExperiment.class)
        .hasMessageStartingWith("-Dclasspath:1:1: classpath: found ")
        .hasMessageContaining(reason)
        .hasMessageContaining(", expected ");
  }

  @Test
  void withoutTheSettingThereAreTheVariantsOfTheLab() throws InvalidExperiment {
    assertThat(own("").inventories().names()).isEqualTo(Inventories.onClassPath().names());
    assertThat(own("").after("lab.jar")).isEqualTo("lab.jar");
  }

  @Test
  void findsInventoriesInAFolder() throws Exception {
    OwnProject.shop(folder.resolve("shop"));

    Inventories inventories = own("shop/target/classes").inventories();

    assertThat(inventories.names()).contains("shop-guarded", "shop-racy", "synchronized");
    assertThat(inventories.get("shop-racy").safe()).isFalse();
  }

  @Test
  void findsInventoriesInAJarAndWhatTheyNeedBesideIt() throws Exception {
    OwnProject library =
        OwnProject.in(folder.resolve("library"))
            .compile(
                "names.Names",
                "package names; public class Names { public String mine() { return \"mine\"; } }");
    OwnProject project = OwnProject.in(folder.resolve("shop"));
    Files.createDirectories(project.classes().resolve("names"));
    Files.copy(
        library.classes().resolve("names/Names.class"),
        project.classes().resolve("names/Names.class"));
    project
        .compile("shop.Mine", PROVIDER.formatted("public", "", "return new names.Names().mine();"))
        .provides("shop.Mine");
    Files.delete(project.classes().resolve("names/Names.class"));
    project.jar();

    OwnClasses own = own("shop/target/shop.jar" + File.pathSeparator + "library/target/classes");

    assertThat(own.inventories().find("mine")).isPresent();
    assertThat(own.after("lab.jar").split(File.pathSeparator))
        .containsExactly(
            "lab.jar",
            folder.resolve("shop/target/shop.jar").toString(),
            folder.resolve("library/target/classes").toString());
    assertThatThrownBy(() -> own("shop/target/shop.jar").inventories())
        .hasMessageContaining("cannot be loaded (java.lang.ClassNotFoundException: names.Names)");
  }

  @Test
  void namesEachPathThatIsOfNoUse() throws Exception {
    Files.writeString(folder.resolve("notes.txt"), "no jar");

    assertThatThrownBy(() -> own("nowhere/classes" + File.pathSeparator + "notes.txt"))
        .isInstanceOf(InvalidExperiment.class)
        .hasMessageContaining(
            "found \"nowhere/classes\", which does not exist (looked for "
                + folder.resolve("nowhere/classes"))
        .hasMessageContaining("found \"notes.txt\", which is neither a folder nor a jar");
  }

  @Test
  void asksForTheServiceFile() throws Exception {
    OwnProject.in(folder.resolve("shop"));

    assertRefused(
        "\"shop/target/classes\", without a file META-INF/services/oversell.inventory.InventoryProvider");
  }

  @Test
  void refusesAServiceFileThatNamesNoClass() throws Exception {
    OwnProject.in(folder.resolve("shop")).provides("shop.Mein");

    assertRefused("provider shop.Mein not found");
  }

  @ParameterizedTest
  @CsvSource({
    "public, 'public Mine() { throw new IllegalStateException(\"no stock\"); }', no stock",
    "public, 'private Mine() {}', no-arg constructor",
    "public, 'public Mine(int size) {}', no-arg constructor",
    "public abstract, '', shop.Mine could not be instantiated",
    "public, 'static { if (true) throw new IllegalStateException(\"no config\"); }', no config"
  })
  void refusesAProviderThatCannotBeMade(String modifier, String member, String reason)
      throws Exception {
    mine(modifier, member, "return \"mine\";");

    assertRefused(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "'return null;', shop.Mine has the name \"null\"",
    "'return \"My Shop\";', shop.Mine has the name \"My Shop\"; a name has small letters",
    "'throw new IllegalStateException(\"none\");', shop.Mine threw when it was asked its name",
    "'return \"synchronized\";', two inventories are named \"synchronized\": oversell.variant."
  })
  void refusesAProviderWhoseNameCannotBeUsed(String name, String reason) throws Exception {
    mine("public", "", name);

    assertRefused(reason);
  }
}
