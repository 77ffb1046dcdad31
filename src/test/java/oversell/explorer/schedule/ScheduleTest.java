package oversell.explorer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void isReadAsItWasWritten(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> threads = new ArrayList<>();
    for (int i = random.nextInt(300); i > 0; i--) {
      int thread = random.nextInt(64);
      for (int steps = random.nextInt(1, 400); steps > 0; steps--) {
        threads.add(thread);
      }
    }
    Schedule schedule = new Schedule(threads);

    assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule);
  }

  @Test
  void theShortestScheduleHasNoStep() {
    assertThat(Schedule.parse(new Schedule(List.of()).toString()).threads()).isEmpty();
  }

  @Test
  void isShort() {
    assertThat(new Schedule(List.of(0, 0, 0, 1, 1)).toString()).hasSize(10);
  }

  @Test
  void withoutASwitchAThreadContinuesAtOnceOrBeginsLater() {
    Schedule schedule = new Schedule(List.of(0, 0, 1, 2, 0, 1));

    assertThat(schedule.switches()).isEqualTo(4);
    assertThat(schedule.withoutSwitch(0))
        .containsExactly(
            new Schedule(List.of(0, 0, 0, 1, 2, 1)), new Schedule(List.of(1, 2, 0, 0, 0, 1)));
    assertThat(schedule.withoutSwitch(1))
        .containsExactly(
            new Schedule(List.of(0, 0, 1, 1, 2, 0)), new Schedule(List.of(0, 0, 2, 0, 1, 1)));
    // The third never goes on.
    assertThat(schedule.withoutSwitch(2)).isEmpty();
  }

  @Test
  void fewSwitchesComeBeforeFewSteps() {
    assertThat(
            Stream.of(List.of(0, 1, 0), List.of(0, 0, 0, 1, 1), List.of(1, 1, 0, 0))
                .map(Schedule::new)
                .sorted(Schedule.SHORTEST_FIRST))
        .containsExactly(
            new Schedule(List.of(1, 1, 0, 0)),
            new Schedule(List.of(0, 0, 0, 1, 1)),
            new Schedule(List.of(0, 1, 0)));
  }

  /** With a last byte that fits, so that it is refused for what it says. */
  private static String checked(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    int check = bytes.length;
    for (byte one : bytes) {
      check = 31 * check + one;
    }
    return hex + HexFormat.of().toHexDigits((byte) (check ^ check >>> 8 ^ check >>> 16));
  }

  static Stream<Arguments> bad() {
    String good = new Schedule(List.of(0, 1, 0)).toString();
    return Stream.of(
        Arguments.of("", "do not fit"),
        Arguments.of("xyz", "hexadecimal digits"),
        Arguments.of("0", "hexadecimal digits"),
        Arguments.of("0g", "hexadecimal digits"),
        Arguments.of("00 01", "hexadecimal digits"),
        Arguments.of(good + "00", "do not fit"),
        Arguments.of(good.substring(2), "do not fit"),
        Arguments.of(good.substring(0, good.length() - 2), "do not fit"),
        Arguments.of(checked("00"), "breaks off"),
        Arguments.of(checked("0080"), "breaks off"),
        Arguments.of(checked("4001"), "no execution can be"),
        Arguments.of(checked("0000"), "no execution can be"),
        Arguments.of(checked("00ffffff7f"), "no execution can be"),
        // Numbers that are more than a number can be, or less than nothing.
        Arguments.of(checked("ffffffff0f01"), "no execution can be"),
        Arguments.of(checked("00ffffffff0f"), "no execution can be"),
        Arguments.of(checked("8080808080808080000001"), "no execution can be"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void aTextThatIsNoScheduleIsRefusedWithAReason(String text, String reason) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .message()
        .matches("(which|whose|of which) .*");
  }

  @Test
  void aMistypedDigitIsNoticed() {
    String good = new Schedule(List.of(0, 0, 0, 1, 1, 0, 2)).toString();
    int refused = 0;
    int tried = 0;
    for (int at = 0; at < good.length(); at++) {
      for (char digit : "0123456789abcdef".toCharArray()) {
        if (digit != good.charAt(at)) {
          tried++;
          try {
            Schedule.parse(good.substring(0, at) + digit + good.substring(at + 1));
          } catch (IllegalArgumentException refusal) {
            refused++;
          }
        }
      }
    }

    assertThat(refused).isEqualTo(tried);
  }
}
