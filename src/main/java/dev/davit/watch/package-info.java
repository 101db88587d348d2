/// `develop.watch`: which change of which file asks for what. Nothing here touches a file.
@NullMarked
package dev.davit.watch;

import org.jspecify.annotations.NullMarked;
