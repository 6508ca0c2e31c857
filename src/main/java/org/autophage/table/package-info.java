/** Files of rows and columns: CSV and Parquet. */
@org.jspecify.annotations.NullMarked
package org.autophage.table;
