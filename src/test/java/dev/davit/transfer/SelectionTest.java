package dev.davit.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.Index;
import dev.davit.image.Manifest;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import dev.davit.image.Reference;
import dev.davit.registry.Fetched;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a registry sends as an image is refused before its content comes where it is none.
class SelectionTest {
  private static final Platform HERE = Platform.parse("linux/amd64");
  private static final Reference ASKED = Reference.parse("r.example/box:1");
  private static final Descriptor LAYER = Descriptor.of(MediaType.OCI_LAYER, new byte[1]);

  private static Descriptor config(String type, long size) {
    return Descriptor.of(type, Digest.of(new byte[0]), size);
  }

  private static Fetched manifest(Descriptor config, Descriptor layer) {
    byte[] bytes = Manifest.of(config, List.of(layer)).bytes();
    return new Fetched(MediaType.OCI_MANIFEST, Digest.of(bytes), bytes);
  }

  private static Fetched index(Descriptor what) {
    var entry =
        new Descriptor(what.mediaType(), what.digest(), what.size(), Optional.of(HERE), Map.of());
    byte[] bytes = new Index(MediaType.OCI_INDEX, List.of(entry), Map.of()).print().getBytes(UTF_8);
    return new Fetched(MediaType.OCI_INDEX, Digest.of(bytes), bytes);
  }

  private static void refused(String why, Fetched document) {
    var refused = assertThrows(DavitException.class, () -> Selection.of(ASKED, HERE, document));
    assertEquals(Kind.INVALID, refused.kind());
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  @Test
  void whatIsNoImageIsRefused() {
    Selection good = Selection.of(ASKED, HERE, manifest(config(MediaType.OCI_CONFIG, 9), LAYER));
    assertEquals(10, good.size());
    refused("more than", manifest(config(MediaType.OCI_CONFIG, 1L << 30), LAYER));
    refused("and no image", manifest(config("application/vnd.example+json", 9), LAYER));
    Descriptor chart = Descriptor.of("application/vnd.example.chart", new byte[1]);
    refused("for a layer", manifest(config(MediaType.OCI_CONFIG, 9), chart));
  }

  @Test
  void indexesInEachOtherComeToAnEnd() {
    // One that describes a document of its own size.
    long size = index(config(MediaType.OCI_INDEX, 100)).bytes().length;
    Fetched index = index(config(MediaType.OCI_INDEX, size));
    var refused =
        assertThrows(
            DavitException.class,
            () -> {
              Selection next = Selection.of(ASKED, HERE, index);
              for (int i = 0; i < 20; i++) {
                next = next.with(index);
              }
            });
    assertTrue(refused.getMessage().contains("too many indexes"), refused.getMessage());
  }

  @Test
  void documentOfAnotherSizeThanItsIndexSaysIsRefused() {
    Selection selection = Selection.of(ASKED, HERE, index(LAYER));
    var refused = assertThrows(DavitException.class, () -> selection.with(index(LAYER)));
    assertTrue(refused.getMessage().contains("and not 1 as its index says"), refused.getMessage());
  }
}
