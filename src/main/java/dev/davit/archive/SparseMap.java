package dev.davit.archive;

import java.util.ArrayList;
import java.util.List;

/// Where in a file that has holes the bytes are that a tar archive holds of it.
///
/// @param pieces in order, none empty, none touching the one before
/// @param size of the whole file
record SparseMap(List<Piece> pieces, long size) {
  record Piece(long offset, long length) {
    long end() {
      return offset + length;
    }
  }

  SparseMap {
    pieces = pieces.stream().filter(piece -> piece.length() != 0).toList();
    long end = 0;
    for (Piece piece : pieces) {
      boolean fits =
          piece.offset() >= end && piece.length() > 0 && piece.length() <= size - piece.offset();
      if (!fits) {
        throw TarInput.wrong("has a sparse file whose pieces do not fit");
      }
      end = piece.end();
    }
  }

  /// Of `OFFSET,LENGTH,OFFSET,LENGTH…`, as pax headers have it.
  static SparseMap parse(String text, long size) {
    var numbers = new ArrayList<Long>();
    for (String number : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      numbers.add(TarInput.parse(number));
    }
    return of(numbers, size);
  }

  /// Of offsets and lengths by turns.
  static SparseMap of(List<Long> numbers, long size) {
    if (numbers.size() % 2 != 0 || size < 0) {
      throw TarInput.wrong("has a broken map of a sparse file");
    }
    var pieces = new ArrayList<Piece>();
    for (int i = 0; i < numbers.size(); i += 2) {
      pieces.add(new Piece(numbers.get(i), numbers.get(i + 1)));
    }
    return new SparseMap(pieces, size);
  }

  /// How many bytes the archive holds.
  long stored() {
    return pieces.stream().mapToLong(Piece::length).sum();
  }
}
