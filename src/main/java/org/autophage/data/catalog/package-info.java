/** The datasets that one can ask for by name, and how they are fetched. */
@org.jspecify.annotations.NullMarked
package org.autophage.data.catalog;
