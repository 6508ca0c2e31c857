/** What runs hold as files that other tools read: samples of their models, and their training sets. */
@org.jspecify.annotations.NullMarked
package org.autophage.export;
