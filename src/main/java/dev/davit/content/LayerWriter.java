package dev.davit.content;

import dev.davit.archive.LayerUnpacking.Limits;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Writes a layer's blob and unpacks it meanwhile.
final class LayerWriter implements ContentWriter {
  private final BlobFile blob;
  private final Layers.Place place;
  private final Limits limits;
  private LayerPipeline pipeline;
  private Path staging;

  LayerWriter(BlobFile blob, Layers.Place place, Limits limits) {
    this.blob = blob;
    this.place = place;
    this.limits = limits;
    this.staging = place.staging();
    this.pipeline = pipeline();
  }

  // It begins with what an earlier try left, or with the blob itself.
  private LayerPipeline pipeline() {
    try {
      var begun =
          new LayerPipeline(
              blob.present(), staging.resolve(Layers.FILES), place.diffId().algorithm(), limits);
      begun.grown(blob.offset());
      return begun;
    } catch (IOException e) {
      Durable.remove(staging);
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long offset() {
    return blob.offset();
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    blob.write(bytes, from, length);
    pipeline.grown(blob.offset());
    if (pipeline.hasFailed()) {
      refuse();
    }
  }

  private void refuse() {
    try {
      pipeline.finish();
    } catch (DavitException e) {
      if (e.kind() == Kind.INVALID) {
        blob.restart();
      }
      throw e;
    }
  }

  @Override
  public void restart() {
    blob.restart();
    discard();
    staging = place.staging();
    pipeline = pipeline();
  }

  @Override
  public void commit() {
    if (pipeline.hasFailed()) {
      refuse();
    }
    blob.commit();
    LayerPipeline.Result result = pipeline.finish();
    if (!result.diffId().equals(place.diffId())) {
      throw new DavitException(
          Kind.INVALID,
          "layer %s unpacks to %s and not to %s, as its image says"
              .formatted(place.blob(), result.diffId(), place.diffId()),
          "the image is broken or hostile");
    }
    place.keep(staging, result.unpacked());
  }

  private void discard() {
    pipeline.close();
    Durable.remove(staging);
  }

  @Override
  public void close() {
    try {
      discard();
    } finally {
      try {
        blob.close();
      } finally {
        place.close();
      }
    }
  }
}
