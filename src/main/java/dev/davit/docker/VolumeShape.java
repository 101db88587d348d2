package dev.davit.docker;

import dev.davit.format.Struct;
import dev.davit.volume.Volume;
import java.util.TreeMap;

/// A volume as `GET /volumes/{name}` answers.
public final class VolumeShape {
  private VolumeShape() {}

  public static Struct of(Volume volume) {
    return new Struct()
        .with("CreatedAt", volume.created().toString())
        .with("Driver", volume.config().driver())
        .with("Labels", new TreeMap<>(volume.config().labels()))
        .with("Mountpoint", volume.mountpoint().toString())
        .with("Name", volume.name())
        .with("Options", new TreeMap<>(volume.config().driverOpts()))
        .with("Scope", "local");
  }
}
