package dev.davit.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
  @ParameterizedTest
  @CsvSource({
    "linux/amd64, linux/amd64",
    "linux/x86_64, linux/amd64",
    "linux/amd64/v1, linux/amd64",
    "Linux/AArch64, linux/arm64",
    "linux/arm64/v8, linux/arm64",
    "linux/arm64/8, linux/arm64",
    "linux/arm, linux/arm/v7",
    "linux/armel, linux/arm/v6",
    "arm/v6, arm/v6",
    "riscv64, linux/riscv64",
    "linux/i386, linux/386"
  })
  void isReadAsContainerdDoes(String text, String normal) {
    assertEquals(normal, Platform.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "linux/", "linux/arm/v7/x", "linux//v7", "linux/am d64", "../etc"})
  void whatIsNoPlatformIsInvalid(String text) {
    assertThrows(DavitException.class, () -> Platform.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "linux/arm/v7, linux/arm/v6",
    "linux/arm/v7, linux/arm/v5",
    "linux/arm64, linux/arm/v7",
    "linux/arm64/v9, linux/arm64",
    "linux/amd64, linux/386",
    "linux/amd64/v3, linux/amd64/v2"
  })
  void olderOnesRunToo(String wanted, String offered) {
    assertTrue(Platform.parse(wanted).matches(Platform.parse(offered)));
    assertFalse(Platform.parse(offered).matches(Platform.parse(wanted)));
  }

  @Test
  void theBestOfAnIndexIsTaken() {
    List<String> offered =
        List.of("linux/arm/v5", "windows/arm/v7", "linux/arm/v6", "linux/s390x", "linux/386");
    assertEquals("linux/arm/v6", best(offered, "linux/arm/v7"));
    assertEquals("linux/arm/v6", best(offered, "linux/arm64"));
    assertEquals("linux/386", best(offered, "linux/amd64"));
    assertEquals("none", best(offered, "linux/riscv64"));
  }

  private static String best(List<String> offered, String wanted) {
    var manifests =
        offered.stream()
            .map(
                platform ->
                    new Descriptor(
                        MediaType.OCI_MANIFEST,
                        Digest.of(platform.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        1,
                        Optional.of(Platform.parse(platform)),
                        Map.of()))
            .toList();
    return new Index(MediaType.OCI_INDEX, manifests, Map.of())
        .find(Platform.parse(wanted))
        .flatMap(Descriptor::platform)
        .map(Platform::toString)
        .orElse("none");
  }
}
