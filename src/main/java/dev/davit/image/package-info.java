/// Images: references, what a store holds, layers to root file systems.
@NullMarked
package dev.davit.image;

import org.jspecify.annotations.NullMarked;
